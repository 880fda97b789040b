import { parentPort } from 'node:worker_threads';
import type { ConversationContext } from '../understanding/conversation.ts';
import { inStudio, understand } from '../understanding/decide.ts';
import { type ExistingName, NameIndex } from '../understanding/learned/name-index.ts';
import { shippedModel } from '../understanding/learned/shipped-model.ts';

/** What the thread is asked; its answer is the reading. */
export interface ReadingTask {
  readonly text: string;
  readonly earlier: ConversationContext;
  /** ISO 8601. */
  readonly today: string;
  /** Names in the text of what the person may list. */
  readonly names: readonly ExistingName[];
}

const model = shippedModel();
parentPort?.on('message', ({ text, earlier, today, names }: ReadingTask) => {
  const contextCues = { context: earlier, today, ...(names.length === 0 ? {} : { names: new NameIndex(names) }) };
  parentPort?.postMessage(inStudio(understand(text, model, contextCues), text));
});
// Loaded; until then no time is counted against a text.
parentPort?.postMessage('ready');
