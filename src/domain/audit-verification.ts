import {
  type AuditRow,
  type ChainEntry,
  commitmentOf,
  disclosureOf,
  escapeKey,
  genesis,
  type Head,
  hashOf,
  type JsonObject,
  type JsonValue,
  type PseudonymOwner,
  plainOf,
  pseudonymOf,
} from './audit-chain.ts';
import { createRemovals, type MissingPart, namePlace, type Removal } from './audit-removals.ts';

/** A head that was stored outside the database. */
export interface Anchor extends Head {
  /** When it was stored, as ISO 8601. */
  readonly at: string;
}

/** An entry with its side row; null when the side row is not there. */
export interface SealedRow {
  readonly entry: ChainEntry;
  readonly row: AuditRow | null;
}

/** Everything that the proof reads. */
export interface Evidence {
  /** All entries in the order of their numbers, as stored. */
  readonly rows: AsyncIterable<SealedRow> | Iterable<SealedRow>;
  /** Whose a pseudonym is, as far as that is kept. */
  readonly people: ReadonlyMap<string, PseudonymOwner>;
  readonly anchors: readonly Anchor[];
  /** Removals that are recorded but not sealed yet. */
  readonly pending?: readonly Pick<AuditRow, 'action' | 'at' | 'requestNumber' | 'detail'>[];
  /** The highest entry number that any side row names; side rows outlast entries that were cut off. */
  readonly highestNamed?: number;
}

/** What is wrong with the record at one entry. */
export interface Problem {
  readonly kind: 'changed' | 'moved' | 'missing' | 'unlinked' | 'not-anchored' | 'cut' | 'side-row' | 'lost';
  /** The first entry that it concerns. */
  readonly entry: number;
  /** The last one, of a range. */
  readonly last?: number;
  /** In words. */
  readonly sentence: string;
}

/** The result of a verification. */
export interface Verification {
  readonly head: Head;
  readonly rows: number;
  /** In the order of their entries, at most `maxProblems`. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  /** What is missing and was removed by a recorded removal. */
  readonly removals: readonly Removal[];
  /** The newest entry that an anchor proves; null without a matching anchor. */
  readonly anchoredUpTo: number | null;
}

const maxProblems = 50;

/**
 * Proves a chain, streaming: memory grows with people, requests and anchors, not with rows. Between the newest anchor
 * and the head it proves only that the rows fit each other: who can write to the database can compute them again.
 */
export async function verifyChain(evidence: Evidence): Promise<Verification> {
  const found: Problem[] = [];
  let problemCount = 0;
  const report = (kind: Problem['kind'], entry: number, sentence: string, last?: number): void => {
    problemCount += 1;
    if (found.length < maxProblems) found.push({ kind, entry, sentence, ...(last === undefined ? {} : { last }) });
  };
  const anchors = Map.groupBy(evidence.anchors, ({ entry }) => entry);
  const removals = createRemovals();
  let previous: Head = genesis;
  /** False after a problem, of which a wrong link is a mere consequence. */
  let isLinkable = true;
  let rows = 0;
  let anchoredUpTo: number | null = null;

  for await (const { entry, row } of evidence.rows) {
    rows += 1;
    const { entry: number, hash, body } = entry;
    const expected = previous.entry + 1;
    const isIntact = hashOf(body) === hash;
    if (number > expected) {
      report('missing', expected, `${span(expected, number - 1)} missing.`, number - 1);
      isLinkable = false;
    }
    if (!isIntact) report('changed', number, `Row ${number} was changed: its hash does not fit its contents.`);
    else if (body.entry !== number || number < expected) {
      report('moved', number, `Row ${number} was moved: it was sealed as row ${body.entry}.`);
    } else if (isLinkable && body.previous !== previous.hash) {
      report('unlinked', number, `Row ${number} does not follow row ${number - 1}: one of them was replaced.`);
    }
    const here = anchors.get(number) ?? [];
    anchors.delete(number);
    for (const anchor of here) {
      if (anchor.hash === hash) anchoredUpTo = Math.max(anchoredUpTo ?? 0, number);
      else {
        const sentence = `Row ${number} is not the one that was anchored on ${anchor.at}: rows up to it were rewritten.`;
        report('not-anchored', number, sentence);
      }
    }
    if (isIntact) {
      removals.record(body, number);
      const wrong = row === null ? null : compareSideRow(body, row, evidence.people);
      if (wrong === null) removals.miss({ kind: 'row', key: '', at: body.at, entry: number });
      else if (wrong.changed.length > 0) {
        const places = wrong.changed.join(', ');
        report('side-row', number, `What is kept beside row ${number} is not what was sealed: ${places}.`);
      }
      for (const part of wrong?.changed.length === 0 ? wrong.missing : [])
        removals.miss({ ...part, at: body.at, entry: number });
    }
    isLinkable = isIntact && body.entry === number && number >= expected;
    if (number >= expected) previous = { entry: number, hash };
  }

  const last = Math.max(0, evidence.highestNamed ?? 0, ...anchors.keys());
  if (last > previous.entry) {
    const from = previous.entry + 1;
    const witness = anchors.get(last)?.[0];
    const proof = witness === undefined ? 'their side rows are still there' : `the anchor of ${witness.at} names them`;
    report('cut', from, `The end was cut off: ${span(from, last)} missing; ${proof}.`, last);
  }
  for (const row of evidence.pending ?? []) removals.recordPending(row);
  const resolved = removals.resolve();
  for (const { entry, rows: count, what } of resolved.lost) {
    report(
      'lost',
      entry,
      `${what} of row ${entry}${count > 1 ? ` and ${count - 1} others` : ''} is lost: ${unrecorded}.`,
    );
  }
  const problems = found.sort((a, b) => a.entry - b.entry);
  return { head: previous, rows, problems, problemCount, removals: resolved.removed, anchoredUpTo };
}

