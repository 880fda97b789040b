import { describe, expect, it } from 'vitest';
import { type ConversationContext, emptyConversation, memory, remember } from '../../src/understanding/conversation.ts';
import type { Reading } from '../../src/understanding/intents.ts';
import { read } from '../../src/understanding/read.ts';
import { readTurns } from './said-turns.ts';

/** Says sentences one after another, a second apart, and gives the readings. */
function talk(...sentences: string[]): Reading[] {
  let context: ConversationContext = emptyConversation;
  return sentences.map((text, index) => {
    const found = read(text, context);
    context = remember(context, found, index * 1_000);
    return found;
  });
}

function last(...sentences: string[]): Pick<Reading, 'intent' | 'slots'> {
  const { intent, slots } = talk(...sentences).at(-1) ?? { intent: 'none', slots: {} };
  return { intent, slots };
}

const trips = [{ kind: 'dataset', name: 'trips' }];

describe('a pronoun', () => {
  it('means what was spoken of last', () => {
    expect(last('export dataset trips', 'now delete it')).toEqual({
      intent: 'delete.assets',
      slots: { assets: trips },
    });
    expect(last('delete dataset trips', 'export it first')).toEqual({
      intent: 'export.assets',
      slots: { assets: trips },
    });
    expect(last('export my workspace', 'delete it')).toEqual({ intent: 'delete.workspace', slots: {} });
  });

  it('reaches over questions in between', () => {
    expect(last('delete dataset trips', 'what happens to its models?', 'is it done?', 'export it first')).toMatchObject(
      { intent: 'export.assets', slots: { assets: trips } },
    );
  });

  it('means nothing when nothing was said, or too long ago', () => {
    expect(read('delete it').intent).toBe('none');
    const context = remember(emptyConversation, read('export dataset trips'), 0);
    const later = remember(context, read('hello'), memory.forMs + 1);
    expect(read('delete it', later).intent).toBe('none');
  });

  it('can stand for what the same sentence names', () => {
    expect(read('dataset trips is outdated, please delete it').slots).toEqual({ assets: trips });
    expect(read('I have no use for the workspace Pilot any more. Please delete it.')).toMatchObject({
      intent: 'delete.workspace',
      slots: { workspace: 'Pilot' },
    });
  });

  it('for a person means their data', () => {
    expect(last("export Alex Wilber's data", 'now erase it')).toEqual({
      intent: 'dsr.erase',
      slots: { subject: 'Alex Wilber' },
    });
  });
});

describe('a command without its object', () => {
  it('does nothing but ask, and the answer completes it', () => {
    const [asked, answered] = talk('delete a dataset', 'trips');
    expect(asked).toMatchObject({ intent: 'none', incomplete: { intent: 'delete.assets', kind: 'dataset' } });
    expect(answered).toMatchObject({ intent: 'delete.assets', slots: { assets: trips } });
  });

  it('takes an answer in a whole phrase, of another kind too', () => {
    expect(last('export the experiment', 'the one called Big run').slots).toEqual({
      assets: [{ kind: 'experiment', name: 'Big run' }],
    });
    expect(last('export a dataset', 'the model Otter').slots).toEqual({ assets: [{ kind: 'model', name: 'Otter' }] });
    expect(readTurns(['delete it', 'Big run, the experiment']).slots).toEqual({
      assets: [{ kind: 'experiment', name: 'Big run' }],
    });
    expect(readTurns(['delete churn.csv', 'Who has to approve that, and why?'])).toMatchObject({ intent: 'ask' });
    expect(readTurns(['export churn.csv', 'How big will the zip be?'])).toMatchObject({ intent: 'request.status' });
    expect(readTurns(['who owns churn.csv?', 'What happens to things that use a deleted asset?']).intent).toBe('ask');
    expect(last('delete a workspace', 'Pilot')).toEqual({ intent: 'delete.workspace', slots: { workspace: 'Pilot' } });
  });

  it('of no particular thing asks, whatever was spoken of before', () => {
    const [, asked] = talk('export dataset trips.csv', 'delete a dataset');
    expect(asked).toMatchObject({ intent: 'none', incomplete: { intent: 'delete.assets', kind: 'dataset' } });
    expect(last('export dataset trips.csv', 'delete the dataset').intent).toBe('delete.assets');
  });

  it('is given up when the person says something else', () => {
    expect(last('delete a dataset', 'list my datasets').intent).toBe('list.assets');
    expect(last('delete a dataset', 'list my datasets', 'trips').intent).toBe('none');
    expect(last('delete a dataset', 'no').intent).toBe('decline');
  });
});

describe('a correction', () => {
  it('changes the object and keeps what is to be done', () => {
    expect(last('delete dataset trips', 'no, I meant the dataset loans')).toEqual({
      intent: 'delete.assets',
      slots: { assets: [{ kind: 'dataset', name: 'loans' }] },
    });
    expect(last('export workspace Pilot', 'sorry, I mean the workspace Delta').slots).toEqual({ workspace: 'Delta' });
  });

  it('can mean the other one of two', () => {
    expect(last('export dataset trips', 'export experiment Otter', 'no, the other one').slots).toEqual({
      assets: trips,
    });
  });

  it('corrects nothing when nothing was said', () => {
    expect(read('no, I meant the dataset loans').intent).not.toBe('delete.assets');
    expect(read('no, the other one').intent).toBe('none');
  });
});

describe('beyond single names', () => {
  it('reads two commands in one sentence, and only the first is carried out by itself', () => {
    expect(read('export dataset trips and then delete it')).toMatchObject({
      intent: 'export.assets',
      // biome-ignore lint/suspicious/noThenProperty: it is no function.
      slots: { assets: trips, then: { intent: 'delete.assets', slots: { assets: trips } } },
    });
  });

  it.each([
    [
      'delete all my trained models except the churn one',
      { all: true, kind: 'model', except: [{ kind: 'model', name: 'churn' }] },
    ],
    ['delete everything older than 2020', { all: true, dates: { before: '2020-01-01' } }],
    [
      'delete all datasets from 2019',
      { all: true, kind: 'dataset', dates: { after: '2019-01-01', before: '2020-01-01' } },
    ],
    [
      'remove the datasets created between 2017 and 2018',
      { all: true, kind: 'dataset', dates: { after: '2017-01-01', before: '2019-01-01' } },
    ],
    ['delete all datasets with tmp in the name', { all: true, kind: 'dataset', filter: 'tmp' }],
    ['delete dataset trips from workspace Pilot', { assets: trips, workspace: 'Pilot' }],
  ])('%s', (text, slots) => {
    expect(read(text)).toMatchObject({ intent: 'delete.assets', slots });
  });

  it('never makes "some" into "all"', () => {
    for (const text of [
      'delete my old models',
      'delete some datasets',
      'delete a few experiments',
      'delete unused datasets',
      'delete everything',
      'delete all',
    ]) {
      expect(read(text).intent, text).toBe('none');
    }
  });
});
