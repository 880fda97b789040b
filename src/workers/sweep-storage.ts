import type { ListedBlob } from '../archive/account.ts';
import { readMarker, type StorageOwner, storageOwners, writeMarker } from '../database/sweeps.ts';
import { unfinishedKeptMs, unknownKeptMs } from '../domain/archive-retention.ts';
import { finalStates, requestNumber } from '../domain/request.ts';
import type { JobServices } from '../workflows/workflow-services.ts';

/** Names that the archive writer gives: request, attempt, file. Nothing else in the container is touched. */
const ours = /^(DSR-\d+)\/([0-9a-f-]{36})\/part-\d+\.(?:zip|list\.gz)$/u;

/** How much one run of the sweep may take on, so that it ends well before the queue takes its job away. */
export interface SweepBounds {
  readonly pages: number;
  /** Blobs on a page; storage gives 5,000 at most. */
  readonly pageBlobs: number;
  readonly removals: number;
}

const bounds: SweepBounds = { pages: 100, pageBlobs: 5_000, removals: 2_000 };

/** Removals under way at the same time. */
const atOnce = 8;

/**
 * Removes blobs that no request needs: what crashed runs left behind, committed or not. It looks through the container
 * page by page, keeps how far it came, and the next run goes on from there; so the end of a container of any size is
 * reached. Says how many blobs are gone.
 */
export async function sweepStorage(
  services: JobServices,
  signal: AbortSignal,
  most: SweepBounds = bounds,
): Promise<number> {
  const { storage, database, clock } = services;
  let marker = await readMarker(database.db, 'archives');
  let removed = 0;
  for (let page = 0; page < most.pages && removed < most.removals; page += 1) {
    signal.throwIfAborted();
    const { blobs, next } = await storage.page(marker, most.pageBlobs, signal);
    const waste = await leftBehind(services, blobs);
    for (let from = 0; from < waste.length && removed < most.removals; from += atOnce) {
      const some = waste.slice(from, Math.min(from + atOnce, from + most.removals - removed));
      await Promise.all(some.map((blob) => storage.discard(blob, signal)));
      removed += some.length;
    }
    // What is left of this page is found again; it is shorter then.
    if (removed >= most.removals && waste.length > removed) return removed;
    marker = next;
    await writeMarker(database.db, 'archives', marker, new Date(clock.now()));
    if (marker === null) break;
  }
  return removed;
}

async function leftBehind(services: JobServices, blobs: readonly ListedBlob[]): Promise<ListedBlob[]> {
  const found = blobs.flatMap((blob) => {
    const [, id = '', attempt = ''] = ours.exec(blob.name) ?? [];
    const number = requestNumber(id);
    return number === null ? [] : [{ blob, number, attempt }];
  });
  const owners = await storageOwners(services.database.db, [...new Set(found.map(({ number }) => number))]);
  const now = services.clock.now();
  const longest = Math.max(unknownKeptMs, services.settings.archiveRetentionMs);
  return found
    .filter(({ blob, number, attempt }) => isLeftBehind(blob, attempt, owners.get(number) ?? null, now, longest))
    .map(({ blob }) => blob);
}

/**
 * Whether nobody needs a blob any more. Young ones may belong to a run that has not recorded them yet. One of a request
 * that is unknown here (this database may be an older copy) stays as long as any archive can.
 */
function isLeftBehind(
  blob: ListedBlob,
  attempt: string,
  owner: StorageOwner | null,
  now: number,
  longestMs: number,
): boolean {
  if (owner === null) return blob.ageMs !== null && blob.ageMs > longestMs;
  // Storage does not tell how old blocks are that belong to no blob yet.
  const age = blob.ageMs ?? now - owner.updatedAt.getTime();
  if (age < unfinishedKeptMs) return false;
  if (owner.removed || !owner.attempts.has(attempt)) return true;
  return !blob.committed && finalStates.has(owner.state);
}
