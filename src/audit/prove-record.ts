import {
  highestNamedEntry,
  readEntries,
  readPendingRemovals,
  readPseudonyms,
  readUnsealed,
} from '../database/audit-entries.ts';
import type { Connection, Database } from '../database/connection.ts';
import { type Anchor, type SealedRow, verifyChain } from '../domain/audit-verification.ts';
import type { Proof } from './proof-words.ts';

/** Entries that are read at a time. */
const pageSize = 1_000;

/**
 * Proves the record against these anchors, from the first entry to the last, as it stands at one moment: it may be
 * sealed and removed from meanwhile. Throws the database's error.
 */
export function proveRecord(db: Database['db'], anchors: readonly Anchor[]): Promise<Proof> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const verification = await verifyChain({
        rows: entriesOf(trx),
        people: await readPseudonyms(trx),
        anchors,
        pending: await readPendingRemovals(trx),
        highestNamed: await highestNamedEntry(trx),
      });
      return { verification, anchors: anchors.length, unsealed: await readUnsealed(trx) };
    });
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
