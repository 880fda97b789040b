import { readDirectoryExport } from '../../database/directory-exports.ts';
import { DirectoryError, type DirectoryOperation } from '../../domain/directory.ts';
import type { DirectoryExport } from '../../domain/directory-export.ts';
import type { RequestRecord } from '../../domain/request.ts';
import {
  canSearchForFiles,
  type DirectoryEnd,
  endDirectoryExport,
  recordSearch,
} from '../../requests/directory-export-end.ts';
import { recordFailedPoll, recordFiles, recordOperation } from '../../requests/directory-export-run.ts';
import { findRequest } from '../../requests/report.ts';
import type { JobServices } from '../workflow-services.ts';
import { isFollowed } from './run.ts';

/**
 * Looks at an operation of Graph: ends the request when it has ended, or has it looked at again. Of a request of which
 * nobody knows whether Graph was asked, it looks into the container instead. Throws ArchiveError.
 */
export async function followDirectoryExport(
  services: JobServices,
  number: number,
  poll: number,
  signal: AbortSignal,
): Promise<void> {
  const request = await findRequest(services, number);
  const followed = await readDirectoryExport(services.database.db, number);
  if (request === null || followed === null) return;
  if (canSearchForFiles(request)) {
    const { files } = await collect(services, number, followed, signal);
    return recordSearch(services, number, files);
  }
  if (!isFollowed(request)) return;
  const end = (how: DirectoryEnd) =>
    endDirectoryExport(services, { number, token: null, request }, followed.person.name, how);
  if (request.stopRequested) return end({ kind: 'stopped' });
  const operation = await pollOperation(services, request, followed, signal);
  if (!(operation instanceof DirectoryError)) {
    if (operation.status === 'complete') {
      await collect(services, number, followed, signal);
      return end({ kind: 'complete' });
    }
    if (operation.status === 'failed') {
      return end({ kind: 'failed', refusal: { reason: 'directory-export-failed', name: followed.person.name } });
    }
  }
  // From here on it can write nothing more, so waiting on would wait for nothing.
  if (services.clock.now() >= (followed.accessEndsAt?.getTime() ?? 0)) {
    const { files } = await collect(services, number, followed, signal);
    return end({ kind: 'cut-off', files });
  }
  if (operation instanceof DirectoryError) {
    return recordFailedPoll(services, number, poll, operation.message, operation.retryAfterMs);
  }
  return recordOperation(services, number, poll, operation);
}

/** A failure to look is no answer; the next look may give one, even after a refusal that an administrator mends. */
async function pollOperation(
  { directory, log }: JobServices,
  { number }: RequestRecord,
  { operationId }: DirectoryExport,
  signal: AbortSignal,
): Promise<DirectoryOperation | DirectoryError> {
  if (!directory) return new DirectoryError('forbidden', 'Microsoft Graph has been switched off here.');
  if (operationId === null) throw new Error(`request ${number} follows no operation`);
  try {
    return await directory.operation(operationId, signal);
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error;
    log.warn('could not look at an operation of the directory', { request: number, reason: error.reason });
    return error;
  }
}

function collect(
  services: JobServices,
  number: number,
  { container }: DirectoryExport,
  signal: AbortSignal,
): ReturnType<typeof recordFiles> {
  return recordFiles(services, number, services.dropOff.files(container, signal));
}
