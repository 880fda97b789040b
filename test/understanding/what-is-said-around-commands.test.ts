import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyConversation, remember } from '../../src/understanding/conversation.ts';
import { understand } from '../../src/understanding/decide.ts';
import { isDestructive, type Reading } from '../../src/understanding/intents.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { StemIndex } from '../../src/understanding/name-stems.ts';

const today = '2026-11-30';
const assets = ['churn.csv', 'flowers.csv', 'labels.csv', 'pump readings.arff', 'survey results', 'Threshold test'];
const more = ['Old churn attempt', 'Churn predictor', 'Churn predictor 2018', 'Fraud model', 'frauds.csv'];
const names = new StemIndex([
  ...['Churn Lab', 'Guest-Workspace', 'Fraud Detection'].map((name) => ({ name, isWorkspace: true })),
  ...[...assets, ...more].map((name) => ({ name, isWorkspace: false })),
]);

/** The last message of a conversation. */
function read(...said: readonly string[]): Reading {
  let context = emptyConversation;
  let reading: Reading | undefined;
  for (const [at, text] of said.entries()) {
    reading = understand(text, shippedModel(), { today, names, context });
    context = remember(context, reading, at);
  }
  if (reading === undefined) throw new Error('nothing was said');
  return reading;
}

describe('a list', () => {
  it.each([
    ['fraud detection datasets by megan', { owner: 'megan', kind: 'dataset' }],
    ['I want to see megans stuff in Churn Lab', { owner: 'megan', workspace: 'Churn Lab' }],
    ['In Churn Lab, which are the biggest datasets?', { pick: { by: 'biggest', count: 20 } }],
    ['which datasets in Churn Lab are nobody using, and bigger than like 5 megs?', { size: { over: 5 << 20 } }],
  ])('has what its message limits it to: %s', (text, slots) => {
    const reading = read(text);
    expect(reading.intent).toBe('list.assets');
    expect(reading.slots).toMatchObject(slots);
    expect(reading.overlooked).toBeUndefined();
  });

  it.each([
    ['how much is in churn lab total and when does it shut down', 'when does it shut down'],
    ['are there any experiments in Churn Lab that failed or were never finished?', 'failed or were never finished'],
    ['which of my models are used by something else?', 'used by something else'],
  ])('says what it does not answer: %s', (text, overlooked) => {
    const reading = read(text);
    expect([reading.intent, reading.overlooked]).toEqual(['list.assets', overlooked]);
  });

  it.each([
    'list my datasets',
    'list the datasets in Churn Lab, biggest first',
    'which experiments failed?',
    'datasets over 10 MB in Churn Lab',
    'list the datasets of Megan',
    'list all models in "who made it"',
  ])('overlooks nothing in a plain one: %s', (text) => {
    expect(read(text)).toMatchObject({ intent: 'list.assets' });
    expect(read(text).overlooked).toBeUndefined();
  });

  it('never loses a size or an owner in silence', () => {
    const lead = fc.constantFrom('list', 'show me', 'which are', 'what are', 'can you list', 'give me a list of');
    const kind = fc.constantFrom('the datasets', 'all experiments', 'my models', 'the notebooks', 'the assets');
    const place = fc.constantFrom('', ' in Churn Lab', ' in Fraud Detection');
    const limit = fc.constantFrom(
      ...[' over 5 MB', ' bigger than 10 megs', ' smaller than 2 gigs', ' that are at least 1 GB', ' of roughly 3 MB'],
      ...[' made by Megan', ' owned by Adele', ' by megan', ' uploaded by patti'],
    );
    fc.assert(
      fc.property(lead, kind, place, limit, (first, what, where, narrowing) => {
        const { intent, slots, overlooked } = read(`${first} ${what}${where}${narrowing}`);
        const isKept = slots.size !== undefined || slots.owner !== undefined || overlooked !== undefined;
        expect([intent === 'list.assets', isKept]).not.toEqual([true, false]);
      }),
      { numRuns: 150 },
    );
  });
});

it('a question that is whole by itself keeps nothing of the list before', () => {
  const { slots } = read(
    'fraud detection datasets by megan',
    'what is the oldest dataset in Churn Lab that nobody uses',
  );
  expect(slots).toEqual({ kind: 'dataset', workspace: 'Churn Lab', unused: true, pick: { by: 'oldest', count: 1 } });
});

