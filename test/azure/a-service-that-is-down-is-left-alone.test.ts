import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultHttpSettings } from '../../src/azure/http/http-settings.ts';
import {
  answered,
  outageOpened,
  probeAbandoned,
  probeBegun,
  probeFailed,
  raised,
  throttled,
  unknownHost,
} from '../../src/azure/http/limit-changes.ts';
import { OutageEvidence } from '../../src/azure/http/outage-evidence.ts';
import type { HostLimits } from '../../src/domain/host-limits.ts';
import { clearedAsset } from '../harness/clearances.ts';
import { TestClock } from '../harness/clock.ts';
import { type Answer, json, reset, startScriptedServer, status } from '../sources/studio-classic/scripted-server.ts';
import { churn, patient, sourceAt, workspaceId, workspacePath } from '../sources/studio-classic/small-studio.ts';

const settings = { ...defaultHttpSettings, maxConcurrentCalls: 8 };

type Event =
  | { readonly kind: 'answered' | 'raised' | 'went-down' }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | null }
  | { readonly kind: 'later'; readonly milliseconds: number }
  | { readonly kind: 'begin' | 'fail' | 'abandon'; readonly by: number };

const by = fc.nat({ max: 2 });
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.constantFrom<Event>({ kind: 'answered' }, { kind: 'raised' }, { kind: 'went-down' }),
  fc.record({ kind: fc.constant('throttled' as const), retryAfterMs: fc.option(fc.nat({ max: 90_000 })) }),
  fc.record({ kind: fc.constant('later' as const), milliseconds: fc.nat({ max: 40_000 }) }),
  fc.record({ kind: fc.constantFrom('begin' as const, 'fail' as const, 'abandon' as const), by }),
);

function after(limits: HostLimits, each: Event, now: number): HostLimits {
  switch (each.kind) {
    case 'answered':
      return answered(limits);
    case 'raised':
      return raised(settings)(limits);
    case 'went-down':
      return outageOpened(now, now, settings)(limits);
    case 'throttled':
      return throttled(now, each.retryAfterMs, settings)(limits);
    case 'later':
      return limits;
    case 'begin':
      return probeBegun(`probe-${each.by}`, now, settings)(limits);
    case 'fail':
      return probeFailed(`probe-${each.by}`, now, settings)(limits);
    case 'abandon':
      return probeAbandoned(`probe-${each.by}`, now)(limits);
  }
}

/** Every step of a history: the limits before it, the event, the limits after it, and the time. */
function* steps(events: readonly Event[]) {
  let now = 1_000_000;
  let limits = unknownHost(settings);
  for (const each of events) {
    if (each.kind === 'later') now += each.milliseconds;
    const before = limits;
    limits = after(limits, each, now);
    yield { before, each, limits, now };
  }
}

describe('whatever happens to a host', () => {
  const always = (claim: (step: ReturnType<typeof steps> extends Iterable<infer Step> ? Step : never) => void) =>
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        for (const step of steps(events)) claim(step);
      }),
    );

  it('at least one call at a time stays allowed, and never more than agreed', () =>
    always(({ limits }) => {
      expect(limits.limit).toBeGreaterThanOrEqual(1);
      expect(limits.limit).toBeLessThanOrEqual(settings.maxConcurrentCalls);
    }));

  it('a pause never becomes shorter', () =>
    always(({ before, limits }) => expect(limits.pausedUntil).toBeGreaterThanOrEqual(before.pausedUntil)));

  it('any answer ends an outage', () =>
    always(({ each, limits }) => {
      if (each.kind === 'answered' || each.kind === 'throttled') expect(limits.outage).toBeNull();
    }));

  it('it is looked after again within a minute, even when the prober dies', () =>
    always(({ limits, now }) => {
      const next = limits.outage?.nextProbeAt ?? now;
      expect(next - now).toBeLessThanOrEqual(settings.maxProbePauseMs);
    }));

  it('nobody looks while somebody else does, or before it is time', () =>
    always(({ before, each, limits, now }) => {
      const granted = each.kind === 'begin' && limits.outage !== null && limits.outage !== before.outage;
      if (granted) expect(before.outage?.nextProbeAt).toBeLessThanOrEqual(now);
      if (granted && before.outage?.probe) expect(now - before.outage.since).toBeGreaterThan(settings.probeTimeoutMs);
    }));

  it('the beginning of an outage is told as it was, however often it is looked after', () =>
    always(({ before, limits }) => {
      if (before.outage && limits.outage) expect(limits.outage.since).toBe(before.outage.since);
    }));
});

