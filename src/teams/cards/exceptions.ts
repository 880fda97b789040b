import type { z } from 'zod';
import { prose, quoted, type Runs, runs } from './literal.ts';
import type { exceptionRow, namedAsset } from './shapes.ts';
import { kindWord } from './words.ts';

/** How many exceptions or names a card spells out. */
export const mostExceptions = 10;

/** `“churn.csv” (dataset): Studio says it is in use.` */
export function exceptionLine({ kind, name, note }: z.output<typeof exceptionRow>): { name: Runs; note: Runs } {
  const word = kind === 'workspace' ? 'about the workspace' : kindWord(kind);
  return { name: quoted(name), note: [` (${word})`, ...(note === '' ? [] : [': ', ...prose(note, 200)])] };
}

/** `“churn.csv”  dataset` */
export function nameLine({ kind, name }: z.output<typeof namedAsset>): { name: Runs; detail: Runs } {
  return { name: quoted(name), detail: runs(`  ${kindWord(kind)}`) };
}
