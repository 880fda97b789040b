import { firstPartAt, readParts } from '../database/archive-parts.ts';
import type { Connection } from '../database/connection.ts';
import { enqueueCard } from '../database/outbox-rows.ts';
import { type RequestChange, readRequest, updateRequest } from '../database/request-rows.ts';
import { linksUntil, removalOf, unfinishedKeptMs } from '../domain/archive-retention.ts';
import type { RequestServices } from './request-services.ts';

/** Columns of a request whose archive has just become whole. */
export async function wholeArchive(
  { clock, settings }: RequestServices,
  trx: Connection,
  number: number,
): Promise<RequestChange> {
  const now = clock.now();
  const oldest = (await firstPartAt(trx, number)) ?? new Date(now);
  return { remove_after: removalOf(now, settings.archiveRetentionMs, oldest) };
}

/**
 * Hands a whole archive over: its links begin to live, the requester's own chat gets them, and its removal is set. The
 * retention counts from the first time, since before that nobody could have fetched it. Returns whether there is one.
 */
export async function handOver(services: RequestServices, trx: Connection, number: number): Promise<boolean> {
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
    remove_after: removeAfter,
    link_expires_at: linksUntil(now, settings.linkLifetimeMs, removeAfter),
  });
  await enqueueCard(trx, number, 'requester', null);
  if (isFirst && removeAfter !== null) await enqueueRemoval(services, trx, number, removeAfter);
  return true;
}

/**
 * Sets the removal of parts that never became a whole archive. Whoever stopped the work wants nothing of it, so they go
 * at once; after a failure they stay for a day.
 */
export async function keepUnfinished(
  services: RequestServices,
  trx: Connection,
  number: number,
  failed: boolean,
): Promise<void> {
  if ((await readParts(trx, number)).length === 0) return;
  const removeAfter = new Date(services.clock.now() + (failed ? unfinishedKeptMs : 0));
  await updateRequest(trx, number, { remove_after: removeAfter });
  await enqueueRemoval(services, trx, number, removeAfter);
}

/** Enqueues the removal of whatever a request has in storage. Should the job fail for good, the sweep takes it up. */
export async function enqueueRemoval(
  { queue }: RequestServices,
  trx: Connection,
  number: number,
  removeAfter: Date,
): Promise<void> {
  await queue.enqueue(trx, 'remove-archive', { request: number }, { startAfter: removeAfter });
}
