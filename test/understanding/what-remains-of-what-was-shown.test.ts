import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ConversationContext,
  emptyConversation,
  remember,
  rememberRows,
} from '../../src/understanding/conversation.ts';
import { understand } from '../../src/understanding/decide.ts';
import type { Reading } from '../../src/understanding/intents.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { StemIndex } from '../../src/understanding/name-stems.ts';

const assets = ['churn.csv', 'CON', 'aux.txt', 'labels.csv', 'Import from the warehouse', 'Explore tenure'];
const names = new StemIndex([
  { name: 'Churn Lab', isWorkspace: true },
  ...assets.map((name) => ({ name, isWorkspace: false })),
]);

/** Reads messages one after the other; `rows` are what the list of the first one showed. */
const read = (said: readonly string[], rows?: readonly string[], isWhole = true): Reading => {
  let context: ConversationContext = emptyConversation;
  let reading: Reading | null = null;
  for (const [turn, text] of said.entries()) {
    reading = understand(text, shippedModel(), { today: '2026-11-30', context, names });
    context = remember(context, reading, turn * 10 + 1);
    if (turn === 0 && rows !== undefined) {
      const shown = {
        assets: rows.map((name) => ({ kind: 'dataset', name }) as const),
        isWhole,
        workspace: 'Churn Lab',
      };
      context = rememberRows(context, shown, 2);
    }
  }
  if (reading === null) throw new Error('Nothing was said.');
  return reading;
};
const named = ({ slots }: Pick<Reading, 'slots'>) => slots.assets?.map(({ name }) => name);
const offered = ({ offers = [] }: Reading) => offers.map(named);

const list = 'list the datasets in Churn Lab';
const three = ['churn.csv', 'CON', 'aux.txt'];

describe('one of a list', () => {
  it.each([
    ['how big is the first one', 'asset.show', ['churn.csv']],
    ['who owns the third one?', 'asset.show', ['aux.txt']],
    ['export the second of them', 'export.assets', ['CON']],
    ['ok, delete the first two please', 'delete.assets', ['churn.csv', 'CON']],
    ['bin the last one', 'delete.assets', ['aux.txt']],
  ] as const)('“%s”', (text, intent, meant) => {
    const reading = read([list, text], three);
    expect([reading.intent, named(reading)]).toEqual([intent, meant]);
  });

  it.each([
    ['list the two oldest datasets in Churn Lab', 'export the older of those two', ['churn.csv']],
    ['list the two oldest datasets in Churn Lab', 'how big is the newer one?', ['CON']],
    ['list the two biggest datasets in Churn Lab', 'delete the smaller one', ['CON']],
    [list, 'delete the older of the two', ['CON']],
  ] as const)('after “%s”: “%s”', (listing, text, meant) => {
    expect(named(read([listing, text], three.slice(0, 2)))).toEqual(meant);
  });

  it('is not guessed where its order, or how many there are, is not known', () => {
    for (const [rows, isWhole, text] of [
      [three.slice(0, 2), true, 'delete the bigger of the two'],
      [three, true, 'delete the older one'],
      [three, false, 'delete the last one'],
      [three, true, 'delete the fifth one'],
      [three, true, 'delete the last dataset'],
    ] as const) {
      const { intent, slots, offers } = read([list, text], rows, isWhole);
      expect([text, intent, slots.assets, offers]).toEqual([text, 'none', undefined, undefined]);
    }
  });

  it.each([
    'export what you just showed me',
    'export everything you just listed',
    'export the ones you showed me, please',
    'export everything on that list',
  ])('“%s” is the list', (text) => {
    const { intent, slots } = read([list, text], three);
    expect([intent, slots.kind, slots.workspace, slots.all]).toEqual(['export.assets', 'dataset', 'Churn Lab', true]);
    expect(read([text]).intent).toBe('none');
  });

  it('has a place, which “there” is', () => {
    expect(read([list, "what's the biggest thing there"], three).slots.workspace).toBe('Churn Lab');
  });
});

describe('the other one', () => {
  it.each([
    [['export churn.csv and CON', 'how big is CON?', 'delete the other one'], 'delete.assets', ['churn.csv']],
    [['delete churn.csv and CON', 'how big is CON?', 'who made the other one?'], 'asset.show', ['churn.csv']],
    [['how big is churn.csv?', 'how big is CON?', 'delete the other one'], 'delete.assets', ['churn.csv']],
    [['how big is churn.csv?', 'how big is CON?', 'and the other one?'], 'asset.show', ['churn.csv']],
    [['delete churn.csv and CON', 'keep CON, delete the other one'], 'delete.assets', ['churn.csv']],
    [
      ['delete churn.csv, CON and aux.txt', 'delete the other two, keep CON'],
      'delete.assets',
      ['churn.csv', 'aux.txt'],
    ],
  ] as const)('%j (%s of %j)', (said, intent, left) => {
    const reading = read(said);
    expect(reading.intent).toBe(intent);
    expect(named(reading)).toEqual(left);
  });

  it.each([
    [['delete the other one'], ['churn.csv', 'CON']],
    [
      ['how big is aux.txt?', 'delete the other one'],
      ['churn.csv', 'CON'],
    ],
  ] as const)('%j behind a list of %j is not guessed', (said, rows) => {
    const reading = read([list, ...said], rows);
    expect(reading.intent).toBe('none');
    for (const offer of reading.offers ?? []) expect(named(offer)).toHaveLength(1);
  });

  it('is a question that names both, where none was spoken of since', () => {
    const reading = read(['delete churn.csv and CON', 'no, just the other one']);
    expect(reading.intent).toBe('none');
    expect(offered(reading)).toEqual([['churn.csv'], ['CON']]);
  });

  it('is of the rows that a list showed, and in their place', () => {
    const reading = read(
      ['list the two oldest datasets in Churn Lab', 'how big is CON?', 'delete the other one'],
      ['labels.csv', 'CON'],
    );
    expect(reading).toMatchObject({ intent: 'delete.assets', slots: { workspace: 'Churn Lab' } });
    expect(named(reading)).toEqual(['labels.csv']);
  });

  it('of nothing is named, and nothing is done', () => {
    expect(read(['delete the other one'])).toMatchObject({ intent: 'none', lost: 'the other one' });
    expect(read([list, 'delete the other one'])).toMatchObject({ intent: 'none', lost: 'the other one' });
  });
});

