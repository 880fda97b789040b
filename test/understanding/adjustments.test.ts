import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyConversation, remember } from '../../src/understanding/conversation.ts';
import { understand } from '../../src/understanding/decide.ts';
import type { Reading } from '../../src/understanding/intents.ts';
import { NameIndex } from '../../src/understanding/learned/name-index.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';

const today = '2026-11-29';
const names = new NameIndex(
  ['churn.csv', 'customers.tsv', 'pump readings.arff', 'Explore tenure', 'fraud scoring', 'do not'].map((name) => ({
    name,
    isWorkspace: false,
  })),
);

/** The last of several messages of one conversation, each read with what was said before. */
function last(...messages: readonly string[]): Reading {
  let context = emptyConversation;
  let reading: Reading = { intent: 'none', slots: {}, confidence: 0, why: '' };
  for (const [index, text] of messages.entries()) {
    reading = understand(text, shippedModel(), { today, names, context });
    context = remember(context, reading, index);
  }
  return reading;
}

const everything = { all: true, kind: 'dataset' };

describe('what is left out after a preview', () => {
  it.each([
    ['leave out pump readings.arff as well', { except: [{ name: 'pump readings.arff' }] }],
    [
      'Actually please leave out customers.tsv, because somebody still uses it',
      { except: [{ name: 'customers.tsv' }] },
    ],
    ['not the churn.csv one tho', { except: [{ name: 'churn.csv' }] }],
    ['wait keep churn.csv', { except: [{ name: 'churn.csv' }] }],
    ['take churn.csv and customers.tsv out', { except: [{ name: 'churn.csv' }, { name: 'customers.tsv' }] }],
    ['but not "sales.csv"', { except: [{ name: 'sales.csv' }] }],
    ['leave the fraud scoring alone', { except: [{ name: 'fraud scoring' }] }],
  ])('“%s” makes the same command with that exception', (text, exception) => {
    const { intent, slots, corrects } = last('delete all datasets in Churn Lab', text);
    expect({ intent, slots, corrects }).toEqual({
      intent: 'delete.assets',
      slots: { ...everything, workspace: 'Churn Lab', ...exception },
      corrects: true,
    });
  });

  it('a name is taken off a list of names, and a kind off everything', () => {
    const list = last('delete dataset churn.csv and dataset customers.tsv', 'leave out churn.csv');
    expect(list).toMatchObject({ intent: 'delete.assets', slots: { assets: [{ name: 'customers.tsv' }] } });
    const kinds = last('export everything in Churn Lab', 'leave the notebooks out please');
    expect(kinds.slots).toMatchObject({ exceptKinds: ['notebook'] });
  });

  it('what is not on the list, or would leave nothing, changes nothing', () => {
    for (const text of ['leave out sales.csv', 'leave out customers.tsv', 'not now', 'keep going', 'not sure'])
      expect(last('delete dataset churn.csv', text).corrects).toBeUndefined();
  });

  it('“take out” deletes nothing while another command is on the table', () => {
    const { intent, offers } = last(
      'export dataset customers.tsv',
      'take out churn.csv, because somebody still uses it',
    );
    expect({ intent, offers }).toEqual({ intent: 'none', offers: undefined });
  });

  it('never makes a deletion wider, whatever is said', () => {
    const openings = ['', 'no, ', 'actually ', 'please ', 'wait '];
    const verbs = ['leave out', 'keep', 'not', 'skip', 'only', 'just', 'without', 'do not delete', 'add', 'and'];
    const objects = ['churn.csv', 'the models', 'the failed ones', 'Megan’s', 'those from 2018', 'everything', 'them'];
    fc.assert(
      fc.property(
        fc.constantFrom(...openings),
        fc.constantFrom(...verbs),
        fc.constantFrom(...objects),
        (opening, verb, object) => {
          const { intent, slots } = last('delete all datasets in Churn Lab', `${opening}${verb} ${object}`);
          if (!intent.startsWith('delete.') || slots.assets !== undefined) return;
          expect(slots).toMatchObject({ ...everything, workspace: 'Churn Lab' });
        },
      ),
    );
  });
});

