import { highestNamedEntry, readEntries, readPendingRemovals, readPseudonyms } from '../database/audit-entries.ts';
import type { Connection } from '../database/connection.ts';
import type { Evidence, SealedRow } from '../domain/audit-verification.ts';

/** Entries that are read at a time. */
const pageSize = 1_000;

/** The record as its proof reads it, from the first entry to the last; anchors come from outside. */
export async function readRecord(db: Connection): Promise<Omit<Evidence, 'anchors'>> {
  return {
    rows: entriesOf(db),
    people: await readPseudonyms(db),
    pending: await readPendingRemovals(db),
    highestNamed: await highestNamedEntry(db),
  };
}

async function* entriesOf(db: Connection): AsyncIterable<SealedRow> {
  for (let after = 0; ; ) {
    const page = await readEntries(db, after, pageSize);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.entry.entry;
  }
}
