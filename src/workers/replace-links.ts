import { storageFailure } from '../archive/errors.ts';
import { listBlobName, partBlobName } from '../archive/part-names.ts';
import { movedContents } from '../archive/recorded-parts.ts';
import type { MovedPart, StoredPart } from '../database/archive-parts.ts';
import { requestId } from '../domain/request.ts';
import { isStorageFailure, ServiceFailure } from '../domain/service-failure.ts';
import {
  type RevocationBegun,
  type RevocationWork,
  recordCopies,
  recordLinksReplaced,
  recordRevocationTrouble,
  revocationWork,
} from '../requests/revoke.ts';
import { RunSupersededError } from '../requests/transition.ts';
import type { WorkflowServices } from '../workflows/workflow-services.ts';

/**
 * Makes the old links of a request stop working and keeps its archive: a link cannot be revoked by itself, but it opens
 * one blob name only. Copy, then record, then delete (as in expand and contract): first every part is copied to a new
 * name and verified, then all new names are recorded at once, and only then the old blobs are deleted, which is checked
 * before anybody is told. A worker that is lost at any point is followed by one that repeats what is not recorded.
 */
export async function replaceLinks(services: WorkflowServices, number: number, signal: AbortSignal): Promise<void> {
  try {
    const begun = await revocationWork(services, number);
    if (begun === null) return;
    await tellingTrouble(services, begun, signal, async () => {
      if (begun.revocation.stage === 'replacing') await copyParts(services, begun, signal);
      const deleting = await revocationWork(services, number);
      if (deleting?.revocation.stage !== 'deleting' || !isSame(deleting, begun)) return;
      await deleteReplaced(services, deleting, signal);
      await recordLinksReplaced(services, deleting);
      services.log.info('links were replaced', { request: number, parts: deleting.parts.length });
    });
  } catch (error) {
    // It has ended, or become a removal, which has a job of its own.
    if (!(error instanceof RunSupersededError)) throw error;
  }
}

/** Does a part of a revocation. What hinders it is recorded for the card, and thrown, so that the queue tries again. */
export async function tellingTrouble(
  services: WorkflowServices,
  begun: RevocationBegun,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof RunSupersededError) && !signal.aborted) {
      const trouble = isStorageFailure(error) ? error.message : 'Something went wrong on my side.';
      await recordRevocationTrouble(services, begun, trouble);
    }
    throw error;
  }
}

async function copyParts(services: WorkflowServices, work: RevocationWork, signal: AbortSignal): Promise<void> {
  const moved: MovedPart[] = [];
  for (const part of work.parts) {
    const copy = await copyPart(services, work, part, signal);
    if (copy !== null) moved.push(copy);
  }
  // Storage that has none of the parts is rather the wrong one than one from which everything was taken.
  if (moved.length === 0 && work.parts.length > 0) {
    throw new ServiceFailure('Blob Storage', 'not-found', 'None of the files of the archive is in storage.', {
      transient: true,
    });
  }
  await recordCopies(services, work, moved);
}

/**
 * Copies a part and the list beside it; null for a part that is no longer in storage. It has no working link, needs none,
 * and keeps its name.
 */
async function copyPart(
  { storage }: WorkflowServices,
  { request, revocation }: RevocationWork,
  { part, blobName, sizeBytes, sha256, contents }: StoredPart,
  signal: AbortSignal,
): Promise<MovedPart | null> {
  // A name as those of a run, so that the sweep knows whose it is.
  const target = partBlobName(requestId(request.number), revocation.attempt, part);
  if (!(await storage.copy(blobName, target, { sizeBytes, sha256 }, signal))) return null;
  await storage.copy(listBlobName(blobName), listBlobName(target), null, signal);
  return { part, blobName: target, contents: movedContents(contents, listBlobName(target)) };
}

/**
 * Deletes what the old links open, and whatever else the request has in storage beside its recorded parts, such as
 * copies that were lost. Returns only when storage has answered for each old blob that there is none (404), and a fresh
 * list shows nothing but the parts. Throws ServiceFailure; and RunSupersededError, with nothing deleted, once this
 * revocation has ended.
 */
async function deleteReplaced(services: WorkflowServices, work: RevocationWork, signal: AbortSignal): Promise<void> {
  const { storage } = services;
  const kept = new Set(work.parts.flatMap(({ blobName }) => [blobName, listBlobName(blobName)]));
  const others = async () => {
    const names: string[] = [];
    for await (const { name } of storage.list(`${requestId(work.request.number)}/`, signal)) {
      if (!kept.has(name)) names.push(name);
    }
    return names;
  };
  const replaced = work.revocation.replaced.filter((name) => !kept.has(name));
  // Listed before it is asked whether this revocation still holds: what a later one copies is then on no list of this one.
  const found = new Set([...replaced, ...(await others())]);
  const now = await revocationWork(services, work.request.number);
  if (now?.revocation.stage !== 'deleting' || !isSame(now, work)) {
    throw new RunSupersededError(
      `the links of request ${work.request.number} are no longer being replaced by this job`,
    );
  }
  for (const name of found) await storage.remove(name, signal);
  const left = [...(await others())];
  // Those of parts that were missing, too: such a part has kept its name, and must still be missing.
  for (const name of work.revocation.replaced) if (await storage.has(name, signal)) left.push(name);
  if (left.length > 0) {
    throw storageFailure('unavailable', 'A file that an old link opens is still in storage after I deleted it.');
  }
}

function isSame(one: RevocationBegun, other: RevocationBegun): boolean {
  return one.revocation.attempt === other.revocation.attempt;
}
