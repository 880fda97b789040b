import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyConversation, remember } from '../../src/understanding/conversation.ts';
import type { Reading } from '../../src/understanding/intents.ts';
import { readOwnWords } from '../../src/understanding/read.ts';

const today = '2026-11-01';
const ofWorkspace = 'export my workspace';
const ofDataset = 'export dataset churn.csv from Churn Lab';

/** How a message reads right after another one of the same person. */
function saidAfter(before: string, text: string): Reading {
  return readOwnWords(text, remember(emptyConversation, readOwnWords(before, undefined, today), 0), today);
}

const names = (reading: Reading) => reading.slots.assets?.map(({ name }) => name);

describe('what stands behind a pronoun', () => {
  it.each([
    ['delete it: churn.csv', ['churn.csv']],
    ['delete it. I mean churn.csv', ['churn.csv']],
    ['delete it, namely churn.csv', ['churn.csv']],
    ['delete it - churn.csv', ['churn.csv']],
    ['delete it (churn.csv)', ['churn.csv']],
    ['delete that. dataset "x y"', ['x y']],
    ['delete this one: experiment Basket rules', ['Basket rules']],
    ['delete these\nchurn.csv\nold.csv', ['churn.csv', 'old.csv']],
    ['delete those please: datasets a.csv and b.csv', ['a.csv', 'b.csv']],
    ['delete them: a.csv, b.csv and c.csv', ['a.csv', 'b.csv', 'c.csv']],
    ['please remove those\n"a b"\n"c d"', ['a b', 'c d']],
    ['export it: old.csv', ['old.csv']],
    ['start the export: old.csv', ['old.csv']],
    ['delete that dataset: old.csv', ['old.csv']],
    ['delete this dataset\nold.csv\nnew.csv', ['old.csv', 'new.csv']],
  ])('is what is meant, whatever was said before: %j', (text, expected) => {
    for (const before of [ofWorkspace, ofDataset]) expect(names(saidAfter(before, text))).toEqual(expected);
  });

  it.each([
    'delete it: the churn thing',
    'delete it\nchurn',
    'delete it and old.csv',
    'delete it as well as old.csv',
    'delete it, the old.csv one, not churn',
    'delete it, we moved to workspace Orion',
    'delete it. loans.csv is what I no longer need',
    'delete these:\n- churn.csv\n- old.csv, or so',
    'remove it, meaning "old"  and everything like it',
  ])('leaves nothing to guess when it cannot be read to its end: %j', (text) => {
    for (const before of [ofWorkspace, ofDataset]) expect(saidAfter(before, text).intent).toBe('none');
  });

  it.each([
    'delete it from Fraud Detection',
    'delete it from workspace Fraud Detection',
    'delete that dataset from Fraud Detection',
    'delete that dataset in the Fraud Detection workspace',
    'delete it in Fraud Detection please',
  ])('contradicts another place: %j', (text) => {
    expect(saidAfter(ofDataset, text).intent).toBe('none');
  });

  it('names the place of what had none', () => {
    expect(saidAfter('delete dataset churn.csv', 'delete that dataset from Fraud Detection').slots).toEqual({
      assets: [{ kind: 'dataset', name: 'churn.csv' }],
      workspace: 'Fraud Detection',
    });
    expect(saidAfter(ofDataset, 'delete that dataset from Churn Lab').slots.workspace).toBe('Churn Lab');
  });

  it.each([
    'delete it',
    'delete it please',
    'delete it, thanks',
    'delete it now. thank you',
    'delete it\nthanks a lot',
  ])('does no harm when it is polite: %j', (text) => {
    expect(saidAfter(ofDataset, text)).toMatchObject({ intent: 'delete.assets', slots: { workspace: 'Churn Lab' } });
    expect(saidAfter(ofWorkspace, text).intent).toBe('delete.workspace');
  });

  it('is never thrown away: with a marked name behind it, nothing said before is meant', () => {
    const verbs = fc.constantFrom(
      'delete',
      'please delete',
      'remove',
      'erase',
      'can you delete',
      'I want you to delete',
    );
    const pronouns = fc.constantFrom(
      'it',
      'them',
      'this',
      'that',
      'these',
      'those',
      'both',
      'that dataset',
      'the dataset',
    );
    const links = fc.constantFrom(
      ': ',
      ' - ',
      '\n',
      '. ',
      ', ',
      '. I mean ',
      ', i.e. ',
      ' (',
      ', that is ',
      '; ',
      ' please: ',
    );
    const things = fc.constantFrom(
      'old_2019.csv',
      '"old things"',
      'dataset old.csv',
      'experiment Old',
      'a_1.csv and b_2.csv',
    );
    fc.assert(
      fc.property(verbs, pronouns, links, things, fc.constantFrom(ofWorkspace, ofDataset), (...parts) => {
        const [verb, pronoun, link, thing, before] = parts;
        const { intent, slots } = saidAfter(before, `${verb} ${pronoun}${link}${thing}`);
        expect(intent).not.toBe('delete.workspace');
        expect(slots.assets?.map(({ name }) => name) ?? []).not.toContain('churn.csv');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a workspace without a name', () => {
  it.each([
    'delete my workspace. I mean Fraud Detection',
    'delete my workspace, churn.csv',
    'delete my workspace (Fraud Detection)',
    'delete my workspace\nFraud Detection',
    'delete my workspace\nchurn.csv',
    'delete my workspace - the dataset churn.csv',
  ])('is not deleted for a name behind it: %j', (text) => {
    expect(readOwnWords(text, undefined, today).intent).toBe('none');
  });
});

describe('another kind behind a pronoun', () => {
  it.each([
    'delete it, the dataset',
    'delete it (the dataset)',
    'delete it. the dataset',
    'delete it - not the workspace',
  ])('contradicts a workspace: %j', (text) => {
    expect(saidAfter(ofWorkspace, text).intent).toBe('none');
  });

  it('contradicts a dataset', () => {
    expect(saidAfter(ofDataset, 'delete it, the workspace').intent).toBe('none');
    expect(saidAfter(ofDataset, 'delete it, not the dataset').intent).toBe('none');
    expect(saidAfter(ofDataset, 'delete it, the dataset').intent).toBe('delete.assets');
  });
});

describe('a plural pronoun', () => {
  it.each(['delete them', 'delete these', 'delete those', 'delete both', 'remove all of them', 'wipe them please'])(
    'never means a whole workspace: %j',
    (text) => {
      for (const before of [ofWorkspace, 'export workspace Churn Lab', 'export everything in my workspace'])
        expect(saidAfter(before, text).intent).toBe('none');
    },
  );
});

describe('a workspace named by its owner', () => {
  it.each([
    "export Megan Bowen's workspace",
    'export "Megan Bowen"\'s workspace',
    "back up Patti's workspace",
    'export her workspace',
    "export my colleague's workspace",
    "give me a copy of Megan's workspace",
    "export everything in Megan's workspace",
    "I need a backup of Patti's workspace",
    "delete Megan's workspace",
  ])('is not the speaker’s: %j', (text) => {
    for (const reading of [readOwnWords(text, undefined, today), saidAfter(ofWorkspace, text)])
      expect(reading.intent).toBe('none');
  });

  it('is told so', () => {
    expect(readOwnWords("export Megan Bowen's workspace").whoseWorkspace).toBe(true);
    for (const own of ['export my workspace', 'export our workspace', 'export the workspace', 'export a workspace'])
      expect(readOwnWords(own).intent).toBe('export.workspace');
  });
});