describe('a host counts as down', () => {
  const path = fc.constantFrom('GET /a', 'GET /b', 'DELETE /c');
  const call = fc.record({ path, ok: fc.boolean() });

  it('never because of one broken asset, whatever else is asked for in between', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ broken: fc.boolean(), path })), (calls) => {
        const evidence = new OutageEvidence(settings);
        for (const [now, each] of calls.entries()) {
          if (!each.broken) evidence.answered(each.path);
          else expect(evidence.failed({ path: 'GET /broken', isHostUnreachable: false }, now)).toBeNull();
        }
      }),
    );
  });

  it('after as many failures in a row as agreed, of more than one path, since the first of them', () => {
    fc.assert(
      fc.property(fc.array(call), (history) => {
        const evidence = new OutageEvidence(settings);
        for (const [now, each] of history.entries()) {
          if (each.ok) evidence.answered(each.path);
          else evidence.failed({ path: each.path, isHostUnreachable: false }, now);
        }
        // Both paths have worked; from here on every call fails.
        evidence.answered('GET /a');
        evidence.answered('GET /b');
        const decisions = Array.from({ length: settings.failuresUntilDown }, (_none, index) =>
          evidence.failed({ path: index % 2 === 0 ? 'GET /a' : 'GET /b', isHostUnreachable: false }, 10_000 + index),
        );
        expect(decisions.slice(0, -1).every((decision) => decision === null)).toBe(true);
        expect(decisions.at(-1)).toBe(10_000);
      }),
    );
  });

  it('when it refuses connections, even if only one thing is asked for', () => {
    const evidence = new OutageEvidence(settings);
    const decisions = [1, 2, 3, 4, 5].map((now) => evidence.failed({ path: 'GET /a', isHostUnreachable: true }, now));
    expect(decisions).toEqual([null, null, null, null, 1]);
  });

  it('not for deletions that it answers with failures, until something fails that only reads', () => {
    const evidence = new OutageEvidence(settings);
    const fail = (path: string) => evidence.failed({ path, isHostUnreachable: false }, 1);
    for (let asset = 0; asset < 50; asset += 1) expect(fail(`DELETE /family/${asset}`)).toBeNull();
    expect(fail('GET /list')).toBe(1);
  });

  it('not for failures that lie far apart', () => {
    const evidence = new OutageEvidence(settings);
    for (let call = 0; call < 50; call += 1) {
      const failure = { path: `GET /${call}`, isHostUnreachable: true };
      expect(evidence.failed(failure, call * settings.failureWindowMs)).toBeNull();
    }
  });

  it('not for two broken assets once they were seen to fail beside others that work', () => {
    const evidence = new OutageEvidence(settings);
    const fail = (path: string) => evidence.failed({ path, isHostUnreachable: false }, 1);
    for (const path of ['GET /x', 'GET /y', 'GET /x', 'GET /y']) expect(fail(path)).toBeNull();
    expect(fail('GET /x')).toBe(1);
    evidence.answered('GET /a');
    for (let call = 0; call < 50; call += 1) expect(fail(call % 2 === 0 ? 'GET /x' : 'GET /y')).toBeNull();
  });
});