const unrecorded = 'it is not there, and no removal of it is recorded';

function span(from: number, to: number): string {
  return from === to ? `row ${from} is` : `rows ${from} to ${to} are`;
}

/** What differs between an entry and its side row, and what the side row no longer has. */
export function compareSideRow(
  body: ChainEntry['body'],
  row: AuditRow,
  people: ReadonlyMap<string, PseudonymOwner>,
): { readonly changed: readonly string[]; readonly missing: readonly Omit<MissingPart, 'entry' | 'at'>[] } {
  const changed: string[] = [];
  const missing: Omit<MissingPart, 'entry' | 'at'>[] = [];
  for (const [column, value] of Object.entries(plainOf(row))) {
    if (body[column] !== value) changed.push(column);
  }
  const compareMembers = (sealed: JsonObject, kept: JsonObject, key: string, pointer: string): void => {
    const isList = Array.isArray(kept);
    for (const own of new Set([...Object.keys(sealed), ...Object.keys(kept)])) {
      compare(sealed[own], kept[own], isList ? key : own, `${pointer}/${escapeKey(own)}`);
    }
  };
  const compare = (sealed: JsonValue | undefined, kept: JsonValue | undefined, key: string, pointer: string): void => {
    const commitment = leafOf(sealed, '#');
    const person = leafOf(sealed, '@');
    if (commitment !== null) {
      const salt = row.salts[pointer];
      if (kept === undefined && salt === undefined) {
        missing.push({ kind: 'text', key: pointer === namePlace ? `${row.requestNumber ?? ''}` : '' });
      } else if (kept === undefined || salt === undefined || commitmentOf(salt, pointer, kept) !== commitment) {
        changed.push(pointer);
      }
    } else if (person !== null) {
      const owner = people.get(person);
      if (owner === undefined) {
        // An erasure puts the pseudonym here; beside anything else, no erasure explains that nobody stands behind it.
        missing.push({ kind: 'person', key: kept === person ? person : '' });
      } else if (pseudonymOf(owner) !== person || owner.objectId !== kept || owner.tenantId !== row.tenantId) {
        changed.push(pointer);
      }
    } else if (sealed === undefined || kept === undefined) changed.push(pointer);
    else if (disclosureOf(key, kept) === 'members' && typeof sealed === 'object' && sealed !== null) {
      if (Array.isArray(sealed) === Array.isArray(kept)) {
        compareMembers(sealed as JsonObject, kept as JsonObject, key, pointer);
      } else changed.push(pointer);
    } else if (sealed !== kept) changed.push(pointer);
  };
  compare(body.actor, row.actor, 'actor', '/actor');
  compare(body.workspace, row.workspaceId, 'workspace', '/workspace');
  compare(body.detail, row.detail, 'detail', '/detail');
  return { changed, missing };
}

function leafOf(value: JsonValue | undefined, mark: '#' | '@'): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const leaf = (value as JsonObject)[mark];
  return typeof leaf === 'string' ? leaf : null;
}
