import type { AnchorContainer } from '../archive/anchor-container.ts';
import { readEntryHash, readHead } from '../database/audit-entries.ts';
import type { Database } from '../database/connection.ts';
import type { Anchor } from '../domain/audit-verification.ts';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/logger.ts';
import { parseAnchors } from './anchor-shape.ts';

/** What anchoring needs. */
export interface AnchorServices {
  readonly database: Pick<Database, 'db'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly anchors: AnchorContainer;
}

/** The chain in the database is not the one that was anchored. */
class AnchorMismatchError extends Error {
  override readonly name = 'AnchorMismatchError';
}

/** Time between anchors, and after an attempt that failed, in milliseconds. */
const waits = { anchored: 3_600_000, failed: 60_000 };

/** Name of a head's blob: in the order of the entries, and one for each, so that a second head of it shows. */
function blobNameOf(entry: number): string {
  return `head-${String(entry).padStart(12, '0')}.json`;
}

/** The entry that a blob of this name anchors; null when it is none. */
export function anchoredEntry(name: string): number | null {
  const digits = /^head-(\d{12,15})\.json$/u.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

/**
 * Stores the head in a blob that is never overwritten. False when there is no head, or when it is anchored already.
 * Throws AnchorMismatchError when the same entry was anchored with another hash, and ServiceFailure.
 */
export async function anchorHead(services: AnchorServices, signal?: AbortSignal): Promise<boolean> {
  const { database, clock, anchors } = services;
  const { entry, hash } = await readHead(database.db);
  if (entry === 0) return false;
  const anchor: Anchor = { entry, hash, at: new Date(clock.now()).toISOString() };
  const name = blobNameOf(entry);
  if (await anchors.create(name, `${JSON.stringify(anchor)}\n`, signal)) return true;
  compare(parseAnchors(await anchors.read(name, signal)), name, hash);
  return false;
}

/**
 * Compares the newest stored anchor with the chain. Returns it; null when there is none. Throws AnchorMismatchError when
 * the chain ends before it or has another hash there.
 */
export async function checkNewestAnchor(services: AnchorServices, signal?: AbortSignal): Promise<Anchor | null> {
  let newest: string | null = null;
  for await (const name of services.anchors.names(signal)) {
    if (name.startsWith('head-') && (newest === null || name > newest)) newest = name;
  }
  if (newest === null) return null;
  const found = parseAnchors(await services.anchors.read(newest, signal));
  const [anchor] = found ?? [];
  const hash = anchor === undefined ? null : await readEntryHash(services.database.db, anchor.entry);
  compare(found, newest, hash);
  return anchor ?? null;
}

function compare(found: readonly Anchor[] | null, name: string, hash: string | null): void {
  const [anchor] = found ?? [];
  if (anchor === undefined) throw new AnchorMismatchError(`The blob ${name} is no anchor.`);
  if (hash === null) {
    throw new AnchorMismatchError(
      `The record ends before row ${anchor.entry}, which was anchored on ${anchor.at}: its end was cut off, or an older backup was restored.`,
    );
  }
  if (hash !== anchor.hash) {
    throw new AnchorMismatchError(
      `Row ${anchor.entry} of the record is not the one that was anchored on ${anchor.at}.`,
    );
  }
}

/**
 * Anchors the head every hour. Before each, the newest anchor is read back: a chain that does not continue it is
 * reported and not anchored. Never rejects.
 */
export async function runAnchoring(services: AnchorServices, signal: AbortSignal): Promise<void> {
  const { clock, log, anchors } = services;
  while (!signal.aborted) {
    let wait = waits.anchored;
    try {
      await anchors.ensure(signal);
      await checkNewestAnchor(services, signal);
      await anchorHead(services, signal);
    } catch (error) {
      if (signal.aborted) return;
      const isMismatch = error instanceof AnchorMismatchError;
      log.error(isMismatch ? 'the record does not fit its anchor' : 'the record was not anchored; retrying', error);
      if (!isMismatch) wait = waits.failed;
    }
    await clock.wait(wait, signal).catch(() => undefined);
  }
}
