import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ConversationContext, emptyConversation, remember } from '../../src/understanding/conversation.ts';
import { understand } from '../../src/understanding/decide.ts';
import {
  type IntentName,
  intentNames,
  isDestructive,
  type Reading,
  type Slots,
} from '../../src/understanding/intents.ts';
import { NameIndex } from '../../src/understanding/learned/name-index.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';

const MB = 1024 * 1024;
const names = new NameIndex([
  { name: 'Churn Lab', isWorkspace: true },
  { name: 'Fraud Detection', isWorkspace: true },
  { name: 'churn.csv', isWorkspace: false },
  { name: 'customers.tsv', isWorkspace: false },
]);

function said(context: ConversationContext, text: string, index = names): Reading {
  return understand(text, shippedModel(), { today: '2026-11-30', context, names: index });
}

function after(...texts: readonly string[]): ConversationContext {
  return texts.reduce((context, text, at) => remember(context, said(context, text), at), emptyConversation);
}

const listed = { kind: 'dataset', workspace: 'Churn Lab' } as const;

describe('after “list datasets in Churn Lab”', () => {
  const context = after('list datasets in Churn Lab');
  it.each<[string, Slots]>([
    ['only those over 10 MB', { ...listed, size: { over: 10 * MB } }],
    ['and the experiments?', { ...listed, kind: 'experiment' }],
    ['just Megan’s', { ...listed, owner: 'Megan' }],
    ['same for Fraud Detection', { ...listed, workspace: 'Fraud Detection' }],
    ['which one is the biggest?', { ...listed, pick: { by: 'biggest', count: 1 } }],
    ['with “2019” in the name', { ...listed, filter: '2019' }],
    ['how many of them are from before 2020?', { ...listed, dates: { before: '2020-01-01' } }],
    ['how much is that all together', listed],
  ])('“%s” changes the list', (text, slots) => {
    expect(said(context, text)).toMatchObject({ intent: 'list.assets', slots });
    expect(said(context, text).slots).toEqual(slots);
  });

  it.each<[string, IntentName, Slots]>([
    ['ok delete those', 'delete.assets', { ...listed, all: true }],
    ['delete them', 'delete.assets', { ...listed, all: true }],
    [
      'get rid of the biggest one of them',
      'delete.assets',
      { ...listed, all: true, pick: { by: 'biggest', count: 1 } },
    ],
    ['export them all please', 'export.assets', { ...listed, all: true }],
  ])('“%s” is about what was listed', (text, intent, slots) => {
    expect(said(context, text)).toMatchObject({ intent });
    expect(said(context, text).slots).toEqual(slots);
  });

  it.each([
    'delete it',
    'can I delete those?',
    'should we delete them',
    'don’t delete those',
    'those can stay',
    'delete those, but keep the newest',
    'delete those, except churn.csv',
    'ok thanks',
    'hm, more than I thought',
    'Megan should delete those',
    'delete the old ones',
    'delete the small ones please',
    'remove the big ones',
    'delete some of them',
    'delete many of those',
    'leave those and delete all',
    'delete those not',
    'no delete those',
  ])('“%s” deletes nothing of the list', (text) => {
    const { intent, slots } = said(context, text);
    const isWhole = isDestructive(intent) && slots.except === undefined && slots.pick === undefined;
    expect(isWhole, JSON.stringify({ intent, slots })).toBe(false);
  });
});

it('a pronoun means what was shown last, not a command before it', () => {
  const context = after('export customers.tsv', 'how big is churn.csv?');
  expect(said(context, 'delete it')).toMatchObject({
    intent: 'delete.assets',
    slots: { assets: [{ name: 'churn.csv' }] },
  });
  const list = after('export customers.tsv', 'list datasets in Churn Lab');
  expect(said(list, 'delete them').slots).toEqual({ ...listed, all: true });
  expect(said(list, 'delete it').intent).toBe('none');
});

it('a command closes the list: what follows is about the command', () => {
  const context = after('list datasets in Churn Lab', 'export customers.tsv');
  expect(said(context, 'delete them').slots).not.toMatchObject({ all: true });
});

const turn = z.object({ text: z.string(), intent: z.enum(intentNames), slots: z.custom<Slots>() });
const dialogue = z.object({ id: z.string(), turns: z.array(turn).min(2) });
const dialogues = ['brewery', 'parcel', 'tramway'].flatMap((writer) =>
  readFileSync(new URL(`utterances/dialogues/dialogues-${writer}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => dialogue.parse(JSON.parse(row))),
);

/** Each later message of a dialogue as it is read, after the messages before it were understood as they were meant. */
const later = dialogues.flatMap(({ turns }) => {
  const index = new NameIndex(
    turns.flatMap(({ slots: { assets = [], workspace } }) => [
      ...assets.map(({ name }) => ({ name, isWorkspace: false })),
      ...(workspace === undefined ? [] : [{ name: workspace, isWorkspace: true }]),
    ]),
  );
  return turns.slice(1).map((meant, at) => {
    const context = turns
      .slice(0, at + 1)
      .reduce((known, each, time) => remember(known, { ...each, confidence: 1, why: '' }, time), emptyConversation);
    return { meant, read: said(context, meant.text, index) };
  });
});

describe(`${later.length} messages that people wrote about a list or an asset before`, () => {
  it('never become a deletion that was not meant, nor one with fewer limits', () => {
    const limits = ['kind', 'filter', 'dates', 'size', 'pick', 'unused', 'owner', 'status', 'workspace'] as const;
    const wrong = later.filter(({ meant, read }) => {
      if (!isDestructive(read.intent)) return false;
      return (
        !isDestructive(meant.intent) ||
        limits.some((limit) => meant.slots[limit] !== undefined && read.slots[limit] === undefined)
      );
    });
    expect(wrong.map(({ meant, read }) => [meant.text, read.intent, read.slots])).toEqual([]);
  });

  it('are mostly understood', () => {
    const right = later.filter(({ meant, read }) => read.intent === meant.intent);
    expect(right.length / later.length).toBeGreaterThan(0.85);
  });
});
