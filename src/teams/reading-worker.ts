import { parentPort } from 'node:worker_threads';
import type { ConversationContext } from '../understanding/conversation.ts';
import { readOwnWords } from '../understanding/read.ts';

/** What the thread is asked; its answer is the reading. */
export interface ReadingTask {
  readonly text: string;
  readonly earlier: ConversationContext;
  /** ISO 8601. */
  readonly today: string;
}

parentPort?.on('message', ({ text, earlier, today }: ReadingTask) => {
  parentPort?.postMessage(readOwnWords(text, earlier, today));
});
// Loaded; until then no time is counted against a text.
parentPort?.postMessage('ready');
