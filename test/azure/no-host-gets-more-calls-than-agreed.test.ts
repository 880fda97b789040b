import { describe, expect, it } from 'vitest';
import { ConcurrencyLimiter, HostPausedError, type Place } from '../../src/azure/http/concurrency-limiter.ts';
import { defaultHttpSettings } from '../../src/azure/http/http-settings.ts';
import { createInProcessLimits } from '../../src/azure/http/in-process-limits.ts';
import type { SharedLimits } from '../../src/domain/host-limits.ts';
import { TestClock } from '../harness/clock.ts';
import { type Answer, startScriptedServer } from '../sources/studio-classic/scripted-server.ts';
import { patient, sourceAt, workspaceId, workspacePath } from '../sources/studio-classic/small-studio.ts';

function gateOf(
  maxConcurrentCalls: number,
  clock = new TestClock(),
  shared = createInProcessLimits(),
  random = () => 0,
) {
  const settings = { ...defaultHttpSettings, maxConcurrentCalls, maxPauseMs: 60_000 };
  return new ConcurrencyLimiter({ host: 'studio.example', clock, settings, shared, random });
}

const reading = { reads: true } as const;

async function answer(limiter: ConcurrencyLimiter, times = 1): Promise<void> {
  for (let call = 0; call < times; call += 1) (await limiter.enter(reading)).leave({ kind: 'answered', path: 'GET /' });
}

async function throttle(limiter: ConcurrencyLimiter, retryAfterMs: number): Promise<void> {
  (await limiter.enter(reading)).leave({ kind: 'throttled', retryAfterMs });
}

function enterAll(limiter: ConcurrencyLimiter, calls: number): Promise<Place[]> {
  return Promise.all(Array.from({ length: calls }, () => limiter.enter(reading)));
}

function outcome(result: PromiseSettledResult<unknown>): string {
  return result.status === 'rejected' ? String(result.reason?.name) : result.status;
}

/** A signal for this many calls, and a promise that resolves when all of them listen to it: when they wait. */
function waitingFor(calls: number) {
  const abort = new AbortController();
  const waiting = Promise.withResolvers<void>();
  const listen: AbortSignal['addEventListener'] = abort.signal.addEventListener.bind(abort.signal);
  let listening = 0;
  abort.signal.addEventListener = (...of: Parameters<typeof listen>) => {
    listen(...of);
    listening += 1;
    if (listening === calls) waiting.resolve();
  };
  return { abort, signal: abort.signal, wait: waiting.promise };
}

