import { readDirectoryExport } from '../../database/directory-exports.ts';
import { isPolled } from '../../domain/actions.ts';
import type { DirectoryOperation } from '../../domain/directory.ts';
import type { DirectoryExport } from '../../domain/directory-export.ts';
import { canSearchForFiles } from '../../domain/directory-export.ts';
import type { RequestRecord } from '../../domain/request.ts';
import { isDirectoryFailure, ServiceFailure } from '../../domain/service-failure.ts';
import { findRequest } from '../../requests/report.ts';
import type { WorkflowServices } from '../workflow-services.ts';
import { type DirectoryEnd, endDirectoryExport, recordSearch } from './end.ts';
import { recordFailedPoll, recordFiles, recordOperation } from './records.ts';

/**
 * Polls an operation of Graph: ends the request when the operation has ended, or enqueues the next poll. When it is
 * unknown whether Graph received the export call, it lists the container's files instead. Throws ServiceFailure.
 */
export async function followDirectoryExport(
  services: WorkflowServices,
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
  if (!isPolled({ ...request, ...request.progress })) return;
  const end = (how: DirectoryEnd) =>
    endDirectoryExport(services, { number, token: null, request }, followed.person.name, how);
  if (request.stopRequested) return end({ kind: 'stopped' });
  const operation = await pollOperation(services, request, followed, signal);
  if (!isDirectoryFailure(operation)) {
    if (operation.status === 'complete') {
      await collect(services, number, followed, signal);
      return end({ kind: 'complete' });
    }
    if (operation.status === 'failed') {
      return end({ kind: 'failed', refusal: { reason: 'directory-export-failed', name: followed.person.name } });
    }
  }
  // The write access has expired, so Graph cannot write any more files.
  if (services.clock.now() >= (followed.accessEndsAt?.getTime() ?? 0)) {
    const { files } = await collect(services, number, followed, signal);
    return end({ kind: 'cut-off', files });
  }
  if (isDirectoryFailure(operation)) {
    return recordFailedPoll(services, number, poll, operation.message, operation.retryAfterMs);
  }
  return recordOperation(services, number, poll, operation);
}

/**
 * Reads the operation. A ServiceFailure is returned, not thrown: the next poll may succeed, even after a refusal, which
 * an administrator can correct.
 */
async function pollOperation(
  { directory, log }: WorkflowServices,
  { number }: RequestRecord,
  { operationId }: DirectoryExport,
  signal: AbortSignal,
): Promise<DirectoryOperation | ServiceFailure> {
  if (!directory) return new ServiceFailure('Microsoft Graph', 'forbidden', 'Microsoft Graph is switched off here.');
  if (operationId === null) throw new Error(`request ${number} polls no operation`);
  try {
    return await directory.operation(operationId, signal);
  } catch (error) {
    if (!isDirectoryFailure(error)) throw error;
    log.warn('could not poll a directory operation; retrying', { request: number, reason: error.reason });
    return error;
  }
}

function collect(
  services: WorkflowServices,
  number: number,
  { container }: DirectoryExport,
  signal: AbortSignal,
): ReturnType<typeof recordFiles> {
  return recordFiles(services, number, services.dropOff.files(container, signal));
}
