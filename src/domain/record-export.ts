import { type AuditRow, type ChainEntry, type Head, hashOf, type PseudonymOwner } from './audit-chain.ts';
import { type Anchor, compareSideRow } from './audit-verification.ts';

/** The format of exported records, and its version. */
export const exportFormat = 'studio-steward-record/1';

/** A row of the record with the entry that seals it; null while it is not sealed. */
export interface ExportedRow {
  readonly entry: ChainEntry | null;
  readonly row: AuditRow;
}

/** A part of the record in a file, with what proves it. */
export interface RecordExport {
  /** The head of the chain when the file was made. */
  readonly head: Head;
  readonly anchors: readonly Anchor[];
  readonly people: readonly (PseudonymOwner & { readonly pseudonym: string })[];
  readonly rows: readonly ExportedRow[];
}

/** What the file proves by itself. */
export interface ExportProof {
  /** Rows that are what was sealed under their entry. */
  readonly proven: number;
  /** Of these, rows of which something was removed since, such as a name. */
  readonly removed: number;
  /** Rows that an anchor proves to have been in the chain. */
  readonly anchored: number;
  readonly unsealed: number;
  readonly problems: readonly string[];
}

/** The most problems that are listed. */
const mostProblems = 50;

/**
 * Proves a file by itself: each row is the one sealed under its entry, entries that follow each other are linked, and
 * those up to a matching anchor were in the chain when it was stored. It does not prove that no row is missing. Pure.
 */
export function verifyExport({ rows, anchors, people, head }: RecordExport): ExportProof {
  const owners = new Map(people.map(({ pseudonym, ...owner }) => [pseudonym, owner]));
  const problems: string[] = [];
  let [proven, removed] = [0, 0];
  const sealed: ChainEntry[] = [];
  for (const { entry, row } of rows) {
    if (entry === null) continue;
    const { entry: number, hash, body } = entry;
    if (hashOf(body) !== hash) problems.push(`Row ${number} was changed: its hash does not fit its contents.`);
    else if (body.entry !== number) problems.push(`Row ${number} was moved: it was sealed as row ${body.entry}.`);
    else {
      sealed.push(entry);
      const { changed, missing } = compareSideRow(body, row, owners);
      if (changed.length === 0) proven += 1;
      else problems.push(`What stands beside row ${number} is not what was sealed: ${changed.join(', ')}.`);
      removed += changed.length === 0 && missing.length > 0 ? 1 : 0;
    }
  }
  sealed.sort((a, b) => a.entry - b.entry);
  const anchored = anchoredRows(sealed, [...anchors, head], anchors, problems);
  return {
    proven,
    removed,
    anchored,
    unsealed: rows.filter(({ entry }) => entry === null).length,
    problems: problems.slice(0, mostProblems),
  };
}

/** Checks links and known hashes, and counts the rows that lead to an anchor without a gap. */
function anchoredRows(
  sealed: readonly ChainEntry[],
  known: readonly Head[],
  anchors: readonly Anchor[],
  problems: string[],
): number {
  const isAnchored = new Set<number>();
  let start = 0;
  for (const [index, { entry, hash, body }] of sealed.entries()) {
    const before = sealed[index - 1];
    const isNext = before !== undefined && before.entry === entry - 1;
    if (before !== undefined && before.entry === entry) problems.push(`Row ${entry} is there twice.`);
    if (isNext && body.previous !== before.hash) {
      problems.push(`Row ${entry} does not follow row ${entry - 1}: one of them was replaced.`);
    }
    if (!isNext || body.previous !== before.hash) start = index;
    if (known.some((one) => one.entry === entry && one.hash !== hash)) {
      problems.push(`Row ${entry} is not the one whose hash was anchored, or is stated as the head.`);
    }
    if (anchors.some((one) => one.entry === entry && one.hash === hash)) {
      for (let at = start; at <= index; at += 1) isAnchored.add(at);
    }
  }
  return isAnchored.size;
}
