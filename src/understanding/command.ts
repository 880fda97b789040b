import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { understand } from './decide.ts';
import { withoutJoints } from './joints.ts';
import { shippedModel } from './learned/shipped-model.ts';
import { messageParts } from './message/message-parts.ts';
import { turned } from './message/own-lines.ts';

/**
 * `npm run understand [-- 2026-11-25] [--explain]`: one message a line in, one JSON object a line out, in the same
 * order: `{text, intent, slots, confidence, offers}`. A line is plain text, or JSON `{"text": …}` for messages with line
 * breaks. `intent` is what would be acted on, else `none`; `offers` what would be offered. The day is the one that "last
 * year" counts from; without it, such words are not read. `--explain` adds why.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { explain: { type: 'boolean', default: false } },
});
const [today] = positionals;
const model = shippedModel();
for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  const text = textOf(line);
  const own = messageParts({ text: text.replace(turned, '') }).own;
  const { intent, slots, confidence, why, offers = [] } = understand(own, model, undefined, today);
  const plain = offers.map((offer) => ({ ...offer, slots: withoutJoints(offer.slots) }));
  const answer = {
    text,
    intent,
    slots: withoutJoints(slots),
    confidence,
    offers: plain,
    ...(values.explain ? { why } : {}),
  };
  if (!process.stdout.write(`${JSON.stringify(answer)}\n`))
    await new Promise((resolve) => process.stdout.once('drain', resolve));
}

/** The message in a line: a JSON object's `text`, otherwise the line as it is. */
function textOf(line: string): string {
  if (!line.startsWith('{')) return line;
  try {
    const { text } = JSON.parse(line) as { text?: unknown };
    return typeof text === 'string' ? text : line;
  } catch {
    return line;
  }
}
