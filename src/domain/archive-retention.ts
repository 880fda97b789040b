import { finalStates, type RequestRecord } from './request.ts';

const day = 24 * 3_600_000;

/** Blobs that belong to no known request are kept so long, or as long as an archive where that is longer. */
export const unknownKeptMs = 30 * day;
/** Parts of an archive that never became whole are kept so long, so that nobody loses hours of work to a failure. */
export const unfinishedKeptMs = day;

/**
 * When an archive is to be removed that is whole, or handed over, now. The storage account's own rule takes each part
 * away two days after the retention, counted from the part's own beginning (`infra/main.bicep`), so an archive whose
 * first part is old goes earlier than that; but whoever gets it has a day, or the retention where that is shorter.
 */
export function removalOf(now: number, retentionMs: number, oldestPartAt: Date): Date {
  const beforeTheRule = oldestPartAt.getTime() + retentionMs + day;
  return new Date(Math.max(Math.min(now + retentionMs, beforeTheRule), now + Math.min(retentionMs, day)));
}

/** How long links that are made now may work: no longer than what they open is kept. */
export function linksUntil(now: number, linkLifetimeMs: number, removeAfter: Date | null): Date {
  return new Date(Math.min(now + linkLifetimeMs, removeAfter?.getTime() ?? Number.POSITIVE_INFINITY));
}

/**
 * True when a request's archive has to go now. Before it was handed over (links were made) or the request has ended, it
 * may be all that is left of what is being deleted, and stays whatever the clock says.
 */
export function isDueForRemoval(
  { state, removeAfter, archiveRemovedAt, linkExpiresAt }: RequestRecord,
  now: number,
): boolean {
  if (archiveRemovedAt !== null || removeAfter === null || removeAfter.getTime() > now) return false;
  return finalStates.has(state) || linkExpiresAt !== null;
}
