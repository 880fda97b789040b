import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { understand } from './decide.ts';
import { explain } from './explain.ts';
import { withoutConjunctions } from './joints.ts';
import type { NameIndex } from './learned/name-index.ts';
import { shippedModel } from './learned/shipped-model.ts';
import { messageParts } from './message/message-parts.ts';
import { bidiOverrides } from './message/own-lines.ts';
import { StemIndex } from './name-stems.ts';

const namesFile = z.object({
  workspaces: z.array(z.object({ name: z.string(), assets: z.array(z.object({ name: z.string() })).default([]) })),
});

/**
 * `npm run understand [-- 2026-11-25] [--names <file>] [--explain]`: reads one message a line and writes one JSON
 * object a line, in the same order: `{text, intent, slots, confidence, offers}`. A line is plain text, or JSON
 * `{"text": …}` for messages with line breaks. `intent` is what would be acted on, else `none`; `offers` is what would
 * be offered. The day is the one that "last year" counts from; without it, such words are not read. `--names` gives the
 * existing names, as JSON: `{"workspaces": [{"name", "assets": [{"kind", "name"}]}]}`. `--explain` adds the evidence
 * for the reading.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { explain: { type: 'boolean', default: false }, names: { type: 'string' } },
});
const [today] = positionals;
const model = shippedModel();
const names = values.names === undefined ? undefined : namesFrom(values.names);
for await (const sentence of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  const text = textOf(sentence);
  const own = messageParts({ text: text.replace(bidiOverrides, '') }).own;
  const { intent, slots, confidence, why, offers = [] } = understand(own, model, { today, names });
  const plain = offers.map((offer) => ({ ...offer, slots: withoutConjunctions(offer.slots) }));
  const answer = {
    text,
    intent,
    slots: withoutConjunctions(slots),
    confidence,
    offers: plain,
    ...(values.explain ? { why, ...explain(own, model, { today, names }) } : {}),
  };
  if (!process.stdout.write(`${JSON.stringify(answer)}\n`))
    await new Promise((resolve) => process.stdout.once('drain', resolve));
}

/** The names in a file. Throws ZodError or SyntaxError when the file has another form. */
function namesFrom(file: string): NameIndex {
  const { workspaces } = namesFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  return new StemIndex(
    workspaces.flatMap(({ name, assets }) => [
      { name, isWorkspace: true },
      ...assets.map((asset) => ({ name: asset.name, isWorkspace: false })),
    ]),
  );
}

/** The message in a line: a JSON object's `text`, otherwise the line as it is. */
function textOf(sentence: string): string {
  if (!sentence.startsWith('{')) return sentence;
  try {
    const { text } = JSON.parse(sentence) as { text?: unknown };
    return typeof text === 'string' ? text : sentence;
  } catch {
    return sentence;
  }
}
