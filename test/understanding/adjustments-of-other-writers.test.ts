import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { emptyConversation, remember } from '../../src/understanding/conversation.ts';
import { understand } from '../../src/understanding/decide.ts';
import { type IntentName, intentNames, isDestructive, type Slots } from '../../src/understanding/intents.ts';
import { NameIndex } from '../../src/understanding/learned/name-index.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';

const turn = z.object({ text: z.string(), intent: z.enum(intentNames), slots: z.custom<Slots>() });
const dialogue = z.object({ id: z.string(), turns: z.tuple([turn, turn]) });

const folder = new URL('utterances/dialogues/', import.meta.url);
const writers = ['consumer', 'shipping', 'hospital'];
const dialogues = writers
  .flatMap((writer) => readdirSync(folder).filter((file) => file === `dialogues-${writer}.jsonl`))
  .flatMap((file) => readFileSync(new URL(file, folder), 'utf8').split('\n'))
  .filter((row) => row !== '')
  .map((row) => dialogue.parse(JSON.parse(row)));

/** The names that both messages hold exist. */
function namesOf(turns: readonly { readonly slots: Slots }[]): NameIndex {
  return new NameIndex(
    turns.flatMap(({ slots: { assets = [], except = [], workspace } }) => [
      ...[...assets, ...except].map(({ name }) => ({ name, isWorkspace: false })),
      ...(workspace === undefined ? [] : [{ name: workspace, isWorkspace: true }]),
    ]),
  );
}

/** The second message, after the first was understood as its writer meant it. */
function second({ turns }: z.output<typeof dialogue>): { readonly intent: IntentName; readonly slots: Slots } {
  const [first, then] = turns;
  const context = remember(emptyConversation, { ...first, confidence: 1, why: '' }, 0);
  return understand(then.text, shippedModel(), { today: '2026-11-29', context, names: namesOf(turns) });
}

/** What narrows a selection: none of it may be lost, and nothing may be added that was not meant. */
const limits = ['except', 'exceptKinds', 'kind', 'filter', 'dates', 'pick', 'unused', 'owner', 'status'] as const;

describe(`${dialogues.length} messages that people wrote about a command before`, () => {
  it('never become a deletion that was not meant', () => {
    const wrong = dialogues
      .filter(({ turns }) => !isDestructive(turns[1].intent))
      .map((each) => ({ text: each.turns[1].text, intent: second(each).intent }))
      .filter(({ intent }) => isDestructive(intent));
    expect(wrong).toEqual([]);
  });

  it('never lose a limit of a deletion', () => {
    const lost = dialogues.flatMap((each) => {
      const { intent, slots } = second(each);
      const [, meant] = each.turns;
      const isSelection = isDestructive(intent) && slots.all === true;
      const missing = limits.filter((limit) => meant.slots[limit] !== undefined && slots[limit] === undefined);
      return isSelection && missing.length > 0 ? [{ text: meant.text, missing }] : [];
    });
    expect(lost).toEqual([]);
  });

  it('are mostly understood', () => {
    const right = dialogues.filter((each) => second(each).intent === each.turns[1].intent);
    expect(right.length / dialogues.length).toBeGreaterThan(0.7);
  });
});
