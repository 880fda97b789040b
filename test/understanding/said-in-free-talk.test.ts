import { describe, expect, it } from 'vitest';
import { understand } from '../../src/understanding/decide.ts';
import { NameIndex } from '../../src/understanding/learned/name-index.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';

const names = new NameIndex([
  ...['Churn Lab', 'Fraud Detection'].map((name) => ({ name, isWorkspace: true })),
  ...['churn.csv', 'payments archive 2017.zip', 'pump readings.arff'].map((name) => ({ name, isWorkspace: false })),
]);
const read = (text: string) => understand(text, shippedModel(), { names, today: '2026-11-29' });

/** Sentences of three people who had not read the help, which were answered wrongly once. */
describe('what was said in free talk', () => {
  it.each([
    ['Forget it, I will talk to Priya first', 'decline', {}],
    ['scratch that', 'decline', {}],
    ['not now actually, I have a meeting', 'decline', {}],
    ['hold off on that please', 'decline', {}],
    ['ugh cancel', 'decline', {}],
    ['list all experiments with dates', 'list.assets', { kind: 'experiment' }],
    [
      'export everything including the experiments from before 2016',
      'export.assets',
      { all: true, dates: { before: '2016-01-01' } },
    ],
    [
      'delete dataset "payments archive 2017.zip", ticket INC-4471',
      'delete.assets',
      { assets: [{ kind: 'dataset', name: 'payments archive 2017.zip' }] },
    ],
    ['Export personal data of Fraud Detection', 'export.workspace', { workspace: 'Fraud Detection', data: 'personal' }],
    [
      'delete the unused datasets from before 2019 in Churn Lab',
      'delete.assets',
      { all: true, kind: 'dataset', dates: { before: '2019-01-01' }, unused: true, workspace: 'Churn Lab' },
    ],
    [
      'give me the complete Churn Lab too, experiments left out',
      'export.assets',
      { all: true, exceptKinds: ['experiment'], workspace: 'Churn Lab' },
    ],
    ['what did I delete today?', 'request.list', { scope: 'mine' }],
    ['what was dsr-1006 about again', 'request.status', { request: 'dsr-1006' }],
    ['stop the monthly copy again, someone else will take over', 'schedule.stop', {}],
    [
      'remove the payments archive 2017.zip and the pump readings.arff',
      'delete.assets',
      { assets: [{ name: 'payments archive 2017.zip' }, { name: 'pump readings.arff' }] },
    ],
    [
      'delete churn.csv in Churn Lab but bkup first',
      'export.assets',
      {
        assets: [{ name: 'churn.csv' }],
        workspace: 'Churn Lab',
        // biome-ignore lint/suspicious/noThenProperty: the word for a second command, and what it holds is data only.
        then: { intent: 'delete.assets', slots: { assets: [{ name: 'churn.csv' }], workspace: 'Churn Lab' } },
      },
    ],
    [
      'From now on I need a copy of Churn Lab on the first working day of each quarter',
      'schedule.create',
      { workspace: 'Churn Lab' },
    ],
    ['does pump readings.arff get used anywhere', 'asset.show', { assets: [{ name: 'pump readings.arff' }] }],
    [
      'experiments in Churn Lab, oldest first',
      'list.assets',
      { kind: 'experiment', pick: { by: 'oldest', count: 20 }, workspace: 'Churn Lab' },
    ],
    [
      'Please export all experiments and notebooks from the Fraud Detection workspace, nothing else.',
      'export.assets',
      {
        all: true,
        exceptKinds: ['dataset', 'module', 'model', 'transform', 'webservice', 'project'],
        workspace: 'Fraud Detection',
      },
    ],
    [
      'Please delete the data set churn.csv from April 2018, it is not needed any more.',
      'delete.assets',
      { assets: [{ kind: 'dataset', name: 'churn.csv' }] },
    ],
    ['find me the survey stuff', 'list.assets', { filter: 'survey' }],
    ['do we have anything about tenure?', 'list.assets', { filter: 'tenure' }],
    ['show me the churn datasets', 'list.assets', { kind: 'dataset', filter: 'churn' }],
    ['how many tenure experiments are there', 'list.assets', { kind: 'experiment', filter: 'tenure' }],
    ['which workspace is the biggest', 'list.assets', {}],
    ['can you email me the export', 'unsupported', { operation: 'mail' }],
    ['send the zip to my inbox please', 'unsupported', { operation: 'mail' }],
    ["can you let me know when it's done?", 'unsupported', { operation: 'notify' }],
    ['did it work', 'request.status', {}],
    ['do we have a backup of churn.csv?', 'request.list', { scope: 'mine' }],
    ['could you please show me what we have in Azure Machine Learning Studio?', 'list.assets', {}],
    [
      'backup fraud detection every month',
      'schedule.create',
      { recurrence: 'FREQ=MONTHLY', workspace: 'fraud detection' },
    ],
  ])('“%s”', (text, intent, slots) => {
    const reading = read(text);
    expect({ intent: reading.intent, slots: reading.slots }).toEqual({ intent, slots });
  });

  it.each([
    ['show important datasets', 'important'],
    ['list my private notebooks', 'private'],
    ["hey steward, it's me again, can you show my datasets", undefined],
  ])('“%s” is a list that does not answer %s', (text, overlooked) => {
    const reading = read(text);
    expect([reading.intent, reading.overlooked]).toEqual(['list.assets', overlooked]);
  });

  it('“including all experiments” does not narrow an export to them', () => {
    const { intent, slots } = read('whole workspace export of Churn Lab including all experiments');
    expect(intent).toMatch(/^export/u);
    expect(slots).toMatchObject({ workspace: 'Churn Lab' });
    expect(slots.kind).toBeUndefined();
  });

  it.each([
    'Please export from both Churn Lab and Fraud Detection only the datasets which my colleague Megan has created before 2019',
    'Could you export, from Churn Lab and Fraud Detection, only the datasets created by my colleague Megan before 2019?',
    'export the datasets that my colleague Megan made before 2019',
  ])('“%s” is not about everybody’s', (text) => {
    expect(read(text)).toMatchObject({ intent: 'export.assets', slots: { owner: 'Megan' } });
  });

  it('a day is no workspace', () => {
    expect(read('export Churn Lab every month from Wednesday 16 December').slots).toEqual({
      recurrence: 'FREQ=MONTHLY',
      from: '2026-12-16',
      workspace: 'Churn Lab',
    });
  });

  it('two commands that are withdrawn at the end are none', () => {
    const text = 'Delete workspace harbour-x.\nDelete workspace harbour-y.\nCorrection: none of the two.';
    expect(read(text).intent).toBe('none');
    expect(read('export churn.csv and then delete it. No, stop.').intent).not.toMatch(/^delete/u);
  });

  it('whose things are meant is never lost', () => {
    for (const verb of ['export', 'delete'])
      for (const maker of ['created by my teacher Megan', 'that our Megan has uploaded', 'that aunt Megan made']) {
        const { slots, offers = [] } = read(`${verb} all datasets ${maker} before 2019`);
        const selected = [slots, ...offers.map((offer) => offer.slots)].filter((each) => each.all === true);
        for (const each of selected) expect(each.owner).toContain('Megan');
      }
  });

  it.each(['never mind, delete churn.csv', 'forget it, export churn.csv instead', 'nah make it weekly'])(
    'is no refusal when it asks for something: “%s”',
    (text) => expect(read(text).intent).not.toBe('decline'),
  );

  it.each([
    'Delete "churn.csv", only if nothing uses it',
    'export all datasets except those in Fraud Detection',
    'delete all datasets except those in Fraud Detection',
  ])('is not acted on with a part of it lost: “%s”', (text) => {
    const { intent, slots } = read(text);
    if (intent !== 'none') expect(slots.except?.[0]?.name).toContain('Fraud Detection');
  });

  it.each([
    'delete the failed experiments and the models',
    'delete the two oldest datasets and models',
    'export the newest experiment, all models and the notebooks',
  ])('“%s” is never less than all the kinds that it names, nor more', (text) => {
    const { intent, slots, offers = [] } = read(text);
    expect([{ intent, slots }, ...offers].filter((each) => each.slots.all === true)).toEqual([]);
  });

  it('no whole workspace is offered where an asset in it is named', () => {
    const { offers = [] } = read('And delete the pump readings.arff of 15 January, the bigger one, in the Churn Lab.');
    expect(offers.filter(({ intent }) => intent.endsWith('.workspace'))).toEqual([]);
  });

  it.each([
    'Which of the things in Churn Lab belong to somebody other than me?',
    'anything over 10mb besides zips?',
    'Which datasets in Churn Lab have people’s names or phone numbers in them?',
  ])('“%s” is never answered with a list that has not that condition', (text) => {
    const { intent, slots, offers = [] } = read(text);
    for (const each of [{ intent, slots }, ...offers]) expect(each.intent).not.toBe('list.assets');
  });
});
