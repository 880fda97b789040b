import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { understand } from '../../src/understanding/decide.ts';
import { type ExistingName, NameIndex, ofAsset, ofWorkspace } from '../../src/understanding/learned/name-index.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { tokenise } from '../../src/understanding/utterance.ts';

const workspaces = (...names: string[]): ExistingName[] => names.map((name) => ({ name, isWorkspace: true }));
const assets = (...names: string[]): ExistingName[] => names.map((name) => ({ name, isWorkspace: false }));

describe('names that exist', () => {
  const names = new NameIndex([
    ...workspaces('Big Lab', 'Sales in Berlin'),
    ...assets('Sales', 'Restaurant ratings', 'trips and fares', 'fares', 'notes'),
  ]);
  const read = (text: string) => understand(text, shippedModel(), { names });

  it.each([
    ['export Big Lab', 'export.workspace', { workspace: 'Big Lab' }],
    [
      'delete dataset Sales in Big Lab',
      'delete.assets',
      { assets: [{ kind: 'dataset', name: 'Sales' }], workspace: 'Big Lab' },
    ],
    [
      'export dataset Sales from Sales in Berlin',
      'export.assets',
      { assets: [{ kind: 'dataset', name: 'Sales' }], workspace: 'Sales in Berlin' },
    ],
    [
      'delete dataset Restaurant ratings',
      'delete.assets',
      { assets: [{ kind: 'dataset', name: 'Restaurant ratings' }] },
    ],
    ['export dataset trips and fares', 'export.assets', { assets: [{ kind: 'dataset', name: 'trips and fares' }] }],
  ])('decide where a name ends and what it names: %s', (text, intent, slots) => {
    expect(read(text)).toMatchObject({ intent, slots });
  });

  it.each([
    ['Delete payments archive 2017.zip', 'delete.assets', { assets: [{ name: 'payments archive 2017.zip' }] }],
    ['ok what uses trips 2018.csv', 'asset.show', { assets: [{ name: 'trips 2018.csv' }] }],
    ['backup big lab every month', 'schedule.create', { workspace: 'big lab' }],
    [
      'gimme a copy of payments archive 2017.zip and the trips and fares thing',
      'export.assets',
      { assets: [{ name: 'payments archive 2017.zip' }, { name: 'trips and fares' }] },
    ],
  ])('are named in full or only offered, never cut or left out: “%s”', (text, intent, slots) => {
    const index = new NameIndex([
      ...workspaces('Big Lab'),
      ...assets('payments archive 2017.zip', 'trips 2018.csv', 'trips and fares'),
    ]);
    const { offers = [], ...reading } = understand(text, shippedModel(), { names: index, today: '2026-11-29' });
    expect([reading, ...offers][offers.length === 0 ? 0 : 1]).toMatchObject({ intent, slots });
  });

  it('that hold words against a deletion do not remove those words', () => {
    const index = new NameIndex(assets('do not', 'never ever', 'churn.csv'));
    for (const text of ['do not delete churn.csv', 'never ever delete churn.csv', 'please do not, delete churn.csv'])
      expect(understand(text, shippedModel(), { names: index }).intent).not.toMatch(/^delete/u);
  });

  it('are offered where a word and a name are all there is', () => {
    expect(read('Delete Big Lab').intent).toBe('none');
    expect(read('Delete Big Lab').offers).toMatchObject([
      { intent: 'delete.workspace', slots: { workspace: 'Big Lab' } },
    ]);
    expect(understand('Delete Big Lab', shippedModel()).offers ?? []).toEqual([]);
    expect(read('never delete Big Lab').offers ?? []).toEqual([]);
    expect(read('delete that dataset from Big Lab').offers ?? []).toEqual([]);
  });

  it('never make a command of a message that is none', () => {
    expect(read('Sales in Big Lab were good this year').intent).toBe('none');
    expect(read('do not delete dataset Sales in Big Lab').intent).toBe('none');
  });
});

describe('the index of names', () => {
  it('finds every name that stands whole, with what it names, in any case', () => {
    const index = new NameIndex([...assets('a b', 'b'), ...workspaces('b', 'A B c')]);
    expect(index.in(tokenise('x A b C')).map((ends) => [...ends])).toEqual([
      [],
      [
        [3, ofAsset],
        [4, ofWorkspace],
      ],
      [[3, ofAsset | ofWorkspace]],
      [],
    ]);
    expect(index.namesIn(tokenise('x A b'))).toEqual([...assets('A b'), ...assets('b'), ...workspaces('b')]);
  });

  it('finds a planted name wherever it is', () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/u);
    const some = fc.array(word, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(some, fc.array(word, { maxLength: 8 }), fc.array(word, { maxLength: 8 }), (name, before, after) => {
        const index = new NameIndex(assets(name.join(' ')));
        const found = index.in(tokenise([...before, ...name, ...after].join(' ')));
        expect(found[before.length]?.get(before.length + name.length)).toBe(ofAsset);
      }),
    );
  });

  it('takes no longer for many names than for few, and one pass for a long text', () => {
    const many = new NameIndex(assets(...Array.from({ length: 20_000 }, (_, index) => `data set ${index} of many`)));
    const text = tokenise('data set '.repeat(600));
    expect(many.in(text).every((ends) => ends.size === 0)).toBe(true);
  });
});
