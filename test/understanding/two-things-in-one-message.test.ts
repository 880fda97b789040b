import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../src/understanding/intents.ts';
import { StemIndex } from '../../src/understanding/name-stems.ts';
import { readTurns } from './said-turns.ts';

const names = new StemIndex([
  ...['Churn Lab', 'Fraud Detection', 'Guest-Workspace'].map((name) => ({ name, isWorkspace: true })),
  ...['pump readings.arff', 'aux.txt', 'CON', 'Churn baseline', 'Old churn attempt', 'churn.csv', 'labels.csv'].map(
    (name) => ({ name, isWorkspace: false }),
  ),
]);
const read = (...said: readonly string[]): Reading => readTurns(said, names);
const wishesOf = ({ intent, slots, offers = [] }: Reading) => [{ intent, slots }, ...offers];

describe('beside what is answered', () => {
  it.each([
    ['may I have the link to DSR-1001 once more, and please cancel the old one?', 'link.renew', 'cancel the old one'],
    ['which workspaces do I have, and how many items are in each of them?', 'list.workspaces', 'how many items'],
    ['cancel DSR-1004 and delete churn.csv', 'request.cancel', 'delete churn.csv'],
    ['what is the status of DSR-1001 and who approved it?', 'request.status', 'who approved it'],
    ['stop the monthly export and cancel DSR-1003', 'schedule.stop', 'cancel DSR-1003'],
    ['show my workspaces. How big are they?', 'list.workspaces', 'How big are they'],
    [
      'Please give me the links to the two archives, and how long may I keep personal data under the GDPR?',
      'ask',
      'give me the links',
    ],
    ['ok then before March 2018, all workspaces', 'list.workspaces', 'before March 2018'],
    ['how do i get a link? delete churn.csv', 'ask', 'delete churn.csv'],
    ['which workspaces do i have and how full are they', 'list.workspaces', 'how full are they'],
    ['is that one done yet? and how long do i have to grab the zip', 'request.status', 'how long do i have'],
    ['stop the friday one and do every thursday instead', 'schedule.stop', 'do every thursday instead'],
    ['drop that first one, 1001. then list what is in Churn Lab', 'list.assets', 'drop that first one, 1001'],
    ['show my requests and cancel the last one', 'request.list', 'cancel the last one'],
    ['list datasets in Churn Lab and the experiments too', 'list.assets', 'the experiments'],
    ['show my datasets, then my experiments', 'list.assets', 'then my experiments'],
  ])('what else is asked is named: %s', (text, intent, overlooked) => {
    const { overlooked: said = '', ...reading } = read(text);
    expect(reading.intent).toBe(intent);
    expect(said).toContain(overlooked);
  });

  it.each([
    'what is the status of DSR-1001?',
    'is my export done, and is it complete?',
    'please stop the monthly backup, but do not touch the archive which already exists.',
    'send me the link again please, and thanks a lot',
    'what did I delete and export today?',
    'show my workspaces, please',
    'who owns churn.csv?',
    'what happens if I delete churn.csv and export it',
    'what is in Churn Lab? and who owns it',
    'how many datasets do i have and how big are they',
    'stop the friday one, i do not need it every week',
    'list the datasets and the models in Churn Lab',
    'list my datasets. which are the biggest',
  ])('nothing is named where nothing else is asked: %s', (text) => {
    expect(read(text).overlooked).toBeUndefined();
  });

  it('is never a wish that would be carried out unseen', () => {
    const first = fc.constantFrom('show my workspaces', 'send me the link of DSR-1001 again', 'status of DSR-1001');
    const joint = fc.constantFrom('. ', ', and ', ' and also ', ' and please ', '; ');
    const second = fc.constantFrom('delete churn.csv', 'cancel DSR-1004', 'remove labels.csv', 'export aux.txt');
    fc.assert(
      fc.property(first, joint, second, (a, between, b) => {
        const { overlooked = '', ...reading } = read(`${a}${between}${b}`);
        const isNamed = overlooked.includes(b) || reading.offers !== undefined;
        const isDone = reading.slots.then !== undefined || reading.intent === 'none';
        const isSecond = b.startsWith('cancel') && reading.intent === 'request.cancel';
        expect(isNamed || isDone || isSecond, `${a}${between}${b}: ${JSON.stringify(reading)}`).toBe(true);
        expect(reading.intent, `${a}${between}${b}`).not.toMatch(/^delete\./u);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a question about what was done', () => {
  it.each([
    'what did I delete and export today',
    'alright whatd i delete and export today, just so i can tell my boss',
  ])('shows the requests: %s', (text) =>
    expect(read(text)).toMatchObject({ intent: 'request.list', slots: { scope: 'mine' } }),
  );
});

describe('a question when it starts', () => {
  it.each([
    'when does it start?',
    'how long until it starts',
    'so when will it be deleted?',
    'when does the deletion begin',
  ])('is about the deletion before: %s', (text) =>
    expect(read('delete dataset churn.csv', text).intent).toBe('request.status'),
  );

  it.each(['when was it made?', 'when did it last run'])('is no question of age: %s', (text) =>
    expect(read('delete dataset churn.csv', text).intent).not.toBe('request.status'),
  );
});

describe('what is said to stay', () => {
  it.each([
    'delete pump readings.arff and CON, no, I mean pump readings.arff and aux.txt, whereas CON and Churn baseline must stay.',
    'delete aux.txt and labels.csv; labels.csv and CON are still needed',
    'delete labels.csv and aux.txt, but aux.txt should stay',
    'please remove churn.csv and CON, CON is under legal hold',
    'delete churn.csv, labels.csv and aux.txt. aux.txt has to be kept',
  ])('is neither deleted nor offered: %s', (text) => {
    for (const { intent, slots } of wishesOf(read(text))) {
      if (!intent.startsWith('delete.')) continue;
      const kept = /CON|aux\.txt|labels\.csv/u.exec(/([\w.]+)[^,;.]*(?:stay|needed|hold|kept)/u.exec(text)?.[0] ?? '');
      expect(slots.assets?.map(({ name }) => name) ?? []).not.toContain(kept?.[0]);
      expect(slots.assets?.map(({ name }) => name) ?? []).not.toContain('Churn baseline');
    }
  });

  it('is left alone in every order', () => {
    const file = fc.constantFrom('churn.csv', 'labels.csv', 'aux.txt', 'pump readings.arff');
    const staying = fc.constantFrom('must stay', 'should stay', 'is still needed', 'has to be kept', 'stays');
    fc.assert(
      fc.property(
        file,
        file,
        staying,
        fc.constantFrom(', ', '; ', ', but ', '. ', ', whereas '),
        (a, b, stays, joint) => {
          fc.pre(a !== b);
          const text = `delete ${a} and ${b}${joint}${b} ${stays}`;
          for (const { intent, slots } of wishesOf(read(text))) {
            if (intent.startsWith('delete.'))
              expect(
                slots.assets?.map(({ name }) => name),
                text,
              ).not.toContain(b);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a deletion behind an export', () => {
  it.each([
    'cool now get rid of those 3. hm no wait leave aux.txt, just the other two',
    'only the pump readings and aux.txt should go',
    'just churn.csv can go',
    'chuck everything except aux.txt',
  ])('never changes what is exported: %s', (text) => {
    const { intent, corrects } = read('export pump readings.arff, aux.txt and churn.csv', text);
    expect([intent.startsWith('export.'), corrects]).toEqual([false, undefined]);
  });
});

describe('a limit that was taken back', () => {
  it.each(['delete', 'export', 'back up'])('is never what is selected by (%s)', (verb) => {
    for (const limit of ['older than seven years, no, I mean eight years', 'over 10 MB, sorry, I meant 100 MB']) {
      const { intent, lost } = read(`${verb} all datasets ${limit}`);
      expect([intent, lost]).toEqual(['none', expect.stringMatching(/I mean|100 MB/u)]);
    }
  });

  it('is said of a list', () => {
    const { intent, overlooked } = read(
      'Which datasets in Churn Lab are older than seven years, no, I mean eight years?',
    );
    expect(intent).toBe('list.assets');
    expect(overlooked).toContain('eight years');
  });
});

describe('a place that was listed', () => {
  it.each(['what is from before 2019 in there that nothing uses', 'which of these are mine'])('stays: %s', (text) => {
    for (const { intent, slots } of wishesOf(read('list everything in Churn Lab', text)))
      if (intent === 'list.assets') expect(slots.workspace).toBe('Churn Lab');
  });
});

describe('a kind of file', () => {
  it.each([
    ['export the csvs in Churn Lab', 'export.assets'],
    ['back up the csvs in Churn Lab every month', 'schedule.create'],
    ['list the csv files', 'list.assets'],
  ])('is not everything: %s', (text, intent) => {
    const wished = wishesOf(read(text)).filter((each) => each.intent === intent);
    expect(wished).not.toEqual([]);
    for (const { slots } of wished) expect(slots).toMatchObject({ kind: 'dataset', filter: '.csv' });
  });
});

describe('no deletion is offered', () => {
  it('where something is to be renamed', () => {
    const text = 'can u rename churn.csv to something less stupid, also who do i ask if i want it gone';
    for (const { intent } of wishesOf(read(text))) expect(intent).not.toMatch(/^delete\./u);
  });
});

describe('what repeats', () => {
  it.each([
    ['a copy of Fraud Detection every week, on Friday, but without the datasets please', ['dataset']],
    ['back up Fraud Detection every month without the notebooks', ['notebook']],
  ])('is limited as what happens once is: %s', (text, exceptKinds) => {
    expect(read(text)).toMatchObject({ intent: 'schedule.create', slots: { all: true, exceptKinds } });
  });

  it('is never wider on a button than what was said', () => {
    const text =
      'A weekly copy of only the experiments and the models of Fraud Detection, on Fridays, can you do that?';
    for (const { intent, slots } of wishesOf(read(text)))
      if (intent === 'schedule.create') expect(slots.exceptKinds).toContain('dataset');
  });

  it('is said anew by a whole sentence, and stopped by one that stops it', () => {
    const again = read(
      'export Fraud Detection every Friday',
      'Export Fraud Detection without the datasets every Friday.',
    );
    expect(again).toMatchObject({ intent: 'schedule.create', slots: { exceptKinds: ['dataset'] } });
    expect(read('export Fraud Detection every month', 'ok kill the weekly one then').intent).toBe('schedule.stop');
  });
});

describe('a list', () => {
  it('in another order keeps its limits', () => {
    const { slots } = read('list everything from before may 2019', 'ok biggest ones 1st pls');
    expect(slots).toMatchObject({ dates: { before: '2019-05-01' }, pick: { by: 'biggest' } });
  });

  it.each([
    ['whats the big stuff thats super old', 'super old'],
    ['no i mean sort by size, only from before may 2019', 'sort by size'],
    ['list failed experiments and drafts', 'drafts'],
    ['And the models, which ones belong to Megan and which to me?', 'which to me'],
  ])('says what it does not take into account, and no more: %s', (text, words) => {
    const { intent, overlooked = '' } = read(text);
    expect(intent).toBe('list.assets');
    expect(overlooked).toContain(words);
    expect(overlooked).not.toMatch(/^no i mean|belong/u);
  });

  it('names whose it is, in small letters, too', () => {
    expect(read('ugh ok. what did megan make').slots).toMatchObject({ owner: 'megan' });
  });

  it('is cut between two words', () => {
    const long = 'list datasets still used by something, for example an experiment or a web service of somebody';
    for (const part of (read(long).overlooked ?? '').split('” and “')) {
      if (part.endsWith(' …')) expect(long).toContain(`${part.slice(0, -2)} `);
    }
  });
});

describe('what is kept by its name', () => {
  it('is not part of what is done with the others', () => {
    const { intent, slots } = read(
      'delete the experiments Churn baseline and Old churn attempt',
      'Hm, I keep Churn baseline, somebody could continue it. Only the old attempt please, but first make a copy of it.',
    );
    expect(intent === 'none' || !slots.assets?.some(({ name }) => name === 'Churn baseline')).toBe(true);
  });
});
