import { createInterface } from 'node:readline';
import { read } from './read.ts';

/** `npm run understand`: one utterance a line in, one JSON object `{text, intent, slots}` a line out, in the same order. */
for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  const { intent, slots } = read(text);
  const line = `${JSON.stringify({ text, intent, slots })}\n`;
  if (!process.stdout.write(line)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}
