import { describe, expect, it } from 'vitest';
import { clarificationFor, memoryFor, unreadable } from '../../../src/teams/message-words.ts';
import { emptyConversation, remember } from '../../../src/understanding/conversation.ts';
import { isCommand } from '../../../src/understanding/intents.ts';
import { messageParts } from '../../../src/understanding/message/message-parts.ts';
import { readOwnWords } from '../../../src/understanding/read.ts';
import { corpus, type MessageShape, recipient } from './corpus.ts';

/** What comes of a message, in the order in which the bot decides. */
function outcomeOf({ activity, earlier }: MessageShape): { outcome: string; slots: unknown; isCommand: boolean } {
  const parts = messageParts({ recipient, ...activity });
  if (unreadable(parts, 0) !== null) return { outcome: 'not-read', slots: undefined, isCommand: false };
  const before =
    earlier === undefined
      ? emptyConversation
      : remember(emptyConversation, readOwnWords(earlier), Date.UTC(2026, 10, 1));
  const { slots, ...reading } = readOwnWords(parts.own, memoryFor(parts, before), '2026-11-01');
  const outcome = clarificationFor(parts, { ...reading, slots }) === null ? reading.intent : 'asked-back';
  return { outcome, slots, isCommand: outcome !== 'asked-back' && isCommand(reading.intent) };
}

describe('a message', () => {
  const shapes = corpus();

  it('of a corpus has a name of its own', () => {
    expect(shapes.length).toBeGreaterThan(100);
    expect(new Set(shapes.map(({ name }) => name)).size).toBe(shapes.length);
  });

  it.each(shapes.map((shape) => [shape.name, shape.client, shape] as const))(
    'consists of its parts: %s (%s)',
    (_name, _client, { activity, parts }) => {
      const found = messageParts({ recipient, ...activity });
      expect({
        own: parts.own === null ? null : found.own,
        others: found.others.map(({ kind, text }) => [kind, text]),
        mentions: found.mentions,
        hasGap: found.hasGap,
        addressedInside: found.addressedInside,
        problem: found.problem,
      }).toEqual({ hasGap: false, addressedInside: false, problem: null, ...parts });
    },
  );

  it.each(shapes.filter(({ outcome }) => outcome !== null).map((shape) => [shape.name, shape] as const))(
    'comes to what its own words say: %s',
    (_name, shape) => {
      const found = outcomeOf(shape);
      if (shape.outcome === 'asked') expect(found.isCommand).toBe(false);
      else expect(found.outcome).toBe(shape.outcome);
      if (shape.slots !== undefined) expect(found.slots).toEqual(shape.slots);
    },
  );
});