describe('a service that fails at everything', () => {
  const users = `GET ${workspacePath}/users`;
  const family = `DELETE ${workspacePath}/datasources/family/f00d`;
  const failing = status(500, 'out of order');

  /** A source whose circuit breaker is open, and what is needed to observe it. */
  async function downAt(answers: Record<string, Answer>) {
    const server = await startScriptedServer(answers);
    const clock = new TestClock();
    const http = { maxRetries: 0, probePauseMs: 15_000, maxProbePauseMs: 60_000 };
    const source = sourceAt(server.url, { clock, http });
    for (let round = 0; round < 3; round += 1) {
      await Promise.allSettled([source.members(workspaceId, patient), source.workspace(workspaceId, patient)]);
    }
    /** Resolves when this many calls wait for the result of the probe. */
    const waitForProbe = (count: number) =>
      clock.until((waits) => waits.filter((wait) => wait === defaultHttpSettings.maxProbeWaitMs).length === count);
    return { server, clock, source, waitForProbe, calls: () => server.seen.length };
  }

  it('is left alone after a few calls; everybody is told at once since when and until when', async () => {
    const { server, source, calls } = await downAt({ [users]: failing, [`GET ${workspacePath}`]: failing });
    await using _server = server;
    const before = calls();
    expect(before).toBeLessThanOrEqual(6);
    for (let message = 0; message < 20; message += 1) {
      await expect(source.members(workspaceId, patient)).rejects.toMatchObject({
        reason: 'unavailable',
        message: 'Studio has not worked since 12:00 UTC. I try again by 12:01 UTC.',
        outage: { since: new Date('2026-11-24T12:00:00Z'), retryAt: new Date('2026-11-24T12:00:15Z') },
        retryAfterMs: 15_000,
      });
    }
    expect(calls()).toBe(before);
  });

  it('is asked again by one call after each pause, and pauses grow to a minute', async () => {
    const { server, clock, source, calls } = await downAt({ [users]: failing, [`GET ${workspacePath}`]: failing });
    await using _server = server;
    for (const pauseMs of [15_000, 30_000, 60_000, 60_000]) {
      const before = calls();
      clock.advance(pauseMs - 1);
      await Promise.allSettled(Array.from({ length: 10 }, () => source.members(workspaceId, patient)));
      expect(calls()).toBe(before);
      clock.advance(1);
      await Promise.allSettled(Array.from({ length: 10 }, () => source.members(workspaceId, patient)));
      expect(calls()).toBe(before + 1);
    }
  });

  it('is never asked again by a deletion', async () => {
    const { server, clock, source, calls } = await downAt({
      [users]: failing,
      [`GET ${workspacePath}`]: failing,
      [family]: status(200, ''),
    });
    await using _server = server;
    clock.advance(20_000);
    const before = calls();
    await expect(source.delete(workspaceId, churn, clearedAsset(workspaceId, churn), patient)).rejects.toMatchObject({
      reason: 'unavailable',
      mayHaveActed: false,
    });
    expect(calls()).toBe(before);
  });

  it('is back for everybody as soon as the one call succeeds, also for those who waited for it', async () => {
    let works = false;
    let asked = 0;
    const held = Promise.withResolvers<() => void>();
    const healing: Answer = (response, request, nth) => {
      const answer = () => json([])(response, request, nth);
      if (!works) failing(response, request, nth);
      else if (asked++ === 0) held.resolve(answer);
      else answer();
    };
    const { server, clock, source, waitForProbe, calls } = await downAt({
      [users]: healing,
      [`GET ${workspacePath}`]: failing,
    });
    await using _server = server;
    works = true;
    clock.advance(15_000);
    const before = calls();
    const waiting = Array.from({ length: 6 }, () => source.members(workspaceId, patient));
    const [answer] = await Promise.all([held.promise, waitForProbe(5)]);
    expect(calls()).toBe(before + 1);
    answer();
    expect(await Promise.all(waiting)).toEqual(Array.from({ length: 6 }, () => []));
  });

  it('does not keep others waiting while it says nothing', async () => {
    let silent = false;
    const asked = Promise.withResolvers<void>();
    const silence: Answer = (response, request, nth) => {
      if (silent) asked.resolve();
      else failing(response, request, nth);
    };
    const { server, clock, source, waitForProbe } = await downAt({
      [users]: silence,
      [`GET ${workspacePath}`]: failing,
    });
    await using _server = server;
    silent = true;
    clock.advance(15_000);
    const stop = new AbortController();
    const probe = source.members(workspaceId, stop.signal);
    await asked.promise;
    const other = source.members(workspaceId, patient);
    await waitForProbe(1);
    clock.advance(3_000);
    await expect(other).rejects.toMatchObject({ reason: 'unavailable' });
    stop.abort(new Error('stop'));
    await expect(probe).rejects.toThrow('stop');
    // An aborted probe leaves the next probe to another call.
    silent = false;
    await expect(source.members(workspaceId, patient)).rejects.toMatchObject({ status: 500 });
  });

  it('counts as answering when it says "slow down"', async () => {
    let busy = false;
    const moody: Answer = (response, request, nth) =>
      busy ? status(429, '', { 'Retry-After': '1' })(response, request, nth) : failing(response, request, nth);
    const { server, clock, source } = await downAt({ [users]: moody, [`GET ${workspacePath}`]: failing });
    await using _server = server;
    busy = true;
    clock.advance(15_000);
    await expect(source.members(workspaceId, patient)).rejects.toMatchObject({ reason: 'throttled', outage: null });
  });

  it('that resets connections is down as well', async () => {
    const { server, source } = await downAt({ [users]: reset, [`GET ${workspacePath}`]: reset });
    await using _server = server;
    await expect(source.members(workspaceId, patient)).rejects.toMatchObject({ outage: { service: 'Studio' } });
  });
});
