import { firstPartAt, readParts } from '../database/archive-parts.ts';
import type { Connection } from '../database/connection.ts';
import { enqueueCard } from '../database/outbox-rows.ts';
import { type RequestChange, readRequest, updateRequest } from '../database/request-rows.ts';
import { linksUntil, removalOf, unfinishedKeptMs } from '../domain/archive-retention.ts';
import type { RequestServices } from './request-services.ts';

/** Columns of a request whose archive has just been completed. */
export async function completedArchiveColumns(
  { clock, settings }: RequestServices,
  trx: Connection,
  number: number,
): Promise<RequestChange> {
  const now = clock.now();
  const oldest = (await firstPartAt(trx, number)) ?? new Date(now);
  return { removeAfter: removalOf(now, settings.archiveRetentionMs, oldest) };
}

/**
 * Releases a completed archive: issues its links, enqueues the card with them for the requester's own chat, and
 * schedules its removal. The retention counts from the first release, since nobody could download it before. Returns
 * false when there is no completed archive.
 */
export async function releaseArchive(services: RequestServices, trx: Connection, number: number): Promise<boolean> {
  const { clock, settings } = services;
  const request = await readRequest(trx, number);
  if (request === null || !(await readParts(trx, number)).some(({ completes }) => completes)) return false;
  if (request.archiveRemovedAt !== null) return true;
  const now = clock.now();
  const isFirst = request.linkExpiresAt === null;
  const removeAfter = isFirst
    ? removalOf(now, settings.archiveRetentionMs, (await firstPartAt(trx, number)) ?? new Date(now))
    : request.removeAfter;
  await updateRequest(trx, number, {
    removeAfter,
    linkExpiresAt: linksUntil(now, settings.linkLifetimeMs, removeAfter),
    ...(isFirst ? { linksSince: new Date(now) } : {}),
  });
  await enqueueCard(trx, number, 'requester', null);
  if (isFirst && removeAfter !== null) await enqueueRemoval(services, trx, number, removeAfter);
  return true;
}

/**
 * Schedules the removal of an incomplete archive's parts: at once after a stop, since the requester no longer wants
 * them; a day later after a failure.
 */
export async function scheduleUnfinishedRemoval(
  services: RequestServices,
  trx: Connection,
  number: number,
  failed: boolean,
): Promise<void> {
  if ((await readParts(trx, number)).length === 0) return;
  const removeAfter = new Date(services.clock.now() + (failed ? unfinishedKeptMs : 0));
  await updateRequest(trx, number, { removeAfter });
  await enqueueRemoval(services, trx, number, removeAfter);
}

/**
 * Enqueues the removal of everything that a request has in storage. If the job fails permanently, the sweep does it.
 */
export async function enqueueRemoval(
  { queue }: RequestServices,
  trx: Connection,
  number: number,
  removeAfter: Date,
): Promise<void> {
  await queue.enqueue(trx, 'remove-archive', { request: number }, { startAfter: removeAfter });
}
