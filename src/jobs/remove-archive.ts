import { readParts } from '../database/archive-parts.ts';
import { readDirectoryExport } from '../database/directory-exports.ts';
import { readRequest } from '../database/requests.ts';
import { finalStates, requestId, requestNumber } from '../domain/request.ts';
import { recordArchiveRemoved } from '../requests/archive-removal.ts';
import type { JobServices } from './services.ts';

/** Removes a request's archive from storage when its time is over, or when it never became whole. */
export async function removeArchive(services: JobServices, number: number, signal: AbortSignal): Promise<void> {
  const request = await readRequest(services.database.db, number);
  // A run that is under way writes there; its own end decides what becomes of the archive.
  if (!request || !finalStates.has(request.state)) return;
  const handedOver = await readDirectoryExport(services.database.db, number);
  if (handedOver !== null) await services.handover.remove(handedOver.container, signal);
  await services.storage.removeRequest(requestId(number), signal);
  await recordArchiveRemoved(services, number);
}

/** Names that the archive writer gives: request, attempt, file. Nothing else in the container is touched. */
const ours = /^DSR-\d+\/[0-9a-f-]{36}\/part-\d+\.(?:zip|list\.gz)$/u;

/** Blobs younger than this may belong to a run that has not recorded them yet, in milliseconds. */
const settledAfterMs = 24 * 3_600_000;

/** Removes blobs that no request refers to: what crashed runs left behind. */
export async function sweepStorage(services: JobServices, signal: AbortSignal): Promise<number> {
  let removed = 0;
  let current = { id: '', kept: new Set() as ReadonlySet<string> | 'all' };
  for await (const blob of services.storage.list('', signal)) {
    if (blob.ageMs < settledAfterMs || !ours.test(blob.name)) continue;
    const [id = '', attempt = ''] = blob.name.split('/');
    if (current.id !== id) current = { id, kept: await attemptsInUse(services, id) };
    if (current.kept === 'all' || current.kept.has(attempt)) continue;
    await services.storage.remove(blob.name, signal);
    removed += 1;
  }
  return removed;
}

async function attemptsInUse(services: JobServices, id: string): Promise<ReadonlySet<string> | 'all'> {
  const number = requestNumber(id);
  if (number === null) return new Set();
  const request = await readRequest(services.database.db, number);
  // Unknown here: perhaps this database was restored from an older copy. Its blobs are left to the account's own rule.
  if (!request) return 'all';
  if (request.archiveRemovedAt !== null) return new Set();
  const parts = await readParts(services.database.db, number);
  return new Set(parts.map(({ blobName }) => blobName.split('/')[1] ?? ''));
}
