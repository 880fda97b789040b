import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PickedAssets, type SelectableAsset, selects } from '../../src/domain/asset-selection.ts';
import { assetKinds, assetStatuses } from '../../src/domain/assets.ts';
import { limitsOf } from '../../src/teams/slot-limits.ts';
import type { Reading, Slots } from '../../src/understanding/intents.ts';
import { StemIndex } from '../../src/understanding/name-stems.ts';
import { narrower } from '../../src/understanding/narrower.ts';
import { readTurns } from './said-turns.ts';

const names = new StemIndex([
  { name: 'Churn Lab', isWorkspace: true },
  ...['churn.csv', 'CON', 'aux.txt', 'labels.csv'].map((name) => ({ name, isWorkspace: false })),
]);
const read = (...said: readonly string[]): Reading => readTurns(said, names);

const all = 'delete all datasets in Churn Lab';
const three = 'delete churn.csv, CON and aux.txt';

describe('an open preview', () => {
  it.each([
    [all, 'only the csvs', { kind: 'dataset', filter: '.csv' }],
    [all, 'no, just the csv files please', { kind: 'dataset', filter: '.csv' }],
    [all, "only Megan's", { owner: 'Megan' }],
    [all, "leave out mine and Megan's", { exceptOwner: ['me', 'Megan'] }],
    [all, 'not mine', { exceptOwner: 'me' }],
    ["delete all datasets in Churn Lab except Megan's", "leave out Adele's too", { exceptOwner: ['Megan', 'Adele'] }],
    [all, 'only those with churn in the name', { filter: 'churn' }],
    [
      'delete all datasets in Churn Lab from before 2020',
      'only those from before 2018',
      { dates: { before: '2018-01-01' } },
    ],
    [
      'delete all datasets in Churn Lab from before 2020',
      'only those from before 2022',
      { dates: { before: '2020-01-01' } },
    ],
    ['delete all datasets in Churn Lab over 1 MB', 'only those over 10 MB', { size: { over: 10_485_760 } }],
  ] as const)('“%s”, “%s”', (first, then, slots) => {
    const reading = read(first, then);
    expect(reading).toMatchObject({ intent: 'delete.assets', corrects: true });
    expect(reading.slots).toEqual({ all: true, kind: 'dataset', workspace: 'Churn Lab', ...slots });
  });

  it.each([
    ['just churn.csv', ['churn.csv']],
    ['only CON and aux.txt please', ['CON', 'aux.txt']],
    ['only the csvs', ['churn.csv']],
    ['not the csvs', ['CON', 'aux.txt']],
    ['leave out CON', ['churn.csv', 'aux.txt']],
  ])('of three, “%s”', (text, kept) => {
    const { intent, slots, corrects } = read(three, text);
    expect([intent, corrects, slots.assets?.map(({ name }) => name)]).toEqual(['delete.assets', true, kept]);
  });

  it('of a selection, what is named is looked for in the preview', () => {
    expect(read(all, 'just churn.csv')).toMatchObject({ slots: { assets: [{ name: 'churn.csv' }] }, narrows: true });
    expect(read(three, 'just churn.csv').narrows).toBeUndefined();
  });

  it.each([
    ["delete Megan's datasets in Churn Lab", 'only mine'],
    ['delete the two oldest datasets in Churn Lab', "only Megan's"],
    ['delete the two oldest datasets in Churn Lab', 'leave out CON'],
    ['delete the two oldest datasets in Churn Lab', 'only the csvs'],
    [all, 'not the csvs'],
    [all, 'without the second'],
    [three, 'only the first two'],
  ])('“%s”, “%s”: is not done, and the words are named', (first, then) => {
    const reading = read(first, then);
    expect(reading).toMatchObject({ intent: 'none', lost: expect.any(String) });
    expect(then).toContain(reading.lost);
  });

  it('asks which one, where the order of the card is not known', () => {
    const { intent, offers = [] } = read(three, 'without the second');
    expect(intent).toBe('none');
    expect(offers.map(({ slots }) => slots.assets?.length)).toEqual([2, 2, 2]);
  });

  it.each(['not now', 'not the point', "only Megan's approval counts", 'just checking', 'just a second'])(
    'is left alone by “%s”',
    (text) => expect(read(all, text).corrects).toBeUndefined(),
  );
});

const day = fc.constantFrom('2018-01-01', '2019-06-01', '2020-01-01', '2022-03-01');
const limits = fc.record(
  {
    kind: fc.constantFrom('dataset', 'model', 'experiment'),
    filter: fc.constantFrom('.csv', 'churn', 'a'),
    dates: fc.record({ after: day, before: day }, { requiredKeys: [] }),
    size: fc.record({ over: fc.nat(100), under: fc.nat(100) }, { requiredKeys: [] }),
    owner: fc.constantFrom('me', 'Megan'),
    exceptOwner: fc.oneof(fc.constantFrom('me', 'Megan'), fc.constant(['Adele', 'me'])),
    status: fc.constantFrom(...assetStatuses),
    exceptKinds: fc.subarray(['model', 'notebook'], { minLength: 1 }),
    pick: fc.record(
      { by: fc.constantFrom('oldest', 'biggest'), count: fc.integer({ min: 1, max: 3 }), rest: fc.constant(true) },
      { requiredKeys: ['by', 'count'] },
    ),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Slots>;
const asset: fc.Arbitrary<SelectableAsset> = fc.record({
  kind: fc.constantFrom(...assetKinds),
  name: fc.constantFrom('churn.csv', 'a.csv', 'CON', 'churn'),
  sizeBytes: fc.option(fc.nat(120)),
  createdAt: fc.option(fc.date({ min: new Date('2017-01-01'), max: new Date('2023-01-01'), noInvalidDate: true })),
  owner: fc.constantFrom('Megan Bowen', 'Alex Wilber', 'adelev', ''),
  status: fc.constantFrom(...assetStatuses),
  familyId: fc.uuid(),
}) as fc.Arbitrary<SelectableAsset>;
const asker = { name: 'Alex Wilber', addresses: ['alexw@example.com'] };

/** What a selection selects, as `selectAssets` and lists do: by each alone, and then by number. */
function selected(slots: Slots, assets: readonly SelectableAsset[]): ReadonlySet<SelectableAsset> {
  const candidates = assets.filter(selects(limitsOf(slots), asker));
  const { pick } = slots;
  if (pick === undefined) return new Set(candidates);
  const picked = new PickedAssets(pick);
  for (const each of candidates) picked.add(each);
  const isPicked = (each: SelectableAsset) => picked.keys.has(`${each.kind}/${each.familyId}`);
  return new Set(
    candidates.filter((each) => (pick.rest === true ? picked.compares(each) && !isPicked(each) : isPicked(each))),
  );
}

describe('a narrower selection', () => {
  it('selects nothing that the open one does not', () => {
    fc.assert(
      fc.property(limits, limits, fc.array(asset, { maxLength: 12 }), (first, further, assets) => {
        const slots = narrower(first, further);
        fc.pre(slots !== null);
        const before = selected(first, assets);
        for (const each of selected(slots, assets)) expect(before.has(each), JSON.stringify([first, slots])).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});
