import { readDirectoryExport } from '../../database/directory-exports.ts';
import { ClearanceExpired, NotCleared } from '../../domain/clearance.ts';
import type { StartedExport } from '../../domain/directory.ts';
import { isStartUnknown } from '../../domain/directory-export.ts';
import type { Refusal } from '../../domain/refusals.ts';
import { isDirectoryFailure, isStorageFailure, ServiceFailure } from '../../domain/service-failure.ts';
import { recordRetry } from '../../requests/backoff.ts';
import type { Run } from '../../requests/lease.ts';
import { RunSupersededError } from '../../requests/transition.ts';
import { directoryClearance } from '../clearances.ts';
import { logRefusal } from '../refusal-log.ts';
import type { WorkflowServices } from '../workflow-services.ts';
import { type DirectoryEnd, endDirectoryExport } from './end.ts';
import { beginAsking, recordAccepted, revertAsking } from './records.ts';

/**
 * Starts the export of one person's data in Graph and leaves the rest to polling. Resumes where an earlier run of the
 * same request stopped, but starts an export at most once: after a crash between the call and its record it is unknown
 * whether Graph received the call, so the request ends in doubt. Throws unexpected errors.
 */
export async function exportDirectoryData(services: WorkflowServices, run: Run, signal: AbortSignal): Promise<void> {
  const { directory, dropOff, database } = services;
  const wanted = await readDirectoryExport(database.db, run.number);
  if (wanted === null) throw new Error(`request ${run.number} has no directory export`);
  const { person, container } = wanted;
  const end = (how: DirectoryEnd) => endDirectoryExport(services, run, person.name, how);
  if (isStartUnknown(wanted)) return end({ kind: 'in-doubt' });
  if (run.request.stopRequested) return end({ kind: 'stopped' });
  if (!directory) return end({ kind: 'failed', refusal: { reason: 'directory-off' } });
  /** After Graph throttled an attempt, a later failure may be caused by that attempt; then Graph may be exporting. */
  const fail = (refusal: Refusal) => end(wanted.wasRateLimited ? { kind: 'in-doubt' } : { kind: 'failed', refusal });
  try {
    // Roles change between a preview and its execution.
    const isAdministrator = () => directory.isAdministrator(run.request.requester.objectId, signal);
    if (!(await isAdministrator())) {
      const refusal: Refusal = { reason: 'not-an-administrator' };
      logRefusal(services, run.request, refusal);
      return await fail(refusal);
    }
    await dropOff.ensure(container, signal);
    const { url, expiresAt } = await dropOff.writeAccess(container);
    const clearance = await directoryClearance(services, run, person.id, isAdministrator, signal);
    if ((await beginAsking(services, run, expiresAt)).stopRequested) return await end({ kind: 'stopped' });
    const started = await startOnce(services, run, () => directory.startExport(person.id, url, clearance, signal));
    if (started === 'in-doubt') return await end({ kind: 'in-doubt' });
    await recordAccepted(services, run, started);
  } catch (error) {
    if (error instanceof NotCleared) {
      const { denial } = error;
      if (denial.kind === 'stopped') return end({ kind: 'stopped' });
      if (denial.kind === 'not-allowed') return fail(denial.refusal);
      throw new RunSupersededError(`run of request ${run.number} was superseded by a later run`);
    }
    const failure = failureOf(error);
    if (failure === null) throw error;
    if (!failure.permanent && (await recordRetry(services, 'run', run, failure.refusal))) return;
    await fail(failure.refusal);
  }
}

/** Calls Graph once. When the call had no effect, as far as is known, the mark is cleared and the failure is thrown. */
async function startOnce(
  services: WorkflowServices,
  run: Run,
  start: () => Promise<StartedExport>,
): Promise<StartedExport | 'in-doubt'> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof NotCleared || error instanceof ClearanceExpired) {
      await revertAsking(services, run, false);
      throw error instanceof NotCleared
        ? error
        : new ServiceFailure('Microsoft Graph', 'throttled', 'The call had to wait too long.');
    }
    if (!isDirectoryFailure(error)) throw error;
    if (error.mayHaveActed) return 'in-doubt';
    // Without a status the host was paused and the call was never sent.
    await revertAsking(services, run, error.reason === 'throttled' && error.status !== null);
    throw error;
  }
}

/** The refusal shown for a failure of an external system; null for any other error. */
function failureOf(error: unknown): { readonly permanent: boolean; readonly refusal: Refusal } | null {
  if (isDirectoryFailure(error)) {
    return {
      permanent: !error.transient,
      refusal: { reason: 'directory-unavailable', detail: error.message },
    };
  }
  if (isStorageFailure(error)) {
    return {
      permanent: !error.transient,
      refusal: { reason: 'storage-unavailable', detail: error.message },
    };
  }
  return null;
}
