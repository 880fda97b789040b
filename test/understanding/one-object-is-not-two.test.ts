import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../src/understanding/intents.ts';
import { StemIndex } from '../../src/understanding/name-stems.ts';
import { waysToSay } from '../../src/understanding/said-people.ts';
import { readTurns } from './said-turns.ts';

const assets = ['churn.csv', 'labels.csv', 'transactions.csv', 'CON', 'aux.txt', 'Churn training'];
const names = new StemIndex([
  ...['Churn Lab', 'Fraud Detection'].map((name) => ({ name, isWorkspace: true })),
  ...assets.map((name) => ({ name, isWorkspace: false })),
  ...['Megan Bowen', 'Adele Vance', 'Patti Fernandez', 'Alex Wilber']
    .flatMap(waysToSay)
    .map((name) => ({ name, isWorkspace: false, isPerson: true as const })),
]);
const read = (...said: readonly string[]): Reading => readTurns(said, names);
const commands = ({ intent, slots, offers = [] }: Reading) =>
  [{ intent, slots }, ...offers].filter((each) => /^(?:export|delete|schedule)\./u.test(each.intent));

describe('a name in another clause', () => {
  it.each([
    'delete churn.csv instead of labels.csv',
    'delete labels.csv because we have transactions.csv',
    'delete labels.csv, is transactions.csv still used',
    'delete labels.csv (transactions.csv is its successor)',
    'delete churn.csv, how big is CON',
    'delete churn.csv and CON except labels.csv',
    'delete churn.csv, aux.txt, apart from labels.csv',
    'export churn.csv and CON except labels.csv',
    'export churn.csv and delete CON',
    'export churn.csv and CON pls, actually just CON',
    'delete churn.csv and CON, no wait, only CON',
  ])('is no further object, and the words are named: %s', (text) => {
    const { lost, offers = [], ...reading } = read(text);
    for (const { slots } of commands({ ...reading, offers })) expect(slots.assets?.length, text).toBeLessThan(2);
    if (offers.length === 0) expect(lost).toBeDefined();
  });

  it.each([
    ['delete churn.csv and CON', 2],
    ['delete churn.csv, CON and aux.txt in Churn Lab please', 3],
    ['export the dataset churn.csv as well as labels.csv', 2],
    ['please remove churn.csv and also labels.csv', 2],
  ])('is one in a plain list: %s', (text, count) => {
    expect(read(text).slots.assets).toHaveLength(count);
  });

  it('never joins what is deleted, whatever stands between', () => {
    const clause = fc.constantFrom(
      'instead of',
      'because it replaced',
      'which replaced',
      'and check',
      'and how big is',
      'if it is the same as',
      'but not',
      'except',
      'and keep',
      'and list',
      ', who owns',
      'rather than',
    );
    const name = fc.constantFrom(...assets);
    fc.assert(
      fc.property(fc.constantFrom('delete', 'remove', 'please erase'), name, clause, name, (verb, one, words, two) => {
        if (one === two) return;
        const text = `${verb} ${one} ${words} ${two}`;
        for (const { intent, slots } of commands(read(text))) {
          if (intent !== 'delete.assets') continue;
          expect(slots.assets?.map((each) => each.name) ?? [], text).not.toContain(two);
        }
      }),
      { numRuns: 600 },
    );
  });
});

describe('a name that is joined to another one', () => {
  it.each([
    ['delete the old Churn training and CON', 'CON'],
    [
      'I think my Churn training and the labels.csv dataset can be deleted as well, but keep the experiment of that name',
      'Churn training',
    ],
  ])('is not left out of what is offered: %s', (text, name) => {
    for (const { slots } of commands(read(text)))
      expect(
        slots.assets?.map((each) => each.name),
        text,
      ).toContain(name);
  });
});

describe('nothing is done where a message', () => {
  it.each([
    ['denies a period', 'delete all datasets not from May'],
    ['denies a period', 'delete all datasets not made this year'],
    ['denies an age', 'delete all datasets not older than a year'],
    ['denies a size', 'delete all datasets no bigger than 1 GB'],
    ['denies something else before a date', 'delete all datasets, not mine, older than 2020'],
    ['leaves out a party without a name', 'delete all datasets not made by Megan, Adele or the team'],
    ['means a second kind of somebody', "delete all failed experiments and Megan's models"],
    ['means some files', "delete all datasets except Megan's, only csvs"],
    ['means the own ones', "delete my datasets except Megan's and Adele's"],
    ['means a day', "export today's datasets"],
    ['means two people', 'export all datasets by megan and adele'],
    ['means two people', "back up everything from Megan each Monday, and Adele's too"],
    ['names a person without saying how', 'export all datasets, Megan only'],
    ['repeats something that is not known', 'export churn weekly'],
    ['repeats something that is not known', 'back up transactions monthly'],
    ['is about another rhythm', 'export Churn Lab every last Friday of the quarter'],
    ['takes people for things', 'delete datasets by Megan and Adele'],
  ])('%s: %s', (_what, text) => {
    const { lost, ...reading } = read(text);
    expect(commands(reading), text).toEqual([]);
    expect(lost, text).toBeDefined();
  });

  it.each([
    ['keeps only one', ['delete churn.csv, CON and aux.txt', 'keep only CON']],
    ['keeps only one', ['delete all datasets in Churn Lab', 'keep only CON']],
    ['drops what waits to be exported', ['export churn.csv, CON and aux.txt', 'how big is CON?', 'drop the others']],
    ['drops what waits to be exported', ['export all datasets in Churn Lab', 'drop those except CON']],
    ['is about what repeats', ['export churn.csv and CON every week', 'only CON']],
  ] as const)('%s: %j', (_what, said) => {
    expect(commands(read(...said))).toEqual([]);
  });

  it.each([
    'delete all failed experiments. Thanks, Megan',
    'Hi Megan, delete all failed experiments',
    'delete all failed experiments, this is Alex',
    'delete all failed experiments, Megan agreed',
    'delete all datasets older than 2 years. Regards, Alex Wilber',
  ])('but not for who is spoken to or speaks: %s', (text) => {
    expect(read(text)).toMatchObject({ intent: 'delete.assets', slots: { all: true } });
  });
});
