import { readFileSync } from 'node:fs';
import type { IntentName, Slots } from '../../src/understanding/intents.ts';

/** A labelled utterance, by the scheme that the fixtures follow. */
export interface Row {
  readonly id: string;
  readonly text: string;
  readonly intent: IntentName;
  readonly slots: Slots;
  readonly tags: readonly string[];
}

/** What a reader said of a row. */
export interface Guess {
  readonly intent: string;
  readonly slots: unknown;
}

/** Shares from 0 to 1, and the rows that went wrong. */
export interface Score {
  readonly rows: number;
  readonly intentAccuracy: number;
  /** Rows of which intent and every slot are right, among the rows that have slots. */
  readonly slotExact: number;
  readonly outOfScopeRecall: number;
  readonly dangerous: readonly Row[];
  readonly wrongIntent: readonly { readonly row: Row; readonly guess: Guess }[];
  readonly wrongSlots: readonly { readonly row: Row; readonly guess: Guess }[];
}

const destructive = new Set<string>(['delete.assets', 'delete.workspace', 'dsr.erase']);

/** True when reading `meant` as `read` could lose data that nobody asked to lose. */
export function isDangerous(meant: string, read: string): boolean {
  if (!destructive.has(read)) return false;
  return !destructive.has(meant) || (meant === 'delete.assets' && read !== 'delete.assets');
}

/** Reads a fixture, one JSON object a line. */
export function rowsOf(fixture: string): Row[] {
  const text = readFileSync(new URL(`fixtures/${fixture}`, import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Row);
}

/** Measures a reader on labelled rows. */
export function score(rows: readonly Row[], reader: (text: string) => Guess): Score {
  const guesses = rows.map((row) => ({ row, guess: reader(row.text) }));
  const withSlots = guesses.filter(({ row }) => Object.keys(row.slots).length > 0);
  const wrongIntent = guesses.filter(({ row, guess }) => row.intent !== guess.intent);
  const wrongSlots = guesses.filter(
    ({ row, guess }) => row.intent === guess.intent && !sameSlots(row.slots, guess.slots),
  );
  const exact = withSlots.filter(({ row, guess }) => row.intent === guess.intent && sameSlots(row.slots, guess.slots));
  const outside = guesses.filter(({ row }) => row.intent === 'none');
  return {
    rows: rows.length,
    intentAccuracy: 1 - wrongIntent.length / rows.length,
    slotExact: exact.length / Math.max(1, withSlots.length),
    outOfScopeRecall: outside.filter(({ guess }) => guess.intent === 'none').length / Math.max(1, outside.length),
    dangerous: guesses.filter(({ row, guess }) => isDangerous(row.intent, guess.intent)).map(({ row }) => row),
    wrongIntent,
    wrongSlots,
  };
}

export function sameSlots(meant: unknown, read: unknown): boolean {
  return canonical(meant) === canonical(read);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${key}:${canonical(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
