import { readCheckpoints } from '../database/audit-checkpoints.ts';
import {
  highestNamedEntry,
  readEntries,
  readPendingRemovals,
  readPseudonyms,
  readUnsealed,
} from '../database/audit-entries.ts';
import type { Connection, Database } from '../database/connection.ts';
import {
  type Anchor,
  type Problem,
  type SealedRow,
  type Verification,
  verifyChain,
} from '../domain/audit-verification.ts';
import { checkSignature, type VerificationKeys } from './head-signature.ts';
import type { Proof } from './proof-words.ts';

/** Entries that are read at a time. */
const pageSize = 1_000;

/**
 * Proves the record against these anchors, from the first entry to the last, as it stands at one moment: it may be
 * sealed and removed from meanwhile. With keys, only anchors that one of them signed prove anything. Throws the
 * database's error.
 */
export function proveRecord(
  db: Database['db'],
  anchors: readonly Anchor[],
  keys: VerificationKeys | null = null,
): Promise<Proof> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((trx) => proveIn(trx, anchors, keys));
}

/** The same within a transaction, which has to see one moment of the database. */
export async function proveIn(
  trx: Connection,
  anchors: readonly Anchor[],
  keys: VerificationKeys | null,
): Promise<Proof> {
  const { trusted, forged, unsigned } = await sortAnchors(anchors, keys);
  const checkpoints = await readCheckpoints(trx);
  const verification = await verifyChain({
    rows: entriesOf(trx),
    people: await readPseudonyms(trx),
    anchors: trusted,
    checkpoints,
    pending: await readPendingRemovals(trx),
    highestNamed: await highestNamedEntry(trx),
  });
  const { checkpoint } = verification;
  const beginning = checkpoint === null || keys === null ? null : await checkSignature(keys, 'checkpoint', checkpoint);
  return {
    verification: withProblems(
      verification,
      checkpoint !== null && beginning === 'forged' ? [...forged, forgedBeginning(checkpoint)] : forged,
    ),
    beginning,
    anchors: { given: anchors.length, checked: keys !== null, unsigned },
    unsealed: await readUnsealed(trx),
  };
}

/** The anchors that count: all of them without keys, and only rightly signed ones with keys. */
export async function sortAnchors(anchors: readonly Anchor[], keys: VerificationKeys | null) {
  if (keys === null) return { trusted: anchors, forged: [], unsigned: 0 };
  const trusted: Anchor[] = [];
  const forged: Problem[] = [];
  let unsigned = 0;
  for (const anchor of anchors) {
    const { entry, at } = anchor;
    const found = await checkSignature(keys, 'anchor', anchor);
    if (found === 'signed') trusted.push(anchor);
    else if (found === 'unsigned') unsigned += 1;
    else {
      const sentence = `The anchor of row ${entry} of ${at} was not signed with a key that was given: it is forged, or a key is missing.`;
      forged.push({ kind: 'forged', entry, sentence });
    }
  }
  return { trusted, forged, unsigned };
}

function forgedBeginning({ entry }: Anchor): Problem {
  const sentence = `The checkpoint of row ${entry}, at which the record begins, was not signed with a key that was given.`;
  return { kind: 'forged', entry, sentence };
}

function withProblems(verification: Verification, more: readonly Problem[]): Verification {
  const problems = [...more, ...verification.problems];
  return { ...verification, problems, problemCount: verification.problemCount + more.length };
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
