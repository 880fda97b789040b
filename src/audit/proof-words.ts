import type { Removal } from '../domain/audit-removals.ts';
import type { Restoration } from '../domain/audit-restorations.ts';
import type { Anchor, Verification } from '../domain/audit-verification.ts';
import { requestId } from '../domain/request.ts';

/** A proof and what it was made from. */
export interface Proof {
  readonly verification: Verification;
  /** Whether the checkpoint that the chain begins at was signed; null without one, or without a key. */
  readonly beginning: 'signed' | 'unsigned' | 'forged' | null;
  /** How many anchors were given, whether their signatures were checked, and how many of them then had none. */
  readonly anchors: { readonly given: number; readonly checked: boolean; readonly unsigned: number };
  /** Committed rows that are not sealed yet, and when the oldest of them was written. */
  readonly unsealed: { readonly rows: number; readonly oldest: Date | null };
}

/** Most removals that are listed. */
const maxListed = 100;

/** A proof in words, line by line. */
export function proofWords({ verification, beginning, anchors, unsealed }: Proof): readonly string[] {
  const { head, rows, problems, problemCount, removals, checkpoint, restorations } = verification;
  return [
    rows === 0 ? 'Head: none, nothing is sealed yet.' : `Head: row ${head.entry}, SHA-256 ${head.hash}`,
    `Rows: ${rows} sealed.${unsealedWords(unsealed)}`,
    anchorWords(verification, anchors),
    ...(checkpoint === null ? [] : [checkpointWords(checkpoint, beginning)]),
    ...restorations.map(restorationWords),
    ...removals.slice(0, maxListed).map(removalWords),
    ...(removals.length > maxListed ? [`… and ${removals.length - maxListed} further removals.`] : []),
    ...(problemCount === 0
      ? ['The record is whole.']
      : [
          `The record is BROKEN: ${problemCount === 1 ? 'one problem' : `${problemCount} problems`}.`,
          ...problems.map(({ sentence }) => `- ${sentence}`),
          ...(problemCount > problems.length ? [`- … and ${problemCount - problems.length} more.`] : []),
        ]),
  ];
}

function unsealedWords({ rows, oldest }: Proof['unsealed']): string {
  if (rows === 0 || oldest === null) return ' None waits to be sealed.';
  return ` ${rows} more, the oldest of ${oldest.toISOString()}, wait to be sealed and are not proven.`;
}

function checkpointWords({ entry, at }: Anchor, beginning: Proof['beginning']): string {
  const signature = beginning === null ? 'its signature was not checked' : `it is ${beginning}`;
  return `Begins at the checkpoint of row ${entry}, of ${at.slice(0, 10)}; ${signature}. Rows 1 to ${entry} left after their time.`;
}

function restorationWords({ provenTo, endedAt, missingTo, on, under }: Restoration): string {
  const missing = missingTo > endedAt ? ` Rows ${endedAt + 1} to ${missingTo} are missing.` : '';
  const doubtful = endedAt > provenTo ? ` No anchor of that time proves rows ${provenTo + 1} to ${endedAt}.` : '';
  return `Restored to row ${provenTo}, said on ${on.slice(0, 10)} in row ${under}.${missing}${doubtful}`;
}

function anchorWords({ anchoredUpTo, head }: Verification, anchors: Proof['anchors']): string {
  const { given, checked, unsigned } = anchors;
  const signatures = checked ? `${unsigned} of them not signed, which prove nothing` : 'signatures not checked';
  const only = 'only fit each other: who can write to the database could have computed them again';
  if (given === 0) return `Anchors: none were given. The rows ${only}.`;
  if (anchoredUpTo === null) return `Anchors: ${given} given, ${signatures}; none fits a row.`;
  if (anchoredUpTo === head.entry) return `Anchors: ${given} given, ${signatures}. They prove every sealed row.`;
  return `Anchors: ${given} given, ${signatures}. They prove the rows up to ${anchoredUpTo}; the rows after that ${only}.`;
}

function removalWords({ kind, key, parts, first, on, under, request }: Removal): string {
  const day = on.slice(0, 10);
  const place = `${parts === 1 ? 'one place' : `${parts} places`}, first in row ${first}`;
  const record = under === null ? 'a removal that is recorded and not sealed yet' : `row ${under}`;
  const by = kind === 'person' && request !== null ? `${requestId(request)}, ${record}` : record;
  if (kind === 'person') return `A person (${key.slice(0, 12)}…), erased on ${day} under ${by}: ${place}.`;
  if (kind === 'text') return `Names in ${requestId(Number(key))}, erased on ${day} under ${record}: ${place}.`;
  return `What lay beside old rows, removed on ${day} under ${record}: ${place}.`;
}
