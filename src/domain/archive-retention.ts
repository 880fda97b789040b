import { finalStates, type RequestRecord } from './request.ts';

const day = 24 * 3_600_000;

/** How long blobs of no known request are kept; an archive's retention applies instead where that is longer. */
export const unknownKeptMs = 30 * day;
/** How long the parts of an incomplete archive are kept after a failure, so that hours of work are not lost at once. */
export const unfinishedKeptMs = day;

/**
 * When to remove an archive that is complete, or whose links are issued, now. The storage account's lifecycle rule
 * deletes each part two days after the retention, counted from the creation of that part (`infra/main.bicep`), so an
 * archive with an old first part is removed earlier than the full retention. The requester still gets at least a day,
 * or the retention where that is shorter.
 */
export function removalOf(now: number, retentionMs: number, oldestPartAt: Date): Date {
  const latestByStorageRule = oldestPartAt.getTime() + retentionMs + day;
  return new Date(Math.max(Math.min(now + retentionMs, latestByStorageRule), now + Math.min(retentionMs, day)));
}

/** When links that are issued now expire: never later than the removal of what they open. */
export function linksUntil(now: number, linkLifetimeMs: number, removeAfter: Date | null): Date {
  return new Date(Math.min(now + linkLifetimeMs, removeAfter?.getTime() ?? Number.POSITIVE_INFINITY));
}

/**
 * True when a request's archive is due for removal. Before its links were issued or the request has ended, the archive
 * may be the only copy of what is being deleted, so it stays whatever the clock says.
 */
export function isDueForRemoval(
  { state, removeAfter, archiveRemovedAt, linkExpiresAt, revocation }: RequestRecord,
  now: number,
): boolean {
  // Its requester wants it gone now, whatever the clock of this process says.
  if (archiveRemovedAt === null && revocation?.stage === 'removing') return true;
  if (archiveRemovedAt !== null || removeAfter === null || removeAfter.getTime() > now) return false;
  return finalStates.has(state) || linkExpiresAt !== null;
}
