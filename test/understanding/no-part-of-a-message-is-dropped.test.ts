import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyConversation, remember } from '../../src/understanding/conversation.ts';
import { understand } from '../../src/understanding/decide.ts';
import type { Reading } from '../../src/understanding/intents.ts';
import { NameIndex } from '../../src/understanding/learned/name-index.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';

const today = '2026-11-30';
const names = new NameIndex([
  ...['Churn Lab', 'Guest-Workspace', 'Fraud Detection'].map((name) => ({ name, isWorkspace: true })),
  ...['churn.csv', 'customers.csv', 'transactions.csv', 'Old churn attempt'].map((name) => ({
    name,
    isWorkspace: false,
  })),
]);
const read = (text: string): Reading => understand(text, shippedModel(), { today, names });
const offered = (text: string) => read(text).offers?.map(({ intent }) => intent) ?? [];

describe('what is to repeat', () => {
  it.each([
    ['Please export Churn Lab every month on the first day.', 'FREQ=MONTHLY;BYMONTHDAY=1'],
    [
      'I would like to have the Churn Lab saved on the first of every month, if that is possible.',
      'FREQ=MONTHLY;BYMONTHDAY=1',
    ],
    ['export Churn Lab monthly, on the last day', 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['export Churn Lab on the second of every month', 'FREQ=MONTHLY;BYMONTHDAY=2'],
  ])('is read or offered with its day: %s', (text, recurrence) => {
    const { intent, slots, offers } = read(text);
    const found = intent === 'schedule.create' ? slots : offers?.[0]?.slots;
    expect(found).toMatchObject({ recurrence, workspace: 'Churn Lab' });
  });

  it('is never done once, in whatever words and place the rhythm stands', () => {
    const verb = fc.constantFrom(
      'export',
      'back up',
      'save',
      'download',
      'please export',
      'can you back up',
      'get me a copy of',
    );
    const what = fc.constantFrom(
      'Churn Lab',
      'my workspace',
      'churn.csv',
      'all experiments in Churn Lab',
      'everything in Churn Lab',
    );
    const rhythm = fc.constantFrom(
      'every Friday',
      'every month',
      'on the first of every month',
      'each week',
      'every other Monday',
      'weekly',
      'monthly, on the 15th',
      'once a quarter',
    );
    const rest = fc.constantFrom(
      '',
      ', but not the web services',
      ' without the models',
      ' please',
      ', skip the notebooks',
      ' except churn.csv',
      ' at 18:30',
    );
    let seen = 0;
    fc.assert(
      fc.property(verb, what, rhythm, rest, fc.boolean(), (act, object, often, tail, isFront) => {
        const text = isFront ? `${often} ${act} ${object}${tail}` : `${act} ${object} ${often}${tail}`;
        const { intent, slots } = read(text);
        expect(intent.startsWith('export.'), text).toBe(false);
        if (intent === 'schedule.create') {
          expect(slots.recurrence, text).toBeDefined();
          seen += 1;
        }
      }),
      { numRuns: 150 },
    );
    expect(seen).toBeGreaterThan(30);
  });

  it('is not done once in a long message either', () => {
    const long = 'We have talked about this in the team for quite a while, and nobody had another idea. '.repeat(9);
    for (const text of [`${long}Export Churn Lab every Friday.`, `Export Churn Lab every Friday. ${long}`])
      expect(read(text).intent.startsWith('export.'), text).toBe(false);
  });

  it('begins and ends when that was said, and is not set up when that was not understood', () => {
    expect(read('back up Churn Lab every Friday starting the week after next').slots).toMatchObject({
      from: '2026-12-14',
    });
    for (const [end, until] of [
      ['christmas', '2026-12-25'],
      ['new year', '2027-01-01'],
    ] as const) {
      const { slots, offers } = read(`export Churn Lab every Friday until ${end}`);
      expect(offers?.[0]?.slots ?? slots).toMatchObject({ until, recurrence: 'FREQ=WEEKLY;BYDAY=FR' });
    }
    for (const text of [
      'export Churn Lab every Friday until the auditors leave',
      'export Churn Lab every week starting when I am back',
    ])
      expect(read(text).intent, text).not.toBe('schedule.create');
  });

  it('is not changed by half a sentence, which is said', () => {
    const first = read('export Churn Lab every Friday');
    const context = remember(emptyConversation, first, 0);
    for (const text of ['make it 18:00', 'evening not morning', 'on the 1st, not the 30th', 'only till xmas']) {
      const reading = understand(text, shippedModel(), { today, names, context });
      expect([reading.intent, reading.slots.operation], text).toEqual(['unsupported', 'reschedule']);
      expect(read(text).intent, text).not.toBe('unsupported');
    }
  });

  it('is stopped where that was said, and nowhere else', () => {
    for (const text of [
      'stop the weekly export of Fraud Detection',
      'call off the Friday backup of Fraud Detection please',
    ])
      expect(read(text), text).toMatchObject({ intent: 'schedule.stop', slots: { workspace: 'Fraud Detection' } });
  });

  it('that was deleted is not brought back by words that take a request back', () => {
    expect(read('undo the deletion of churn.csv').intent).not.toBe('request.cancel');
  });

  it.each(['stop the friday one', 'call off the fortnightly thing', 'ditch the monthly backup please'])(
    'is stopped by %s',
    (text) => expect(read(text).intent).toBe('schedule.stop'),
  );

  it.each([
    'what scheduled stuff have i got',
    'no i mean my recurring backups',
    'Just to be sure I have not left a duplicate behind, what is scheduled now?',
    'what have I got on the go that repeats?',
    'next run when',
    'when is the next backup?',
  ])('is listed by %s', (text) => expect(read(text).intent).toBe('schedule.list'));
});

describe('what takes a request back', () => {
  it.each([
    ['and ditch 1001, that was your mistake', { request: '1001' }],
    ['sod it, scrap the deletion', {}],
    ['on second thoughts, scrap the deletion', {}],
    ['bin that request', {}],
    ['ditch the deletion of churn.csv', {}],
    ['forget DSR-1007', { request: 'DSR-1007' }],
  ])('%s', (text, slots) => expect(read(text)).toMatchObject({ intent: 'request.cancel', slots }));

  it.each([
    'on second thoughts, park it',
    'nm',
    'no, leave it',
    'scratch that',
    'lol nah leave it, forget it',
    'hm no, leave that, I shall keep the predictor after all',
  ])('declines: %s', (text) => expect(read(text).intent).toBe('decline'));

  it.each([
    'drop that experiment',
    'kill 2019.csv',
    'drop churn.csv',
    'bin the export dataset',
    'scrap the backup called x.zip',
  ])('is not read in %s', (text) => expect(['request.cancel', 'decline']).not.toContain(read(text).intent));

  it('and a command behind it are two wishes, of which none is dropped', () => {
    expect(offered('bin that request. export churn.csv from Churn Lab')).toEqual(['export.assets', 'request.cancel']);
  });
});

describe('a receipt', () => {
  it.each([
    ['can I have a receipt for the auditors?', {}],
    ['did it go thru? can i get a receipt for that 🧾', {}],
    ['I need proof that DSR-1005 was deleted', { request: 'DSR-1005' }],
    ['show me the certificate of dsr 1005 please', { request: 'dsr 1005' }],
  ])('is asked for: %s', (text, slots) => expect(read(text)).toMatchObject({ intent: 'record.show', slots }));

  it('is explained where somebody asks about the rule', () => {
    expect(read('How do I prove to an auditor that something was deleted?').intent).toBe('ask');
  });
});

describe('an object', () => {
  it('that is denied by its name is not among what is done or offered', () => {
    for (const text of [
      'I want churn.csv and customers.csv exported, not transactions.csv',
      'ok back that one up for me, plus customers.csv, but park transactions.csv for now',
      'export churn.csv, customers.csv, skip transactions.csv',
    ]) {
      const { slots, offers = [], intent } = read(text);
      expect(
        JSON.stringify(intent === 'none' ? offers.map((each) => each.slots.assets) : slots.assets),
        text,
      ).not.toContain('transactions.csv');
    }
  });

  it('that is only pointed at is not dropped beside one that is named', () => {
    expect(read('export that one plus customers.csv').intent).not.toBe('export.assets');
    expect(read('delete it and customers.csv').intent).not.toBe('delete.assets');
    expect(read('export customers.csv and churn.csv').intent).toBe('export.assets');
    expect(read('delete both customers.csv and churn.csv').intent).toBe('delete.assets');
  });

  it.each([
    'export churn.csv and the merchant reviews txt pls',
    'Delete churn.csv and the 2018 predictor.',
    'delete both churn.csv and the notebook, the datasets made by me only',
    'export churn.csv and everything else',
    'list my datasets in Fraud Detection, all but the last two',
    'del evrything in Churn Lab exept churn.csv and the othr stuff n the modls asap!!!',
  ])('that no name explains is not dropped beside one that has a name: %s', (text) => {
    const { intent, lost } = read(text);
    expect([intent, lost === undefined], text).toEqual(['none', false]);
  });

  it.each([
    'export everything in Churn Lab without the failed experiments and churn.csv',
    'delete everything in Churn Lab without the failed experiments and churn.csv',
    'delete everything in Churn Lab but not the failed experiments and churn.csv',
    'export everything in Churn Lab without the failed experiments',
    'delete all datasets without those from 2018 and churn.csv',
    'export everything in Churn Lab without what nobody uses',
    'wipe everything in Churn Lab without churn.csv and what nobody uses',
  ])('that is excepted by a limit is never what is selected: %s', (text) => {
    const { slots, offers = [] } = read(text);
    for (const { status, dates, unused, kind } of [slots, ...offers.map((each) => each.slots)]) {
      expect({ status, dates, unused }).toEqual({});
      if (text.includes('everything')) expect(kind).toBeUndefined();
    }
  });

  it('and a limit in front of an exception stay as they are', () => {
    expect(read('delete the failed experiments in Churn Lab except "Churn baseline"').slots).toMatchObject({
      status: 'failed',
    });
    expect(read('delete all datasets in Churn Lab from before 2019 except churn.csv').slots).toMatchObject({
      dates: { before: '2019-01-01' },
      except: [{ name: 'churn.csv' }],
    });
  });

  it('with a name is read in whatever place it stands', () => {
    for (const text of [
      'export churn.csv and the dataset customers.csv',
      'export churn.csv, customers.csv and transactions.csv',
    ])
      expect(
        read(text).slots.assets?.map(({ name }) => name),
        text,
      ).toContain('customers.csv');
    expect(read('export churn.csv and then delete it').slots.then).toBeDefined();
    const left = read('delete everything in Churn Lab except churn.csv and the models').slots;
    expect([left.except?.map(({ name }) => name), left.exceptKinds]).toEqual([['churn.csv'], ['model']]);
  });

  it('of a list is that of the list, not of an older command', () => {
    const said = (...texts: string[]) => {
      let context = emptyConversation;
      let found = read('');
      for (const [at, text] of texts.entries()) {
        found = understand(text, shippedModel(), { today, names, context });
        context = remember(context, found, at);
      }
      return found;
    };
    const list = 'list my datasets in Fraud Detection';
    expect(said('export churn.csv', list, 'only the csvs from 2018').intent).not.toMatch(/^export/u);
    expect(said('export churn.csv', list, 'sort them by size, biggest first').slots).toMatchObject({
      kind: 'dataset',
      workspace: 'Fraud Detection',
      pick: { by: 'biggest' },
    });
    expect(
      JSON.stringify(said('delete Old churn attempt', 'is churn.csv used by somebody? hm no, leave that one').slots),
    ).not.toContain('Old churn');
    expect(
      said('export Churn Lab every Friday', 'Make it the second of the month, datasets only, please.'),
    ).toMatchObject({
      intent: 'unsupported',
      slots: { operation: 'reschedule' },
    });
  });

  it('of a person in a workspace is limited to that person, who is no workspace', () => {
    expect(read('which things in Churn Lab are from Megan').slots).toEqual({ workspace: 'Churn Lab', owner: 'Megan' });
    expect(
      JSON.stringify(read('I see Megan Bowen owns churn.csv: can my colleagues see everything in Churn Lab?').slots),
    ).not.toContain('Megan');
  });

  it('is not a whole workspace where nobody spoke of one, and no deletion where nobody did', () => {
    for (const text of [
      'all of it gone pls except flowers',
      'first 1 and the last one delete',
      'sod it, scrap it all',
      'ok now guest workspce whats in it',
    ])
      expect(offered(text), text).not.toContain('delete.workspace');
    for (const text of [
      'I want churn.csv and customers.csv, not transactions.csv',
      'could you also run a regression on churn.csv',
    ])
      expect(
        offered(text).filter((intent) => intent.startsWith('delete.')),
        text,
      ).toEqual([]);
  });

  it('in a workspace that is called by its account type is looked for there', () => {
    expect(
      read('my guest workspace gets wiped at 2 this afternoon, export the lot before it goes').slots.workspace,
    ).toBe('guest');
    expect(read('my workspace gets wiped today, export it').slots.workspace).not.toBe('gets');
  });
});

describe('a period', () => {
  it.each([
    ['the first half of 2019', '2019-01-01', '2019-07-01'],
    ['the second half of 2018', '2018-07-01', '2019-01-01'],
    ['the last quarter of 2018', '2018-10-01', '2019-01-01'],
    ['the first quarter of 2019', '2019-01-01', '2019-04-01'],
  ])('is read whole: %s', (period, after, before) => {
    expect(read(`list the datasets in Churn Lab from ${period}`).slots.dates).toEqual({ after, before });
    // A deletion by words that are rare may be asked about, but never with other dates.
    const { slots, offers } = read(`delete the datasets in Churn Lab from ${period}`);
    expect((offers?.[0]?.slots ?? slots).dates).toEqual({ after, before });
  });

  it.each(['early 2019', 'late 2018', 'the beginning of 2019', 'mid-2018'])(
    'without bounds selects nothing: %s',
    (period) => {
      for (const verb of ['list', 'delete', 'export']) {
        const reading = read(`${verb} the datasets in Churn Lab from ${period}`);
        expect(reading.intent, verb).toBe('none');
        expect(reading.offers ?? [], verb).toEqual([]);
      }
    },
  );
});
