import { parentPort } from 'node:worker_threads';
import type { ConversationContext } from '../understanding/conversation.ts';
import { inStudio, understand } from '../understanding/decide.ts';
import { shippedModel } from '../understanding/learned/shipped-model.ts';

/** What the thread is asked; its answer is the reading. */
export interface ReadingTask {
  readonly text: string;
  readonly earlier: ConversationContext;
  /** ISO 8601. */
  readonly today: string;
}

const model = shippedModel();
parentPort?.on('message', ({ text, earlier, today }: ReadingTask) => {
  parentPort?.postMessage(inStudio(understand(text, model, earlier, today), text));
});
// Loaded; until then no time is counted against a text.
parentPort?.postMessage('ready');
