import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Asset } from '../../src/domain/assets.ts';
import {
  assetSubject,
  Clearance,
  type ClearanceDenial,
  ClearanceExpired,
  directorySubject,
  issueClearance,
  NotCleared,
  type PlannedCall,
} from '../../src/domain/clearance.ts';
import { type FailureReason, ServiceFailure } from '../../src/domain/service-failure.ts';
import { removalProof } from '../../src/domain/workspace-removal.ts';
import { TestClock } from '../harness/clock.ts';

const notebook: Asset = {
  kind: 'notebook',
  id: 'n',
  familyId: 'n',
  name: 'explore.ipynb',
  sizeBytes: null,
  createdAt: null,
  owner: '',
  versions: 1,
  revision: 'r1',
};
const subject = assetSubject('lab', notebook);
const plan = (more: Partial<PlannedCall> = {}): PlannedCall => ({
  subject,
  checks: [],
  lastChecks: [],
  goodForMs: 1_000,
  ...more,
});

describe('a clearance', () => {
  it('is given when nothing stands against the call, after every check in its order', async () => {
    const asked: string[] = [];
    const noting = (name: string) => async () => {
      asked.push(name);
      return null;
    };
    const call = plan({ checks: [noting('one'), noting('two')], lastChecks: [noting('last')] });
    const clearance = await issueClearance(call, new TestClock());
    expect(asked).toEqual(['one', 'two']);
    await clearance.spend();
    expect(asked).toEqual(['one', 'two', 'last']);
  });

  const objections: readonly ClearanceDenial[] = [
    { kind: 'stopped' },
    { kind: 'superseded' },
    { kind: 'changed' },
    { kind: 'gone' },
    { kind: 'not-allowed', refusal: { reason: 'no-longer-allowed' } },
  ];

  it('is refused by the first objection, whichever check has it, before or at the last moment', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.constantFrom(...objections)), { maxLength: 6 }),
        fc.array(fc.option(fc.constantFrom(...objections)), { maxLength: 3 }),
        async (before, last) => {
          const checks = (of: readonly (ClearanceDenial | null)[]) => of.map((each) => async () => each);
          const sending = async () => {
            const call = plan({ checks: checks(before), lastChecks: checks(last) });
            await (await issueClearance(call, new TestClock())).spend();
          };
          const first = [...before, ...last].find((each) => each !== null);
          const outcome = await sending().catch((error: unknown) => error);
          expect(outcome).toEqual(first === undefined ? undefined : new NotCleared(first));
        },
      ),
    );
  });

  it('is good for one attempt, for what it was given for, and for a while', async () => {
    const clock = new TestClock();
    const used = await issueClearance(plan(), clock);
    await used.spend();
    await expect(used.spend()).rejects.toThrow(RangeError);
    used.allowAnotherUse();
    await used.spend();
    const old = await issueClearance(plan(), clock);
    clock.advance(1_001);
    await expect(old.spend()).rejects.toBeInstanceOf(ClearanceExpired);
    expect(() => old.assertSubject(subject)).not.toThrow();
    for (const other of [
      assetSubject('lab', { ...notebook, revision: 'r2' }),
      assetSubject('another lab', notebook),
      directorySubject('n'),
    ]) {
      expect(() => old.assertSubject(other)).toThrow(RangeError);
    }
  });

  it('is made by nobody else', () => {
    const make = () => Reflect.construct(Clearance, [Symbol('issued by issueClearance'), plan(), new TestClock()]);
    expect(make).toThrow(TypeError);
  });
});

describe('a failed call', () => {
  it.each([
    ['throttled', true],
    ['unavailable', true],
    ['unreachable', true],
    ['unreadable', true],
    ['unauthorized', false],
    ['forbidden', false],
    ['not-found', false],
    ['conflict', false],
    ['rejected', false],
    ['unsupported', false],
  ] as const satisfies readonly (readonly [FailureReason, boolean])[])(
    'that ended as %s may have had its effect: %s, unless it is known better',
    (reason, expected) => {
      expect(new ServiceFailure('Studio', reason, '').mayHaveActed).toBe(expected);
      expect(new ServiceFailure('Studio', reason, '', { mayHaveActed: !expected }).mayHaveActed).toBe(!expected);
    },
  );

  it('that was not even sent, since the service is down, had none', () => {
    const outage = { service: 'Studio', since: new Date(0), retryAt: new Date(1) };
    expect(new ServiceFailure('Studio', 'unavailable', '', { outage }).mayHaveActed).toBe(false);
  });

  it('to Graph is told apart in the same way', () => {
    expect(new ServiceFailure('Microsoft Graph', 'unavailable', '').mayHaveActed).toBe(true);
    expect(new ServiceFailure('Microsoft Graph', 'unreachable', '', { mayHaveActed: false }).mayHaveActed).toBe(false);
    expect(
      new ServiceFailure('Microsoft Graph', 'throttled', '', { status: 503, mayHaveActed: true }).mayHaveActed,
    ).toBe(true);
    expect(new ServiceFailure('Microsoft Graph', 'rejected', '').mayHaveActed).toBe(false);
  });
});

describe('a workspace that is not there any more', () => {
  it.each([
    ['none', 'gone', 'gone'],
    ['none', 'closed', 'unproven'],
    ['asked', 'gone', 'gone'],
    ['asked', 'closed', 'unproven'],
    ['absent', 'gone', 'gone'],
    ['absent', 'closed', 'unproven'],
    ['accepted', 'gone', 'deleted'],
    ['accepted', 'closed', 'deleted'],
  ] as const)('after a call that was %s, and is %s, counts as %s', (call, presence, proof) => {
    expect(removalProof(call, presence)).toBe(proof);
  });
});
