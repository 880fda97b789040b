import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { understand } from '../../src/understanding/decide.ts';
import type { Reading } from '../../src/understanding/intents.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { type SaidName, StemIndex } from '../../src/understanding/name-stems.ts';
import { normalise } from '../../src/understanding/normalise.ts';
import { tokenise } from '../../src/understanding/utterance.ts';

const assets = ['churn.csv', 'survey results 2019.csv', 'pump readings.arff', 'CON', 'labels.csv', 'labels.tsv'];
const existing = (names: readonly string[]): SaidName[] => [
  { name: 'Churn Lab', isWorkspace: true },
  ...names.map((name) => ({ name, isWorkspace: false })),
];
const read = (text: string, names: readonly string[] = assets): Reading =>
  understand(text, shippedModel(), { today: '2026-11-30', names: new StemIndex(existing(names)) });
const offered = ({ offers = [] }: Reading) => offers.map(({ slots }) => slots.assets?.map(({ name }) => name));

describe('names without their endings', () => {
  it.each([
    ['delete churn and the old survey results', 'delete.assets', ['churn.csv', 'survey results 2019.csv']],
    ['delete churn', 'delete.assets', ['churn.csv']],
    ['delete CON and churn', 'delete.assets', ['CON', 'churn.csv']],
    ['get rid of churn and the pump readings please', 'delete.assets', ['churn.csv', 'pump readings.arff']],
    ['export survey results and churn', 'export.assets', ['survey results 2019.csv', 'churn.csv']],
    ['delete the old survey results in Churn Lab', 'delete.assets', ['survey results 2019.csv']],
  ] as const)('“%s” is a question that names what was found', (text, intent, found) => {
    const reading = read(text);
    expect(reading.intent).toBe('none');
    expect(reading.offers?.map((offer) => offer.intent)).toEqual([intent]);
    expect(offered(reading)).toEqual([found]);
  });

  it('each that it may be is a button, and too many are told', () => {
    expect(offered(read('delete labels'))).toEqual([['labels.csv'], ['labels.tsv']]);
    const many = ['a', 'b', 'c', 'd'].map((ending) => `labels.${ending}`);
    expect(read('delete labels', many)).toMatchObject({ intent: 'none', lost: 'labels' });
  });

  it('a part that names nothing is told, and nothing is offered without it', () => {
    const { intent, offers, lost } = read('delete churn and the purple elephant');
    expect([intent, offers, lost]).toEqual(['none', undefined, 'purple elephant']);
  });

  it.each(['do not delete churn', 'delete churn later', 'why delete churn', 'delete churn if nobody uses it'])(
    '“%s” is none of these',
    (text) => expect(offered(read(text))).not.toContainEqual(['churn.csv']),
  );

  it('several with one stem are never taken for each other in silence', () => {
    const reading = read('delete pump readings', ['pump readings.arff', 'pump readings.csv']);
    expect(reading.intent).toBe('none');
    expect(offered(reading)).toEqual([['pump readings.arff'], ['pump readings.csv']]);
  });

  it('offers only what begins as was said, for every part that was said', () => {
    const part = fc.constantFrom(
      'churn',
      'survey results',
      'the old survey results',
      'labels',
      'pump readings',
      'CON',
      'nothing',
    );
    fc.assert(
      fc.property(
        fc.constantFrom('delete', 'please remove', 'export', 'back up'),
        fc.uniqueArray(part, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(' and ', ', '),
        fc.subarray(assets),
        (verb, parts, joint, names) => {
          const text = `${verb} ${parts.join(joint)}`;
          const reading = read(text, names);
          for (const { intent, slots } of [reading, ...(reading.offers ?? [])]) {
            if (reading.why !== 'names without their endings' || intent === 'none') continue;
            expect(slots.all).toBeUndefined();
            expect(slots.assets, text).toHaveLength(parts.length);
            for (const [at, { name }] of (slots.assets ?? []).entries()) {
              expect(names).toContain(name);
              expect(name.startsWith((parts[at] ?? '').replace('the old ', '')), `${text}: ${name}`).toBe(true);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are found in a message, also among the names of thousands', () => {
    const many = Array.from({ length: 2_000 }, (_, at) => `data set number ${at}.csv`);
    const index = new StemIndex(existing([...many, ...assets]));
    const said = tokenise(normalise('delete churn and the old survey results').text);
    expect(index.partsIn(said)).toEqual([
      { name: 'churn.csv', isWorkspace: false, stem: 'churn' },
      { name: 'survey results 2019.csv', isWorkspace: false, prefix: 'survey results' },
    ]);
    const again = new StemIndex(index.partsIn(said));
    expect(again.meantBy('Survey results')).toEqual(['survey results 2019.csv']);
    expect(again.stemsIn(said).map(({ name }) => name)).toEqual(['churn.csv']);
    expect(index.partsIn(tokenise('delete data set')).length).toBeLessThanOrEqual(20);
  });
});
