import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { ReadingThread, unread } from '../../src/teams/reading-thread.ts';
import { emptyConversation } from '../../src/understanding/conversation.ts';
import { repeatedWords, vocabulary } from './repeated-words.ts';

/** Words that once stood twice in a loop of the reader's patterns, or were two other words of it. */
const doubled = ['would ', 'scheduled ', 'i kindly ', 'my data whole ', 'my all ', 'no one hmm ', 'what does '].flatMap(
  (words) => [40, 150].map((times) => words.repeat(times)),
);

/** A text that is read in milliseconds by itself; a loaded machine gets a thousand times that. */
const thread = new ReadingThread(createLog('error', { write: () => undefined }), { longestMs: 60_000 });
afterAll(() => thread.stop());

describe('reading', () => {
  it('takes bounded time for one to three words of the vocabulary, repeated', { timeout: 300_000 }, async () => {
    const words = vocabulary(path.resolve(import.meta.dirname, '../..'));
    const seed = Date.now() & 0x7fffffff;
    console.info(`repeated words: seed ${seed}, ${words.length} words`);
    await fc.assert(
      fc.asyncProperty(repeatedWords(words), async (text) => {
        expect(await thread.understand(text, emptyConversation, '2026-11-25')).not.toBe(unread);
      }),
      { seed, numRuns: 2_000, examples: doubled.map((text) => [text]) },
    );
  });
});
