import { expect, it } from 'vitest';
import { assetKinds } from '../../src/domain/assets.ts';
import { intentNames } from '../../src/understanding/intents.ts';
import { rowsByWriter } from '../../src/understanding/training/rows.ts';

const writers = rowsByWriter(new URL('utterances/', import.meta.url));
/** Kinds of today's Azure Machine Learning, which the scheme labels and no source has yet. */
const kinds = new Set<string>([...assetKinds, 'job', 'component', 'environment', 'endpoint', 'datastore']);
/** What labels name as typed, which must stand in the text. */
const typed = ['workspace', 'filter', 'request', 'reason'] as const;

it.each([...writers])(
  'every row of %s has a known intent, known kinds, and names that stand in its text',
  (_writer, rows) => {
    const wrong = rows.flatMap(({ text, intent, slots }) => {
      const named = [...(slots.assets ?? []), ...(slots.except ?? [])];
      const faults = [
        ...((intentNames as readonly string[]).includes(intent) ? [] : [`intent ${intent}`]),
        ...[slots.kind, ...named.map(({ kind }) => kind)]
          .filter((kind) => kind !== undefined && !kinds.has(kind))
          .map((kind) => `kind ${kind}`),
        ...[...named.map(({ name }) => name), ...typed.map((slot) => slots[slot] as string | undefined)]
          .filter((name) => name !== undefined && !text.toLowerCase().includes(name.toLowerCase()))
          .map((name) => `“${name}” is not there`),
      ];
      return faults.map((fault) => `${text.slice(0, 80)}: ${fault}`);
    });
    expect(wrong).toEqual([]);
  },
);
