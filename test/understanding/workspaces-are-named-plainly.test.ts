import { describe, expect, it } from 'vitest';
import { isDestructive, type Reading } from '../../src/understanding/intents.ts';
import { read } from '../../src/understanding/read.ts';

function told({ intent, slots }: Reading) {
  return { intent, ...slots };
}

const every = (kind: string) => ({ all: true, kind });

describe('a workspace is named behind "in" or "from" without the word "workspace"', () => {
  it.each([
    ['export experiments from "Big Lab"', 'export.assets', { ...every('experiment'), workspace: 'Big Lab' }],
    ['export my experiments from Big Lab', 'export.assets', { ...every('experiment'), workspace: 'Big Lab' }],
    ['export all experiments in Big Lab', 'export.assets', { ...every('experiment'), workspace: 'Big Lab' }],
    ['I want to export all models within Big Lab', 'export.assets', { ...every('model'), workspace: 'Big Lab' }],
    ['download my datasets in "Big Lab" please', 'export.assets', { ...every('dataset'), workspace: 'Big Lab' }],
    ['export models from big lab', 'export.assets', { ...every('model'), workspace: 'big lab' }],
    ['in "Big Lab": export all experiments', 'export.assets', { ...every('experiment'), workspace: 'Big Lab' }],
    ['delete all models in "Big Lab"', 'delete.assets', { ...every('model'), workspace: 'Big Lab' }],
    ['could you please delete all models in Big Lab?', 'delete.assets', { ...every('model'), workspace: 'Big Lab' }],
    ['delete the models in Big Lab', 'delete.assets', { ...every('model'), workspace: 'Big Lab' }],
    ['in Big Lab, delete all models', 'delete.assets', { ...every('model'), workspace: 'Big Lab' }],
    ['delete everything in Churn Lab', 'delete.workspace', { workspace: 'Churn Lab' }],
    ['export everything in Churn Lab', 'export.workspace', { workspace: 'Churn Lab' }],
    ['export customer data in Big Lab', 'export.workspace', { data: 'customer', workspace: 'Big Lab' }],
    ['list experiments in Big Lab', 'list.assets', { kind: 'experiment', workspace: 'Big Lab' }],
  ])('%s', (text, intent, slots) => {
    expect(told(read(text))).toEqual({ intent, ...slots });
  });

  it.each([
    'delete dataset churn.csv in Churn Lab',
    'export dataset churn.csv from Churn Lab',
    'export dataset churn.csv from churn lab',
    'please remove the dataset "churn.csv" from "Churn Lab"',
  ])('behind an asset’s own name: %s', (text) => {
    const { slots } = read(text);
    expect(slots.workspace?.toLowerCase()).toBe('churn lab');
    expect(slots.assets).toEqual([{ kind: 'dataset', name: 'churn.csv' }]);
  });

  it.each([
    ['delete all datasets in Churn Lab except churn.csv', { except: [{ kind: 'dataset', name: 'churn.csv' }] }],
    ['delete all datasets in Churn Lab from before 2019', { dates: { before: '2019-01-01' } }],
    ['delete all datasets from before 2019 in Churn Lab', { dates: { before: '2019-01-01' } }],
    ['delete all datasets with tmp in the name from Churn Lab', { filter: 'tmp' }],
  ])('beside what limits the deletion: %s', (text, limit) => {
    expect(told(read(text))).toEqual({
      intent: 'delete.assets',
      ...every('dataset'),
      ...limit,
      workspace: 'Churn Lab',
    });
  });

  it.each([
    'delete everything in Churn Lab except churn.csv',
    'delete everything in workspace Churn Lab from before 2019',
    'delete everything in Churn Lab older than 2019',
  ])('and a limit keeps it from being the whole workspace: %s', (text) => {
    expect(told(read(text))).toMatchObject({ intent: 'delete.assets', all: true, workspace: 'Churn Lab' });
  });

  it.each(['export the experiment Sales in Europe', 'export dataset "Cities in Europe"'])(
    'but a name that goes on with "in" stays whole: %s',
    (text) => {
      expect(read(text).slots.assets?.[0]?.name).toMatch(/ in Europe$/);
    },
  );
});

