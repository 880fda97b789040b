import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  differenceOf,
  maxListedChanges,
  needsConfirmation,
  noChanges,
  withChange,
  withReplacements,
} from '../../src/domain/snapshot-changes.ts';

const churn = { id: 'v1', name: 'churn.csv', sizeBytes: 5, revision: 'r1' };

describe('an asset since its preview', () => {
  it.each([
    ['is the same', churn, null],
    ['has a new version', { ...churn, id: 'v2' }, 'updated'],
    ['has another size', { ...churn, sizeBytes: 6 }, 'updated'],
    ['was edited in place', { ...churn, revision: 'r2' }, 'edited'],
    ['has a new version that was edited', { ...churn, id: 'v2', revision: 'r2' }, 'updated'],
    ['has another name', { ...churn, name: 'churn 2.csv' }, 'renamed'],
    ['has another name with its new version', { ...churn, id: 'v2', name: 'churn 2.csv', sizeBytes: 9 }, 'renamed'],
  ])('%s', (_case, now, difference) => {
    expect(differenceOf(churn, now)).toBe(difference);
  });
});

describe('the changes since a preview', () => {
  const ways = fc.array(fc.constantFrom('added', 'renamed', 'updated', 'edited', 'gone'), { maxLength: 30 });
  const tally = (of: readonly ('added' | 'renamed' | 'updated' | 'edited' | 'gone')[]) =>
    of.reduce(
      (changes, method, index) => withChange(changes, method, { kind: 'dataset', name: `${index}.csv` }),
      noChanges,
    );

  it('count every one and name the first', () => {
    fc.assert(
      fc.property(ways, (drawn) => {
        const changes = tally(drawn);
        for (const method of ['added', 'renamed', 'updated', 'edited', 'gone'] as const) {
          const total = drawn.filter((each) => each === method).length;
          expect(changes[method]?.count).toBe(total);
          expect(changes[method]?.first.length).toBe(Math.min(total, maxListedChanges));
        }
      }),
    );
  });

  it('need a confirmation unless something is merely gone', () => {
    fc.assert(
      fc.property(ways, (drawn) => {
        expect(needsConfirmation(tally(drawn))).toBe(drawn.some((method) => method !== 'gone'));
      }),
    );
    expect(needsConfirmation({ ...noChanges, removal: true })).toBe(true);
  });

  it('tell a new asset in the place of one that is gone as its new version', () => {
    const run = { kind: 'experiment', name: 'Churn training' } as const;
    const other = { kind: 'experiment', name: 'Churn scoring' } as const;
    const changes = withReplacements(
      withChange(withChange(withChange(noChanges, 'added', run), 'gone', run), 'gone', other),
    );
    expect(changes).toEqual({
      ...noChanges,
      updated: { count: 1, first: [run] },
      gone: { count: 1, first: [other] },
    });
  });
});
