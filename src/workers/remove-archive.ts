import { ArchiveError, isTransientStorageError } from '../archive/errors.ts';
import { readDirectoryExport } from '../database/directory-exports.ts';
import { readRequest } from '../database/request-rows.ts';
import { requestsToRemove } from '../database/sweeps.ts';
import { isDueForRemoval } from '../domain/archive-retention.ts';
import { requestId } from '../domain/request.ts';
import { recordArchiveRemoved } from '../requests/archive-removal.ts';
import type { JobServices } from '../workflows/workflow-services.ts';

/**
 * Removes what a request has in storage, when its time is over. Does nothing before: a job may come early, since the
 * queue goes by the database's clock, and then the sweep takes it up.
 */
export async function removeArchive(services: JobServices, number: number, signal: AbortSignal): Promise<void> {
  const request = await readRequest(services.database.db, number);
  if (!request || !isDueForRemoval(request, services.clock.now())) return;
  const dropOff = await readDirectoryExport(services.database.db, number);
  if (dropOff !== null) await services.dropOff.remove(dropOff.container, signal);
  await services.storage.removeRequest(requestId(number), signal);
  await recordArchiveRemoved(services, number);
}

/** Archives removed by one run of the sweep. */
const mostAtOnce = 500;

/**
 * Removes every archive whose time is over and that its own job has not removed: the queue gives a job up when storage
 * refuses for long. An archive that cannot be removed does not hold up the others. Says how many are gone.
 */
export async function removeDueArchives(services: JobServices, signal: AbortSignal): Promise<number> {
  const due = await requestsToRemove(services.database.db, new Date(services.clock.now()), mostAtOnce);
  let removed = 0;
  for (const number of due) {
    signal.throwIfAborted();
    try {
      await removeArchive(services, number, signal);
      removed += 1;
    } catch (error) {
      if (!(error instanceof ArchiveError) || isTransientStorageError(error)) throw error;
      services.log.error('an archive could not be removed', error, { request: number });
    }
  }
  return removed;
}
