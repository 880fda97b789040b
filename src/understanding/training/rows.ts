import { readdirSync, readFileSync } from 'node:fs';
import type { Slots } from '../intents.ts';

/** A labelled utterance, as described in `test/understanding/utterances/README.md`. */
export interface Row {
  readonly id: string;
  readonly text: string;
  readonly intent: string;
  readonly slots: Slots;
  readonly tags: readonly string[];
}

/** The rows of each writer, by the name of the file. */
export function rowsByWriter(folder: URL | string): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.jsonl') || file.startsWith('dialogues')) continue;
    const text = readFileSync(new URL(file, typeof folder === 'string' ? `file://${folder}/` : folder), 'utf8');
    found.set(
      file.slice(0, -'.jsonl'.length),
      text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as Row),
    );
  }
  return found;
}