describe('a kind alone', () => {
  it.each(['export experiments', 'export the experiments', 'please export experiments', 'export my experiments'])(
    'means all of it in an export: %s',
    (text) => {
      expect(told(read(text))).toEqual({ intent: 'export.assets', ...every('experiment') });
    },
  );

  it.each(['delete experiments', 'delete the experiments', 'export two experiments', 'can you export experiments?'])(
    'is not all of it here: %s',
    (text) => {
      expect(read(text).slots.all).toBeUndefined();
    },
  );

  it.each(['export experiments and datasets from Big Lab', 'delete all datasets and models in Big Lab'])(
    'is not read while another is left out: %s',
    (text) => {
      expect(read(text).intent).toBe('none');
    },
  );
});

describe('a name behind "in" or "from" makes nothing a deletion that is none', () => {
  it.each([
    'should I delete all models in Big Lab',
    'what if I delete all models in Big Lab',
    "don't delete all models in Big Lab",
    'never delete dataset churn.csv in Churn Lab',
    'Megan said delete all models in Big Lab',
    'delete all models in Big Lab tomorrow',
    'delete all models in Big Lab if Megan agrees',
    'delete all models in my head',
    'delete the datasets in question',
    'Delete the Datasets in Question',
    'Delete All Models In My Head',
    'delete models in Big Lab, just kidding',
    'to delete models in Big Lab press the button',
    'who can delete models in Big Lab',
    'delete dataset churn.csv from Monday',
    'delete old models in Big Lab',
    'delete some models in Big Lab',
    'delete these models in Big Lab',
    'delete a model in Big Lab',
    'delete all rows in Big Lab',
    'remove duplicates in Churn Lab',
    'delete "Total" in "Sheet1"',
    'delete all models in Outlook',
    'delete everything in SharePoint',
    'wipe everything in Berlin',
    'remove everything from Germany',
    'delete all data from Megan Bowen',
    'in March, delete all models',
    'export restrictions from China',
    'export everything in Churn Lab',
  ])('%s', (text) => {
    const { intent, slots } = read(text);
    expect(isDestructive(intent) || slots.then !== undefined).toBe(false);
  });

  it('nor an export of what is no asset', () => {
    expect(read('export restrictions from China').intent).toBe('none');
  });
});

describe('an export that is to come first', () => {
  it.each([
    ['export my workspace first, then delete it', undefined],
    ['export workspace Churn Lab first, then delete it', 'Churn Lab'],
    ['first export my workspace, then delete it', undefined],
    ['delete my workspace, but export it first', undefined],
    ['export everything from Churn Lab and then delete it', 'Churn Lab'],
  ])('comes before the deletion of the workspace: %s', (text, workspace) => {
    const { intent, slots } = read(text);
    expect(intent).toBe('export.workspace');
    expect(slots.workspace).toBe(workspace);
    expect(slots.then).toEqual({ intent: 'delete.workspace', slots: workspace === undefined ? {} : { workspace } });
  });

  it.each([
    'export all my datasets in Big Lab first, then delete them',
    'export datasets in Big Lab, then delete them',
    'delete all datasets in Big Lab, but export them first',
  ])('comes before the deletion of the same assets: %s', (text) => {
    const slots = { ...every('dataset'), workspace: 'Big Lab' };
    const { intent, slots: found } = read(text);
    expect(intent).toBe('export.assets');
    expect(found).toMatchObject(slots);
    expect(found.then).toEqual({ intent: 'delete.assets', slots });
  });

  it('is never left out because it was not understood', () => {
    const { intent } = read('export my workspace to the moon with bells and whistles on it, then delete it');
    expect(intent).toBe('none');
  });
});
