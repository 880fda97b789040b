import { emptyConversation, remember } from '../../src/understanding/conversation.ts';
import { understand } from '../../src/understanding/decide.ts';
import type { Reading } from '../../src/understanding/intents.ts';
import type { NameIndex } from '../../src/understanding/learned/name-index.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';

/** Reads messages of one conversation in their order; the reading of the last one. */
export function readTurns(said: readonly string[], names?: NameIndex): Reading {
  let context = emptyConversation;
  let reading: Reading | null = null;
  for (const [turn, text] of said.entries()) {
    reading = understand(text, shippedModel(), { today: '2026-11-30', context, names });
    context = remember(context, reading, turn + 1);
  }
  if (reading === null) throw new Error('Nothing was said.');
  return reading;
}
