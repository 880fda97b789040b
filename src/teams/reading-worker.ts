import { parentPort } from 'node:worker_threads';
import type { ConversationContext } from '../understanding/conversation.ts';
import { understand } from '../understanding/decide.ts';
import { shippedModel } from '../understanding/learned/shipped-model.ts';
import { type SaidName, StemIndex } from '../understanding/name-stems.ts';
import { withinProduct } from '../understanding/within-product.ts';

/** The input of the thread; its output is the reading. */
export interface ReadingTask {
  readonly text: string;
  readonly earlier: ConversationContext;
  /** ISO 8601. */
  readonly today: string;
  /** The names in the text that the person may list. */
  readonly names: readonly SaidName[];
}

const model = shippedModel();
parentPort?.on('message', ({ text, earlier, today, names }: ReadingTask) => {
  const contextCues = { context: earlier, today, ...(names.length === 0 ? {} : { names: new StemIndex(names) }) };
  parentPort?.postMessage(withinProduct(understand(text, model, contextCues), text));
});
// Signals that the program is loaded; before that no text is sent, so that loading does not count against its limit.
parentPort?.postMessage('ready');
