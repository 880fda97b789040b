import {
  appendEntries,
  hasUnsealed,
  lockUnsealed,
  type NewEntry,
  newSalt,
  type PseudonymWish,
  pseudonymsFor,
  readHead,
  tryLockChain,
  type UnsealedRow,
} from '../database/audit-entries.ts';
import type { Connection, Database } from '../database/connection.ts';
import { runTransaction } from '../database/transaction.ts';
import { type Head, peopleIn, sealRow } from '../domain/audit-chain.ts';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/logger.ts';

/** What sealing needs. */
export interface SealingServices {
  readonly database: Pick<Database, 'db'>;
  readonly clock: Clock;
}

/** Rows of one transaction of the sealer. */
const rowsPerBatch = 500;

/** Rows that have no canonical form, of which one keeps no other from being sealed; above so many nothing is sealed. */
const mostUnsealable = 1_000;

/** How often what is not sealed is said again in the log, in milliseconds. */
const saidAgainMs = 3_600_000;

/** Waits between rounds of the sealer, and after a round that failed, in milliseconds. */
const waits = { idle: 400, failed: 5_000 };

/**
 * Numbers and chains up to `limit` committed rows in one transaction, so that a crash leaves all of them sealed or none.
 * A row that cannot be sealed, which only somebody else than Steward can have written, goes to `unsealable` by its
 * sequence, and is left out from then on. Returns how many rows were looked at; null when another sealer has the lock.
 */
export function sealBatch(
  services: SealingServices,
  limit = rowsPerBatch,
  unsealable: Set<number> = new Set(),
): Promise<number | null> {
  return runTransaction(services.database.db, services.clock, async (trx) => {
    if (!(await tryLockChain(trx))) return null;
    const rows = await lockUnsealed(trx, limit, [...unsealable]);
    if (rows.length === 0) return 0;
    await sealOnto(trx, rows, await readHead(trx), new Date(services.clock.now()), unsealable);
    return rows.length;
  });
}

/**
 * Seals rows behind a head, in the transaction that holds the lock on the chain and on the rows. The sequence of a row
 * that cannot be sealed goes to `unsealable`.
 */
export async function sealOnto(
  trx: Connection,
  rows: readonly UnsealedRow[],
  head: Head,
  sealedAt: Date,
  unsealable: Set<number> = new Set(),
): Promise<void> {
  const pseudonyms = await pseudonymsOf(trx, rows);
  const entries: NewEntry[] = [];
  let previous = head;
  for (const { concernsDeletion, ...row } of rows) {
    const pseudonym = (objectId: string) => pseudonyms.get(keyOf(row.tenantId, objectId, concernsDeletion)) ?? '';
    try {
      const sealed = sealRow(row, previous, { sealedAt, newSalt, pseudonym });
      entries.push(sealed);
      previous = sealed.entry;
    } catch (error) {
      if (unsealable.size >= mostUnsealable) throw error;
      unsealable.add(row.sequence);
    }
  }
  if (entries.length > 0) await appendEntries(trx, entries);
}

/** Seals every row that was committed before, unless another sealer does. Throws the database's error. */
export async function sealAll(
  services: SealingServices,
  limit = rowsPerBatch,
  unsealable: Set<number> = new Set(),
): Promise<number> {
  for (let total = 0; ; ) {
    const sealed = await sealBatch(services, limit, unsealable);
    total += sealed ?? 0;
    if (sealed === null || sealed < limit) return total;
  }
}

/** Seals committed rows within a second until the signal aborts. Never rejects; `afterRound` follows each round. */
export async function runSealer(
  services: SealingServices & { readonly log: Log },
  signal: AbortSignal,
  afterRound: () => Promise<void> = async () => {},
): Promise<void> {
  const { database, clock, log } = services;
  const unsealable = new Set<number>();
  let isFailing = false;
  let saidAt = Number.NEGATIVE_INFINITY;
  const say = (sentence: string, error: unknown) => {
    if (clock.now() - saidAt < saidAgainMs) return;
    saidAt = clock.now();
    log.error(sentence, error);
  };
  while (!signal.aborted) {
    try {
      if (await hasUnsealed(database.db, [...unsealable])) await sealAll(services, rowsPerBatch, unsealable);
      await afterRound();
      isFailing = false;
      const [first] = unsealable;
      if (first !== undefined)
        say('rows of the record cannot be sealed', new Error(`${unsealable.size} rows, the first is row ${first}`));
      else saidAt = Number.NEGATIVE_INFINITY;
    } catch (error) {
      if (!signal.aborted) say('the record was not sealed; retrying', error);
      isFailing = true;
    }
    await clock.wait(isFailing ? waits.failed : waits.idle, signal).catch(() => undefined);
  }
}

async function pseudonymsOf(trx: Connection, rows: readonly UnsealedRow[]): Promise<ReadonlyMap<string, string>> {
  const wishes = new Map<string, PseudonymWish>();
  for (const { concernsDeletion: forDeletions, ...row } of rows) {
    const { tenantId } = row;
    for (const objectId of peopleIn(row)) {
      wishes.set(keyOf(tenantId, objectId, forDeletions), { tenantId, objectId, forDeletions });
    }
  }
  const found = await pseudonymsFor(trx, [...wishes.values()]);
  return new Map([...wishes.keys()].map((key, index) => [key, found[index] ?? '']));
}

function keyOf(tenantId: string, objectId: string, forDeletions: boolean): string {
  return JSON.stringify([tenantId, objectId, forDeletions]);
}