describe('calls to one host', () => {
  it('never run more at a time than the limit', async () => {
    let running = 0;
    let most = 0;
    const held: (() => void)[] = [];
    const hold: Answer = (response) => {
      running += 1;
      most = Math.max(most, running);
      held.push(() => {
        running -= 1;
        response.end('[]');
        held.shift()?.();
      });
      if (held.length === 3) held.shift()?.();
    };
    await using server = await startScriptedServer({ [`GET ${workspacePath}/users`]: hold });
    const source = sourceAt(server.url, { http: { maxConcurrentCalls: 3 } });
    await Promise.all(Array.from({ length: 12 }, () => source.members(workspaceId, patient)));
    expect(server.seen).toHaveLength(12);
    expect(most).toBe(3);
  });

  it('halve when the host throttles, and come back one by one', async () => {
    const limiter = gateOf(8);
    await throttle(limiter, 0);
    await throttle(limiter, 0);
    expect(limiter.limit).toBe(2);
    await answer(limiter, 10);
    expect(limiter.limit).toBe(3);
    await answer(limiter, 1000);
    expect(limiter.limit).toBe(8);
  });

  it('never stop for good, however much the host throttles', async () => {
    const limiter = gateOf(8);
    for (let refusal = 0; refusal < 100; refusal += 1) await throttle(limiter, 0);
    expect(limiter.limit).toBe(1);
  });

  it('wait for the end of a pause', async () => {
    const clock = new TestClock();
    const limiter = gateOf(1, clock);
    await throttle(limiter, 5000);
    let entered = false;
    const entering = limiter.enter(reading).then(() => {
      entered = true;
    });
    await Promise.race([entering, clock.until(({ length }) => length === 1)]);
    clock.advance(4999);
    expect(clock.waits).toEqual([1]);
    expect(entered).toBe(false);
    clock.advance(1);
    await entering;
    expect(entered).toBe(true);
  });

  it('return at different moments in different processes, and never before the pause ends', async () => {
    const clock = new TestClock();
    const shared = createInProcessLimits();
    const [early, late] = [0, 0.5].map((random) => gateOf(8, clock, shared, () => random));
    if (!early || !late) throw new Error('two gates are needed');
    await throttle(early, 8000);
    clock.advance(1000);
    const returns = Promise.all([early.enter(reading), late.enter(reading)]);
    await Promise.race([returns, clock.until(({ length }) => length === 2)]);
    expect(clock.waits).toEqual([7000, 7500]);
    clock.advance(7500);
    await returns;
  });

  it('fail at once when the pause is longer than anybody waits', async () => {
    const limiter = gateOf(1);
    await throttle(limiter, 61_000);
    await expect(limiter.enter(reading)).rejects.toEqual(new HostPausedError(61_000));
  });

  it('do not wait through pause after pause, but end at once after as long, until the host does its work again', async () => {
    const clock = new TestClock();
    const limiter = gateOf(1, clock);
    for (let pause = 0; pause < 3; pause += 1) {
      await throttle(limiter, 30_000);
      clock.advance(30_000);
    }
    await throttle(limiter, 30_000);
    await expect(limiter.enter(reading)).rejects.toEqual(new HostPausedError(30_000));
    clock.advance(30_000);
    await answer(limiter);
    await throttle(limiter, 30_000);
    const entering = limiter.enter(reading);
    await Promise.race([entering, clock.until(({ length }) => length === 1)]);
    clock.advance(30_000);
    await entering;
  });

  it('that are aborted while they wait give up their turn to the next', async () => {
    const limiter = gateOf(1);
    const place = await limiter.enter(reading);
    const [first, second] = [waitingFor(1), waitingFor(1)];
    const aborted = limiter.enter({ ...reading, signal: first.signal });
    const next = limiter.enter({ ...reading, signal: second.signal });
    await Promise.all([first.wait, second.wait]);
    first.abort.abort(new Error('stop'));
    await expect(aborted).rejects.toThrow('stop');
    place.leave({ kind: 'unknown' });
    await next;
  });

  it('all end, however many wait for a place, when the host asks for a longer pause than anybody waits', async () => {
    const limiter = gateOf(8);
    const places = await enterAll(limiter, 8);
    const { signal, wait } = waitingFor(120);
    const ends = Promise.allSettled(Array.from({ length: 120 }, () => limiter.enter({ ...reading, signal })));
    await wait;
    for (const place of places) place.leave({ kind: 'throttled', retryAfterMs: 600_000 });
    expect((await ends).map(outcome)).toEqual(Array(120).fill('HostPausedError'));
  });

  it('that are aborted in a pause leave the places that they were woken for to the next', async () => {
    const clock = new TestClock();
    const limiter = gateOf(1, clock);
    const [place] = await enterAll(limiter, 1);
    const { abort, signal, wait } = waitingFor(10);
    const behind = waitingFor(1);
    const ends = Promise.allSettled(Array.from({ length: 10 }, () => limiter.enter({ ...reading, signal })));
    const next = limiter.enter({ ...reading, signal: behind.signal });
    await Promise.all([wait, behind.wait]);
    place?.leave({ kind: 'throttled', retryAfterMs: 10_000 });
    await clock.until(({ length }) => length === 1);
    abort.abort(new TypeError('stop'));
    expect((await ends).map(outcome)).toEqual(Array(10).fill('TypeError'));
    await clock.until(({ length }) => length === 1);
    clock.advance(10_000);
    await next;
  });

  it('that are aborted while they hear how the host is do not begin to wait', async () => {
    const clock = new TestClock();
    const start = clock.now();
    const shared = createInProcessLimits();
    const abort = new AbortController();
    const heard: SharedLimits = {
      caller: shared.caller,
      update: (host, change) => {
        if (clock.now() > start) abort.abort(new Error('stop'));
        return shared.update(host, change);
      },
    };
    const limiter = gateOf(1, clock, heard);
    await limiter.enter(reading);
    clock.advance(5_000);
    await expect(limiter.enter({ ...reading, signal: abort.signal })).rejects.toThrow('stop');
  });
});