describe('what narrows, adds to or repeats the command before', () => {
  it.each([
    ['nah only the ones that failed', { status: 'failed' }],
    ['just those from before 2019', { dates: { before: '2019-01-01' } }],
    ['only mine please', { owner: 'me' }],
    ['no sorry, only from before march 2020', { dates: { before: '2020-03-01' } }],
  ])('“%s”', (text, limit) => {
    const { intent, slots } = last('delete all experiments in Churn Lab', text);
    expect({ intent, slots }).toMatchObject({
      intent: 'delete.assets',
      slots: { all: true, kind: 'experiment', ...limit },
    });
  });

  it('one more name is added when it exists', () => {
    const { intent, slots } = last('export dataset churn.csv', 'and the fraud scoring too');
    expect({ intent, slots }).toEqual({
      intent: 'export.assets',
      slots: { assets: [{ kind: 'dataset', name: 'churn.csv' }, { name: 'fraud scoring' }] },
    });
    expect(last('delete dataset churn.csv', 'and the purple one too').intent).not.toBe('delete.assets');
  });

  it.each([
    'customers.tsv is big too',
    'and customers.tsv was made by Megan as well',
    'customers.tsv has the same columns too',
    'should customers.tsv go too?',
    'maybe customers.tsv too',
    'not customers.tsv too',
  ])('a remark, a question or a doubt adds nothing to a deletion: “%s”', (text) => {
    const { intent, slots } = last('delete dataset churn.csv', text);
    const isLonger = intent === 'delete.assets' && (slots.assets?.length ?? 0) > 1;
    expect(isLonger).toBe(false);
  });

  it('“only the three largest …, so that nothing is deleted” leaves nothing of them out', () => {
    const text = 'please export only the three largest datasets, provided that nothing is thereby deleted';
    const { slots } = last('export everything in Churn Lab', text);
    expect(slots.exceptKinds).toBeUndefined();
  });

  it('what names another workspace is no change of the command before', () => {
    const names = new NameIndex([
      { name: 'Churn Lab', isWorkspace: true },
      { name: 'Fraud Detection', isWorkspace: true },
    ]);
    const context = remember(
      emptyConversation,
      { intent: 'export.workspace', slots: { workspace: 'Fraud Detection' }, confidence: 1, why: '' },
      0,
    );
    const { intent, slots, corrects } = understand('and also Churn Lab, but without the experiments', shippedModel(), {
      today: '2026-11-30',
      context,
      names,
    });
    expect({ intent, slots, corrects }).toEqual({
      intent: 'export.assets',
      slots: { all: true, exceptKinds: ['experiment'], workspace: 'Churn Lab' },
      corrects: undefined,
    });
  });

  it('a deletion that cannot be read changes no export', () => {
    const text = 'delete all datasets over 1 MB except churn.csv and whatever Megan made';
    expect(last('export everything in Churn Lab', text).intent).toBe('none');
    expect(last('export Churn Lab every month', text).intent).toBe('none');
  });

  it('what is left out already is not left out twice', () => {
    const { slots } = last(
      'delete all datasets in Churn Lab',
      'leave out churn.csv',
      'churn.csv and customers.tsv must stay',
    );
    expect(slots.except).toEqual([{ name: 'churn.csv' }, { name: 'customers.tsv' }]);
  });

  it('an export is repeated, a deletion never', () => {
    expect(last('export dataset churn.csv', 'do that every monday')).toMatchObject({
      intent: 'schedule.create',
      slots: { recurrence: 'FREQ=WEEKLY;BYDAY=MO', assets: [{ name: 'churn.csv' }] },
    });
    expect(last('delete dataset churn.csv', 'do that every monday').intent).not.toBe('schedule.create');
  });
});

describe('a question about what was named before', () => {
  it.each(['who made that one', 'and who owns it', 'whats it used by', 'how big is it?', 'when was it made'])(
    '“%s” is about that',
    (text) => {
      for (const before of ['how big is churn.csv?', 'export dataset churn.csv'])
        expect(last(before, text)).toMatchObject({ intent: 'asset.show', slots: { assets: [{ name: 'churn.csv' }] } });
    },
  );

  it('is none when nothing or several things were named', () => {
    expect(last('who made that one').intent).not.toBe('asset.show');
    expect(last('export all datasets', 'who made it').intent).not.toBe('asset.show');
  });
});