describe('all of them except some', () => {
  it.each([
    ['delete all of these except the second', ['churn.csv', 'aux.txt']],
    ['delete those except the first two', ['aux.txt']],
    ['delete them, but not the last one', ['churn.csv', 'CON']],
    ['export these without churn.csv and the last', ['CON']],
  ])('“%s” behind a list of three: %j', (text, left) => {
    expect(named(read([list, text], three))).toEqual(left);
  });

  it('leaves out what one word of a name means, and asks where it means two', () => {
    const rows = ['Import from the warehouse', 'Explore tenure'];
    expect(named(read([list, 'delete those but not the import'], rows))).toEqual(['Explore tenure']);
    expect(read([list, 'delete those but not the import'], [...rows, 'import 2019'])).toMatchObject({
      intent: 'none',
      lost: 'those but not the import',
    });
  });

  it('is a selection where the list holds more than it showed', () => {
    const reading = read([list, 'delete all of these except the second'], three, false);
    expect(reading.slots).toEqual({ all: true, kind: 'dataset', workspace: 'Churn Lab', except: [{ name: 'CON' }] });
    expect(read([list, 'delete all of these except the last'], three, false).intent).toBe('none');
  });

  it('keeps the limits of the list', () => {
    const limits = { kind: 'dataset', workspace: 'Churn Lab', except: [{ name: 'CON' }] };
    expect(read([list, 'export those but not CON']).slots).toMatchObject(limits);
    expect(read(['list everything in Churn Lab', 'export all those datasets except CON']).slots).toMatchObject(limits);
  });

  it('never fills a number of the oldest up again', () => {
    for (const text of ['export those but not CON', 'export those datasets except CON'])
      expect(read(['list the two oldest datasets in Churn Lab', text]).intent, text).toBe('none');
  });

  it('asks for each possibility where the order of the card is not known', () => {
    const reading = read(['delete churn.csv, CON and aux.txt', 'all of them except the second']);
    expect(reading.intent).toBe('none');
    expect(offered(reading)).toEqual([
      ['CON', 'aux.txt'],
      ['churn.csv', 'aux.txt'],
      ['churn.csv', 'CON'],
    ]);
  });
});

describe('what remains', () => {
  const verbs = ['delete', 'please remove', 'export', 'back up'];
  const parts = [
    'the first',
    'the second',
    'the last one',
    'the first two',
    'CON',
    'churn.csv',
    'labels.csv',
    'the import',
  ];
  const phrases = [
    (part: string) => `all of these except ${part}`,
    (part: string) => `those but not ${part}`,
    (part: string) => `the other one, not ${part}`,
    (part: string) => `the other two, keep ${part}`,
    () => 'the other one',
    () => 'the others',
  ];
  const rows = ['churn.csv', 'CON', 'aux.txt', 'Import from the warehouse'];

  it('is never more than what was shown, and never what was named', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...verbs),
        fc.constantFrom(...phrases),
        fc.constantFrom(...parts),
        fc.subarray(rows, { minLength: 1 }),
        fc.option(fc.constantFrom('churn.csv', 'CON', 'labels.csv')),
        (verb, phrase, part, shown, spoken) => {
          const text = `${verb} ${phrase(part)}`;
          const between = spoken === null ? [] : [`how big is ${spoken}?`];
          const reading = read([list, ...between, text], shown);
          for (const wish of [reading, ...(reading.offers ?? [])]) {
            if (wish.intent === 'none') continue;
            const of = named(wish);
            expect(of, `${text}: ${JSON.stringify(wish)}`).toBeDefined();
            for (const name of of ?? []) {
              expect(shown, text).toContain(name);
              if (text.includes(name)) expect(text, JSON.stringify(wish)).not.toContain(name);
              if (wish === reading && text.endsWith('the other one')) expect(name).not.toBe(spoken);
            }
          }
          const isSaid = reading.intent !== 'none' || reading.offers !== undefined || reading.lost !== undefined;
          if (/other|except|but not/u.test(text)) expect(isSaid, `${text}: ${JSON.stringify(reading)}`).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