describe('an owner', () => {
  it.each([
    ['delete every dataset of Megan Bowen in Churn Lab', 'delete.assets'],
    ['export the datasets of Megan Bowen in Churn Lab', 'export.assets'],
    ['which datasets of Megan Bowen are in Churn Lab?', 'list.assets'],
  ])('is never a second workspace: %s', (text, intent) => {
    const reading = read(text);
    expect([reading.intent, reading.slots.owner, reading.slots.workspace]).toEqual([
      intent,
      'Megan Bowen',
      'Churn Lab',
    ]);
    expect(reading.slots.workspaces).toBeUndefined();
  });

  it('is kept, asked about, or named, whatever the person is called and whatever is wanted', () => {
    const verb = fc.constantFrom('delete', 'export', 'list', 'remove', 'back up');
    const what = fc.constantFrom('every dataset', 'all datasets', 'the experiments', 'everything', 'all models');
    const person = fc.constantFrom(
      'Megan Bowen',
      'Adele Vance',
      'Isaiah Langer',
      'Li Wei',
      'Ana de Souza',
      'Ola Nordmann',
    );
    const joint = fc.constantFrom('of', 'by', 'made by', 'owned by', 'from');
    fc.assert(
      fc.property(verb, what, joint, person, fc.constantFrom(' in Churn Lab', ''), (act, object, of, who, where) => {
        const reading = read(`${act} ${object} ${of} ${who}${where}`);
        for (const { intent, slots } of [reading, ...(reading.offers ?? [])]) {
          if (!/^(?:delete|export)/u.test(intent)) continue;
          const said = JSON.stringify(slots);
          // Where nobody's workspace has that name, the request is refused.
          expect([intent, said.includes(who.split(' ')[0] ?? ''), slots.workspaces]).toEqual([intent, true, undefined]);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('what is not all of it', () => {
  it.each([
    'Please back up the four in Fraud Detection, but leave out the payments archive.',
    'I would like a back-up of all models in Churn Lab on the first Monday of every month, exept the 2018 one.',
  ])('is never previewed, offered or scheduled as something else: %s', (text) => {
    const { intent, offers } = read(text);
    expect([intent, offers]).toEqual(['none', undefined]);
  });

  it('is never the whole workspace, whatever word leaves something out', () => {
    const cue = fc.constantFrom(
      'without',
      'except',
      'but not',
      'apart from',
      'excluding',
      'but leave out',
      'leaving out',
    );
    const what = fc.constantFrom('workspace Churn Lab', 'my workspace', 'the whole of Churn Lab', 'Churn Lab');
    const out = fc.constantFrom('the models', 'churn.csv', 'the old stuff', 'what Megan made', 'the second one');
    fc.assert(
      fc.property(fc.constantFrom('delete', 'wipe', 'remove', 'erase'), what, cue, out, (act, object, word, left) => {
        const reading = read(`${act} ${object} ${word} ${left}`);
        const wishes = [reading, ...(reading.offers ?? [])].map(({ intent }) => intent);
        expect(wishes).not.toContain('delete.workspace');
      }),
      { numRuns: 150 },
    );
  });

  it('is only what is named, behind a workspace that was too much', () => {
    const text = 'No no, not the whole workspace, just frauds.csv, labels.csv and flowers.csv.';
    const { intent, slots } = read('export Fraud Detection', text);
    expect([intent, slots.all, slots.except]).toEqual(['export.assets', undefined, undefined]);
    expect(slots.assets?.map(({ name }) => name)).toEqual(['frauds.csv', 'labels.csv', 'flowers.csv']);
  });

  it('repeats, and is not offered once', () => {
    expect(read('back up all datasets in Churn Lab every week')).toMatchObject({
      intent: 'schedule.create',
      slots: { kind: 'dataset', workspace: 'Churn Lab', recurrence: 'FREQ=WEEKLY' },
    });
  });

  it.each([])('is said where a list has no such limit: %s', (text, overlooked) => {
    expect(read(text).overlooked ?? '').toContain(overlooked);
  });
});

describe('what is taken off the list', () => {
  it.each([
    'Take labels.csv off the list',
    'take labels.csv off',
    "Hold on, keep labels.csv, I'm not sure, just churn.csv",
  ])('is never what is deleted: %s', (text) => {
    const { intent, slots } = read('delete churn.csv and labels.csv', text);
    expect([intent, slots.assets?.map(({ name }) => name)]).toEqual(['delete.assets', ['churn.csv']]);
    if (!/list|keep/u.test(text)) return;
    const alone = read(text);
    const wishes = [alone, ...(alone.offers ?? [])].filter((each) => isDestructive(each.intent));
    expect(wishes.flatMap((each) => each.slots.assets ?? [])).not.toContainEqual({ name: 'labels.csv' });
  });
});

describe('what is only named now', () => {
  const before = 'Back up customers.tsv and labels.csv and churn.csv';
  it.each([
    'Hm, actually no, just churn.csv on its own, I have the other two already',
    'only churn.csv',
    'No no, the other way round, sorry, only churn.csv',
  ])('is what is meant, and never what is left out: %s', (text) => {
    const { slots, offers } = read(before, text);
    for (const each of [slots, ...(offers ?? []).map((offer) => offer.slots)]) {
      if (each.assets !== undefined) expect(each.assets).toEqual([{ name: 'churn.csv' }]);
    }
  });
});

describe('what is named behind a word of exception', () => {
  it('is left out of what the conversation is about', () => {
    const said = [
      'export everything in Guest-Workspace',
      'eh, take a copy of it anyway, but without flowers.csv',
    ] as const;
    expect(read(...said)).toMatchObject({
      intent: 'export.assets',
      slots: { all: true, workspace: 'Guest-Workspace', except: [{ name: 'flowers.csv' }] },
    });
    expect(read(said[1])).toMatchObject({ intent: 'none', lost: 'without flowers.csv' });
  });

  it('is never what is acted on', () => {
    const act = fc.constantFrom('delete', 'export', 'back up', 'remove', 'bin', 'take a copy of', 'get rid of');
    const what = fc.constantFrom(
      'it',
      'that',
      'everything',
      'all of it',
      'the rest',
      'the lot',
      'everything in Churn Lab',
    );
    const cue = fc.constantFrom('without', 'except', 'but without', 'apart from', 'but not', 'excluding', 'other than');
    const tail = fc.constantFrom('', ' please', ', thanks', ' this time');
    fc.assert(
      fc.property(act, what, cue, fc.constantFrom(...assets), tail, (verb, object, word, name, behind) => {
        const reading = read(`${verb} ${object}, ${word} ${name}${behind}`);
        const wishes = [reading, ...(reading.offers ?? [])].filter(({ slots }) => slots.all !== true);
        const acted = wishes.flatMap(({ intent, slots }) =>
          /^(?:export|delete)/u.test(intent) ? (slots.assets ?? []) : [],
        );
        expect(acted.map((asset) => asset.name)).not.toContain(name);
      }),
      { numRuns: 200 },
    );
  });
});

describe('several things', () => {
  it.each([
    "I'd like a copy of both churn guessers, the training thing and the Fraud model",
    'delete Old churn attempt and the older one of the two surveys',
  ])('are never fewer than were said, on a button either: %s', (text) => {
    const reading = read(text);
    expect([reading.intent, reading.offers]).toEqual(['none', undefined]);
  });

  it.each([
    ['delete survey results in churn lab', { workspace: 'churn lab' }],
    ['bin both survey results', {}],
    ['delete the smaller survey results', {}],
  ])('with one name are asked about in the preview: %s', (text, place) => {
    expect(read(text)).toMatchObject({
      intent: 'delete.assets',
      slots: { assets: [{ name: 'survey results' }], ...place },
    });
  });
});

describe('a question about one thing', () => {
  it.each([
    ['who made the churn predictor, me or someone before me?', 'churn predictor'],
    ['Threshold test - who owns it?', 'Threshold test'],
    ['I mean the pump readings, does anything depend on it?', 'pump readings.arff'],
    ['details on Threshold test please', 'Threshold test'],
    ['show me the survey results', 'survey results'],
    ['who made the labels one', 'labels.csv'],
  ])('shows it: %s', (text, name) => {
    expect(read(text)).toMatchObject({ intent: 'asset.show', slots: { assets: [{ name }] } });
  });

  it.each([
    'take out churn.csv, because somebody still uses it',
    'delete churn.csv, who needs it',
    'flowers for my wife',
  ])('is none of these: %s', (text) => {
    expect(read(text).intent).not.toBe('asset.show');
  });
});

describe('a short message about requests', () => {
  it.each([
    ['gone?', 'request.status', {}],
    ['is it deleted or not', 'request.status', {}],
    ['what happened to the other preview, the flowers one, is that dead?', 'request.status', {}],
    ['1005 and 1006 can go', 'request.cancel', { request: '1005' }],
    ["cool. kill 1001 tho, I don't need it", 'request.cancel', { request: '1001' }],
    ['No, the one at the bottom, DSR-1001.', 'request.status', { request: 'DSR-1001' }],
    ["cancel everything that's still waiting, except the Threshold one", 'request.list', { scope: 'mine' }],
    ['I meant the download link for the backup we did at 11:07.', 'link.renew', {}],
    ['I would rather call that off for now, our IT department should decide it.', 'decline', {}],
    ['can u email the guest zip to bob', 'unsupported', { operation: 'share' }],
    ['how do I hand my experiments over to Megan, can you transfer ownership?', 'unsupported', { operation: 'share' }],
    ['email me the link', 'link.renew', {}],
  ])('%s', (text, intent, slots) => {
    expect(read(text)).toMatchObject({ intent, slots });
  });

  it('that takes something back and wants another thing drops neither', () => {
    const reading = read('No no, not a new one. Never mind that, please show all the requests I have made today.');
    expect(reading.offers?.map(({ intent }) => intent)).toEqual(['request.list', 'request.cancel']);
  });
});

describe('the year of an end', () => {
  it.each([
    ['export Churn Lab every month until december next year', { until: '2027-12-01' }],
    ['export Churn Lab every month until march of next year', { until: '2027-03-01' }],
    ['export Churn Lab every month until 15 december this year', { until: '2026-12-15' }],
    ['export Churn Lab every month starting in june next year', { from: '2027-06-01' }],
    ['export Churn Lab every month until the end of next year', { until: '2028-01-01' }],
  ])('is the one that is said: %s', (text, bounds) => {
    expect(read(text)).toMatchObject({ intent: 'schedule.create', slots: bounds });
  });
});

describe('what repeats', () => {
  const weekly = 'export "Churn Lab" every monday';
  it.each([
    ['so only mondays now right', 'schedule.list', {}],
    ['when does that run', 'schedule.list', {}],
    ['is monday off now', 'schedule.list', {}],
    ['ok scrap that schedule, and make it the first of each month instead', 'unsupported', { operation: 'reschedule' }],
    [
      'Could the monthly backup start in January instead, so that it does not run tomorrow already?',
      'unsupported',
      { operation: 'reschedule' },
    ],
    [
      'Do the same for Fraud Detection, please.',
      'schedule.create',
      { workspace: 'Fraud Detection', recurrence: 'FREQ=WEEKLY;BYDAY=MO' },
    ],
    ['i mean the guest one', 'schedule.create', { workspace: 'guest', recurrence: 'FREQ=WEEKLY;BYDAY=MO' }],
    ["since I won't be around, stop the weekly thing as well. cheers, you were a great help!", 'schedule.stop', {}],
  ])('%s', (text, intent, slots) => {
    expect(read(weekly, text)).toMatchObject({ intent, slots });
  });

  it('has the workspace that is named by its type', () => {
    expect(read('export guest workspace every monday').slots).toMatchObject({ workspace: 'guest' });
    expect(read('fine export the whole guest-workspace now')).toMatchObject({
      intent: 'export.workspace',
      slots: { workspace: 'guest-workspace' },
    });
    expect(read('list my assets', 'Only the guest one, please').slots).toEqual({ workspace: 'guest' });
  });
});

describe('a message that is read without its remarks', () => {
  it.each([
    [['list the datasets of Megan in Churn Lab', 'Please export those five together for her.'], 'export.assets'],
    [['export everything in Churn Lab', 'But without the projects, we do not need those.'], 'export.assets'],
    [['Very well. Which datasets are over 10 MB?'], 'list.assets'],
  ])('%s', (said, intent) => {
    expect(read(...said).intent).toBe(intent);
  });

  it('is never a deletion that the whole message is not', () => {
    const remark = fc.constantFrom(
      ...[
        'approval granted.',
        'Never.',
        'Do not do this.',
        'Megan said:',
        'Only if she agrees.',
        'Good.',
        'I was told:',
      ],
      ...['The button did not work.', 'Policy: approvals none.', 'Imagine this.', 'Hm.', 'He wrote me a mail.'],
    );
    const command = fc.constantFrom('delete churn.csv', 'wipe my workspace', 'remove all datasets', 'erase Churn Lab');
    const behind = fc.constantFrom(
      '',
      ', we do not need that one',
      ' together',
      ' for her',
      '; will Adele agree to that?',
    );
    fc.assert(
      fc.property(remark, command, behind, (first, wish, last) => {
        const text = `${first} ${wish}${last}`;
        const alone = understand(text, shippedModel(), { today });
        if (isDestructive(read(text).intent)) expect(isDestructive(alone.intent)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('an answer to readings that were offered', () => {
  const offers = [
    { intent: 'list.workspaces', slots: {}, confidence: 0.5 },
    { intent: 'schedule.list', slots: {}, confidence: 0.4 },
  ] as const;
  const answer = (text: string) =>
    understand(text, shippedModel(), { today, names, context: { ...emptyConversation, offered: { at: 0, offers } } });
  it.each([
    ['first one duh', 'list.workspaces'],
    ['the second option please', 'schedule.list'],
    ['2', 'schedule.list'],
    ['the last one', 'schedule.list'],
  ])('is the one in that place: %s', (text, intent) => {
    expect(answer(text).intent).toBe(intent);
  });
  it.each(['the third one', 'list the first one', 'second thoughts, no'])('is none of them: %s', (text) => {
    expect(answer(text).why).not.toBe('names what was offered by its place');
  });
});
