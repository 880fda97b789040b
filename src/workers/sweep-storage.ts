import type { ListedBlob } from '../archive/account.ts';
import { isRecordFile } from '../archive/record-file-names.ts';
import { readMarker, type StorageOwner, storageOwners, writeMarker } from '../database/sweeps.ts';
import { unfinishedKeptMs, unknownKeptMs } from '../domain/archive-retention.ts';
import { finalStates, requestNumber } from '../domain/request.ts';
import { heldRecords } from '../requests/keep-held.ts';
import type { WorkflowServices } from '../workflows/workflow-services.ts';

/** Blob names of the archive writer: request, attempt, file. Beside files of the record nothing else is touched. */
const archiveBlobName = /^(DSR-\d+)\/([0-9a-f-]{36})\/part-\d+\.(?:zip|list\.gz)$/u;

/** Bounds of one run of the sweep, so that it ends well before its job expires. */
export interface SweepBounds {
  readonly pages: number;
  /** Blobs on a page; storage gives 5,000 at most. */
  readonly pageBlobs: number;
  readonly removals: number;
}

const bounds: SweepBounds = { pages: 100, pageBlobs: 5_000, removals: 2_000 };

/** Concurrent removals. */
const maxConcurrent = 8;

/**
 * Garbage collection: removes blobs that no request needs, committed or not, which crashed runs left behind, but none of a
 * request that a legal hold keeps. Reads the
 * container page by page and stores the continuation marker, from which the next run resumes, so that a container of
 * any size is covered. Returns how many blobs were removed.
 */
export async function sweepStorage(
  services: WorkflowServices,
  signal: AbortSignal,
  most: SweepBounds = bounds,
): Promise<number> {
  const { storage, database, clock } = services;
  let marker = await readMarker(database.db, 'archives');
  let removed = 0;
  for (let page = 0; page < most.pages && removed < most.removals; page += 1) {
    signal.throwIfAborted();
    const { blobs, next } = await storage.page(marker, most.pageBlobs, signal);
    const orphans = await findOrphans(services, blobs, signal);
    for (let from = 0; from < orphans.length && removed < most.removals; from += maxConcurrent) {
      const some = orphans.slice(from, Math.min(from + maxConcurrent, from + most.removals - removed));
      await Promise.all(some.map((blob) => storage.discard(blob, signal)));
      removed += some.length;
    }
    // The marker stays, so the next run reads the rest of this page again.
    if (removed >= most.removals && orphans.length > removed) return removed;
    marker = next;
    await writeMarker(database.db, 'archives', marker, new Date(clock.now()));
    if (marker === null) break;
  }
  return removed;
}

async function findOrphans(
  services: WorkflowServices,
  blobs: readonly ListedBlob[],
  signal: AbortSignal,
): Promise<ListedBlob[]> {
  // Nobody can open a file of the record once its link has expired.
  const keptMs = Math.max(services.settings.linkLifetimeMs, unfinishedKeptMs);
  const records = blobs.filter(({ name, ageMs }) => isRecordFile(name) && ageMs !== null && ageMs > keptMs);
  const found = blobs.flatMap((blob) => {
    const [, id = '', attempt = ''] = archiveBlobName.exec(blob.name) ?? [];
    const number = requestNumber(id);
    return number === null ? [] : [{ blob, number, attempt }];
  });
  const owners = await storageOwners(services.database.db, [...new Set(found.map(({ number }) => number))]);
  const now = services.clock.now();
  const maxAgeMs = Math.max(unknownKeptMs, services.settings.archiveRetentionMs);
  const orphans = found.filter(({ blob, number, attempt }) =>
    isOrphan(blob, attempt, owners.get(number) ?? null, now, maxAgeMs),
  );
  if (orphans.length === 0) return records;
  const kept = new Set((await heldRecords(services, signal)).requests);
  return [...records, ...orphans.filter(({ number }) => !kept.has(number)).map(({ blob }) => blob)];
}

/**
 * True when no request needs a blob any more. A young blob may belong to a run that has not recorded it yet. One of a
 * request that is unknown here (after a restore from a backup) stays as long as any archive can.
 */
function isOrphan(
  blob: ListedBlob,
  attempt: string,
  owner: StorageOwner | null,
  now: number,
  maxAgeMs: number,
): boolean {
  if (owner === null) return blob.ageMs !== null && blob.ageMs > maxAgeMs;
  // Storage gives no age for uncommitted blocks.
  const age = blob.ageMs ?? now - owner.updatedAt.getTime();
  if (age < unfinishedKeptMs) return false;
  if (owner.removed || !owner.attempts.has(attempt)) return true;
  // Blocks without a blob: of a run that was lost, unless a revocation is copying them.
  return !blob.committed && finalStates.has(owner.state) && attempt !== owner.copying;
}
