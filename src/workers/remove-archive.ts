import { storageFailure } from '../archive/errors.ts';
import { readDirectoryExport } from '../database/directory-exports.ts';
import { readRequest } from '../database/request-rows.ts';
import { requestsToRemove } from '../database/sweeps.ts';
import { isDueForRemoval } from '../domain/archive-retention.ts';
import { type RequestRecord, requestId } from '../domain/request.ts';
import { isStorageFailure } from '../domain/service-failure.ts';
import { postponeRemoval, recordArchiveRemoved } from '../requests/archive-removal.ts';
import { isRequestHeld } from '../requests/keep-held.ts';
import type { WorkflowServices } from '../workflows/workflow-services.ts';
import { tellingTrouble } from './replace-links.ts';

/**
 * Removes a request's files in storage once their retention has expired. Does nothing before: a job may run early,
 * since the queue uses the database's clock; the sweep then removes them later. What a legal hold keeps is looked at again
 * every day.
 */
export async function removeArchive(services: WorkflowServices, number: number, signal: AbortSignal): Promise<void> {
  const request = await readRequest(services.database.db, number);
  if (!request || !isDueForRemoval(request, services.clock.now())) return;
  if (await isRequestHeld(services, request, signal)) return keepArchive(services, request, signal);
  const remove = async () => {
    const dropOff = await readDirectoryExport(services.database.db, number);
    if (dropOff !== null) await services.dropOff.remove(dropOff.container, signal);
    await services.storage.removeRequest(requestId(number), signal);
    if (request.revocation !== null) await requireGone(services, number, dropOff?.container ?? null, signal);
    await recordArchiveRemoved(services, number);
  };
  const { revocation } = request;
  await (revocation === null ? remove() : tellingTrouble(services, { request, revocation }, signal, remove));
}

/** Puts the removal off by a day; the storage account's own rule is kept away for as long. */
async function keepArchive(services: WorkflowServices, request: RequestRecord, signal: AbortSignal): Promise<void> {
  const { number } = request;
  const dropOff = await readDirectoryExport(services.database.db, number);
  if (dropOff !== null) await services.dropOff.renew(dropOff.container, signal);
  await services.storage.renew(requestId(number), signal);
  await postponeRemoval(services, request);
}

/** Throws ServiceFailure unless a fresh list shows that nothing is left that a link opens. */
async function requireGone(
  { storage, dropOff }: WorkflowServices,
  number: number,
  container: string | null,
  signal: AbortSignal,
): Promise<void> {
  const left: string[] = [];
  for await (const { name } of storage.list(`${requestId(number)}/`, signal)) left.push(name);
  if (container !== null) for await (const { name } of dropOff.files(container, signal)) left.push(name);
  if (left.length > 0) throw storageFailure('unavailable', 'Files that links open are still in storage.');
}

/** Most archives removed by one run of the sweep. */
const maxPerSweep = 500;

/**
 * Removes every archive whose retention has expired and that its own job has not removed: the queue gives up a job when
 * storage fails for long. An archive that cannot be removed does not block the others. Returns how many were removed.
 */
export async function removeDueArchives(services: WorkflowServices, signal: AbortSignal): Promise<number> {
  const due = await requestsToRemove(services.database.db, new Date(services.clock.now()), maxPerSweep);
  let removed = 0;
  for (const number of due) {
    signal.throwIfAborted();
    try {
      await removeArchive(services, number, signal);
      removed += 1;
    } catch (error) {
      if (!isStorageFailure(error) || error.transient) throw error;
      services.log.error('an archive could not be removed', error, { request: number });
    }
  }
  return removed;
}
