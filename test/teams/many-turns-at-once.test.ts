import { describe, expect, it } from 'vitest';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import { ServiceFailure } from '../../src/domain/service-failure.ts';
import { see } from '../../src/requests/visible-workspaces.ts';
import { listFirst } from '../../src/teams/recent-listings.ts';
import { createTurnLimiter, isRateLimited, rateLimitSentence } from '../../src/teams/turn-limiter.ts';
import { intentNames } from '../../src/understanding/intents.ts';
import { TestClock } from '../harness/clock.ts';
import { asker } from '../harness/job-services.ts';

describe('somebody who writes much at once', () => {
  it('is heard generously, then told when to try again, and heard again then; nobody else is concerned', () => {
    const clock = new TestClock();
    const allowance = createTurnLimiter(clock);
    const flood = Array.from({ length: 100 }, () => allowance.take(asker));
    expect(flood.findIndex((wait) => wait !== null)).toBe(30);
    const wait = flood.at(-1) ?? 0;
    expect(wait).toBeGreaterThan(0);
    expect(rateLimitSentence(wait)).toMatch(/too many at once.*try again in (?:a second|\d+ seconds)/u);
    expect(allowance.take({ ...asker, objectId: 'somebody else' })).toBeNull();
    clock.advance(wait * 1_000);
    expect(allowance.take(asker)).toBeNull();
    expect(allowance.take(asker)).not.toBeNull();
  });

  it('can always stop something and decide about it', () => {
    const free = intentNames.filter((intent) => !isRateLimited(intent));
    expect(free.sort()).toEqual(['confirm', 'decline', 'request.cancel', 'schedule.stop']);
  });
});

describe('many people who ask about the same workspace', () => {
  const members = [{ id: 'm', name: 'Alex', email: 'alexw@example.com', role: 'owner', status: 'active' }];
  const counting = () => {
    let calls = 0;
    let failing = false;
    const source = new Proxy({} as AssetSource, {
      get: (_target, property) => {
        if (property === 'registeredBy') return () => null;
        if (property === 'list')
          return async function* (_workspaceId: string, kind: string) {
            if (kind !== 'dataset') return;
            calls += 1;
            for (let index = 0; index < 3_000; index += 1) {
              yield { kind: 'dataset', id: `${index}`, familyId: `${index}`, name: `d${index}.csv` };
            }
          };
        return async () => {
          calls += 1;
          if (failing) throw new ServiceFailure('Studio', 'unavailable', 'Not now.');
          return property === 'members' ? members : { id: 'ws', name: 'Lab', accountType: 'free' };
        };
      },
    });
    return {
      source,
      calls: () => calls,
      fail: (fails: boolean) => {
        failing = fails;
      },
    };
  };
  const person = { ...asker, addresses: ['alexw@example.com'] };
  const patient = () => AbortSignal.timeout(60_000);

  it('share one question a minute, which goes on when the first of them leaves; effects ask anew', async () => {
    const clock = new TestClock();
    const { source, calls } = counting();
    const services = { source, clock };
    const leaving = new AbortController();
    const first = see(services, person, 'ws', leaving.signal, 'recent');
    const others = Array.from({ length: 50 }, () => see(services, person, 'ws', patient(), 'recent'));
    leaving.abort(new Error('left'));
    await expect(first).rejects.toThrow('left');
    expect((await Promise.all(others)).every((seen) => seen?.role === 'owner')).toBe(true);
    expect(calls()).toBe(2);
    await see(services, person, 'ws', patient(), 'now');
    expect(calls()).toBe(4);
    clock.advance(60_000);
    await see(services, person, 'ws', patient(), 'recent');
    expect(calls()).toBe(6);
  });

  it('are not told of a failure that has passed', async () => {
    const clock = new TestClock();
    const { source, fail } = counting();
    fail(true);
    await expect(see({ source, clock }, person, 'ws', patient(), 'recent')).rejects.toThrow('Not now.');
    fail(false);
    expect(await see({ source, clock }, person, 'ws', patient(), 'recent')).not.toBeNull();
  });

  it('turn pages in one listing for a minute, as far as it is kept', async () => {
    const clock = new TestClock();
    const { source, calls } = counting();
    const everything = { limits: {}, asker: person };
    const page = (most: number, reuse: boolean) =>
      listFirst({ source, clock }, { workspaceId: 'ws', wish: everything, most, reuse, signal: patient() });
    expect((await page(15, false)).total).toBe(3_000);
    for (let turn = 2; turn < 20; turn += 1) expect((await page(15 * turn, true)).first.length).toBeGreaterThan(299);
    expect(calls()).toBe(1);
    expect((await page(2_000, true)).first).toHaveLength(2_000);
    expect(calls()).toBe(2);
    await page(15, false);
    clock.advance(60_000);
    await page(30, true);
    expect(calls()).toBe(4);
  });
});
