import type { z } from 'zod';
import { longestName, plainName, prose, quoted, type Runs, runs } from './literal.ts';
import { shortened } from './pages.ts';
import type { assetRow, exceptionRow, goneAsset, namedAsset } from './shapes.ts';
import { dayWords, kindWord, listWords, numberWords, plural, sizeWords } from './words.ts';

/** The most dependants of an asset that are named. */
const mostUsers = 3;

/**
 * An asset with its details: what it is, what is deleted with it, and what uses it. `room` is a percentage of the usual
 * name length; below 100, names are shortened.
 */
export function assetLine(asset: z.output<typeof assetRow>, room: number): { name: Runs; detail: Runs; uses: Runs } {
  const { kind, name, id, sizeBytes, createdAt, owner, versions, dependants } = asset;
  const details = [
    kindWord(kind),
    ...(id === undefined ? [] : [idWords(id)]),
    ...(sizeBytes === null ? [] : [sizeWords(sizeBytes)]),
    ...(createdAt === null ? [] : [`created ${dayWords(createdAt)}`]),
    ...(owner === '' ? [] : [`owner ${plainName(owner, shortened(40, room))}`]),
    ...(versions > 1 ? [kind === 'experiment' ? runsWords(versions - 1) : `all ${plural(versions, 'version')}`] : []),
  ];
  const shown = dependants
    .slice(0, mostUsers)
    .map((user) => `${kindWord(user.kind)} ${quoted(user.name, shortened(40, room)).join('')}`);
  const rest = dependants.length - shown.length;
  const users = listWords(rest > 0 ? [...shown, `${numberWords(rest)} more`] : shown);
  return {
    name: quoted(name, shortened(longestName, room)),
    detail: runs(`  ${details.join(' · ')}`),
    uses: users === '' ? [] : runs(`  ${kind === 'experiment' ? 'Shares earlier runs with' : 'Used by'} ${users}.`),
  };
}

/** The end of the id, which distinguishes assets whose names look alike. */
function idWords(id: string): string {
  return `id …${plainName(id)}`;
}

/** An experiment's history consists of earlier experiments, which the service deletes with it. */
function runsWords(earlier: number): string {
  return `with ${plural(earlier, 'earlier run')}`;
}

/** `“churn.csv” (dataset): Studio says it is in use.` */
export function exceptionLine(
  { kind, name, note }: z.output<typeof exceptionRow>,
  room: number,
): { name: Runs; note: Runs } {
  const noteRuns = note === '' ? [] : [': ', ...prose(note, shortened(200, room))];
  const word = kind === 'workspace' ? 'about the workspace' : kindWord(kind);
  return { name: quoted(name, shortened(longestName, room)), note: [` (${word})`, ...noteRuns] };
}

/** `“churn.csv”  dataset · 2 KB · created 1 Mar 2019`, with the end of its id and a note, if there are any. */
export function nameLine(
  {
    kind,
    name,
    id,
    sizeBytes = null,
    createdAt = null,
    note = null,
  }: z.output<typeof namedAsset> & Partial<Pick<z.output<typeof goneAsset>, 'sizeBytes' | 'createdAt' | 'note'>>,
  room: number,
): { name: Runs; detail: Runs } {
  const details = [
    kindWord(kind),
    ...(id === undefined ? [] : [idWords(id)]),
    ...(sizeBytes === null ? [] : [sizeWords(sizeBytes)]),
    ...(createdAt === null ? [] : [`created ${dayWords(createdAt)}`]),
  ];
  const noteRuns = note === null ? [] : [' · ', ...prose(note, shortened(200, room))];
  return { name: quoted(name, shortened(longestName, room)), detail: runs(`  ${details.join(' · ')}`, ...noteRuns) };
}
