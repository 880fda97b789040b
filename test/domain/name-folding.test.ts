import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayedForm, foldName, holdsText, sameName } from '../../src/domain/name-folding.ts';
import { resolveName, searchName } from '../../src/understanding/resolve.ts';

const composed = 'caf\u00e9.csv';
const decomposed = 'cafe\u0301.csv';

/** Pairs that look alike on a screen. */
const twins: readonly (readonly [string, string])[] = [
  [composed, decomposed],
  ['\u1e9b\u0323.csv', '\u1e69.csv'],
  ['churn\u00a0data', 'churn data'],
  ['churn\u2003 data', 'churn data'],
  ['churn\u200b.csv', 'churn.csv'],
  ['chu\u00adrn.csv', 'churn.csv'],
  ['churn\ufe0f.csv', 'churn.csv'],
  ['\u202echurn.csv\u202c', 'churn.csv'],
  ['sales\u20132019', 'sales-2019'],
  ['sales\u20112019', 'sales-2019'],
  ['sales\u22122019', 'sales-2019'],
  ['Megan\u2019s data', "Megan's data"],
  ['\u201craw\u201d data', '"raw" data'],
  ['pro\ufb01t.csv', 'profit.csv'],
  ['\uff43hurn.csv', 'churn.csv'],
  ['가', '\u1100\u1161'],
];

describe('names that look alike', () => {
  it.each(twins)('%j and %j are the same name', (one, other) => {
    expect(displayedForm(one)).toBe(displayedForm(other));
    expect(sameName(one, other)).toBe(true);
    expect(holdsText(one)(`x ${other} y`)).toBe(true);
  });

  it.each(twins)('%j and %j are both meant by either, so neither is taken without asking', (one, other) => {
    const things = [one, other].map((name) => ({ name, createdAt: null }));
    for (const typed of [one, other]) {
      expect(resolveName(typed, things).result).toBe('ambiguous');
      const search = searchName(typed);
      for (const thing of things) search.consider(thing);
      expect(things.map((thing) => search.means(thing))).toEqual([true, true]);
    }
  });
});

describe('a folded name', () => {
  it('is without case', () => {
    for (const [one, other] of [
      ['CHURN.CSV', 'churn.csv'],
      ['STRASSE', 'straße'],
      ['ΟΔΟΣ', 'οδος'],
    ] as const) {
      expect(sameName(one, other)).toBe(true);
      expect(displayedForm(one)).not.toBe(displayedForm(other));
    }
  });

  it('keeps apart what differs to the eye', () => {
    for (const [one, other] of [
      ['churn.csv', 'churn csv'],
      ['R&D.csv', 'RD.csv'],
      ['a_b', 'a-b'],
      ['cafe.csv', composed],
      ['churn 1', 'churn 2'],
    ] as const)
      expect(sameName(one, other)).toBe(false);
  });

  it('is folded once and for all, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        expect(foldName(foldName(name))).toBe(foldName(name));
        expect(sameName(name, name.normalize('NFD'))).toBe(true);
        expect(sameName(name, name.normalize('NFC'))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
