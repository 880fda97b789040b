import { createInterface } from 'node:readline';
import { read } from './read.ts';

/**
 * `npm run understand [-- 2026-11-25]`: one utterance a line in, one JSON object `{text, intent, slots}` a line out, in
 * the same order. The day is the one that "last year" counts from; without it, such words are not read.
 */
const [today] = process.argv.slice(2);
for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  const { intent, slots } = read(text, undefined, today);
  const line = `${JSON.stringify({ text, intent, slots })}\n`;
  if (!process.stdout.write(line)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}
