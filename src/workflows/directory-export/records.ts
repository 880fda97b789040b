import type { Connection } from '../../database/connection.ts';
import {
  type DirectoryExportChange,
  putDirectoryExport,
  putDirectoryFiles,
  updateDirectoryExport,
} from '../../database/directory-exports.ts';
import { appendAudit } from '../../database/history.ts';
import { lockRequest, type RequestChange, updateRequest } from '../../database/request-rows.ts';
import { storedJson } from '../../database/storable.ts';
import type { DirectoryOperation, DirectoryPerson, StartedExport } from '../../domain/directory.ts';
import type { DirectoryFile } from '../../domain/directory-export.ts';
import { freeTerms } from '../../domain/policy-rules.ts';
import type { Refusal } from '../../domain/refusals.ts';
import type { DataSubject, RequestRecord } from '../../domain/request.ts';
import { backoffReset } from '../../requests/backoff.ts';
import { held, type Run } from '../../requests/lease.ts';
import { phaseChange } from '../../requests/phase.ts';
import { enqueuePoll, pollBackoffMs } from '../../requests/poll.ts';
import type { Snapshot } from '../../requests/preparation.ts';
import { inTransaction, type RequestServices } from '../../requests/request-services.ts';
import { enqueueCards, transition } from '../../requests/transition.ts';

/** Prefix of the containers of operations; no archive container has it. */
export const containerPrefix = 'directory-export-dsr-';

/** Records whose data would be exported, for the person to confirm. Does nothing when the request has changed since. */
export async function recordDirectoryPreview(
  services: RequestServices,
  { number, version }: Snapshot,
  person: DirectoryPerson,
): Promise<void> {
  const container = `${containerPrefix}${number}-${services.newToken().replaceAll('-', '').slice(0, 12)}`;
  const { id: objectId, userPrincipalName, mail } = person;
  const subject: DataSubject = { objectId, userPrincipalName, mail };
  await transition(
    services,
    number,
    { type: 'previewed', version, terms: freeTerms(services.settings.policy.version) },
    {
      change: { ...backoffReset, choice: null, refusal: null, subject: storedJson(subject) },
      detail: { personId: person.id },
      also: (trx) => putDirectoryExport(trx, number, { person, container }),
    },
  );
}

/**
 * Records the call to Graph before it is sent (write-ahead), so that a request found in this phase without an operation
 * id has an unknown outcome. Does nothing when a stop was requested. Throws RunSupersededError.
 */
export async function beginAsking(
  services: RequestServices,
  run: Run,
  accessEndsAt: Date,
): Promise<{ stopRequested: boolean }> {
  return held(services, run, async (trx, request) => {
    if (request.stopRequested) return { stopRequested: true };
    const askedAt = new Date(services.clock.now());
    await enterPhase(services, trx, request, 'asking', { askedAt, accessEndsAt });
    return { stopRequested: false };
  });
}

/**
 * Reverts that record when Graph answered that the call had no effect. `wasRateLimited` when the call was rate limited:
 * should Graph refuse the next attempt, that may be because of this one. Throws RunSupersededError.
 */
export async function revertAsking(services: RequestServices, run: Run, wasRateLimited: boolean): Promise<void> {
  await held(services, run, async (trx, request) => {
    await updateRequest(trx, run.number, phaseChange(request, null));
    await updateDirectoryExport(trx, run.number, {
      askedAt: null,
      accessEndsAt: null,
      ...(wasRateLimited ? { turnedAway: true } : {}),
    });
  });
}

/** Records that Graph has accepted, and enqueues the first poll. Throws RunSupersededError. */
export async function recordAccepted(
  services: RequestServices,
  run: Run,
  { operationId, retryAfterMs }: StartedExport,
): Promise<void> {
  await held(services, run, async (trx, request) => {
    await enterPhase(services, trx, request, 'following', {
      operationId,
      status: 'notStarted',
      progress: 0,
    });
    // A stop that was requested meanwhile does not wait for the backoff.
    const wait = request.stopRequested ? 0 : pollBackoffMs(services, 1, retryAfterMs);
    await enqueuePoll(services, trx, run.number, 1, wait);
  });
}

/** Records the progress of the operation and enqueues the next poll. */
export async function recordOperation(
  services: RequestServices,
  number: number,
  poll: number,
  { status, progress, retryAfterMs }: DirectoryOperation,
): Promise<void> {
  await continuePolling(services, number, poll, retryAfterMs, null, { status, progress });
}

/** Shows a failed poll on the card and enqueues the next poll. */
export async function recordFailedPoll(
  services: RequestServices,
  number: number,
  poll: number,
  why: string,
  retryAfterMs: number | null,
): Promise<void> {
  await continuePolling(services, number, poll, retryAfterMs, { reason: 'directory-unavailable', detail: why }, null);
}

async function continuePolling(
  services: RequestServices,
  number: number,
  poll: number,
  retryAfterMs: number | null,
  refusal: Refusal | null,
  change: DirectoryExportChange | null,
): Promise<void> {
  await inTransaction(services, async (trx) => {
    const now = (await lockRequest(trx, number))?.record;
    // The request ended during the poll; the reason of its end is kept.
    if (now?.state !== 'running' || now.progress.phase !== 'following') return;
    await updateRequest(trx, number, { refusal: refusal === null ? null : storedJson(refusal) });
    if (change !== null) await updateDirectoryExport(trx, number, change);
    await enqueuePoll(services, trx, number, poll + 1, pollBackoffMs(services, poll + 1, retryAfterMs));
    await enqueueCards(services, trx, number, ['requester']);
  });
}

/** Stores the list of files that Graph has written, in batches. Returns the totals. */
export async function recordFiles(
  services: RequestServices,
  number: number,
  files: AsyncIterable<DirectoryFile>,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const { db } = services.database;
  let batch: DirectoryFile[] = [];
  let total = 0;
  let bytes = 0;
  const store = async () => {
    await putDirectoryFiles(db, number, total - batch.length, batch);
    batch = [];
  };
  let operationFile: DirectoryFile | null = null;
  for await (const { name, sizeBytes } of files) {
    if (isOperationFile(name)) {
      operationFile = { name, sizeBytes };
      continue;
    }
    batch.push({ name, sizeBytes });
    total += 1;
    bytes += sizeBytes;
    if (batch.length >= 500) await store();
  }
  if (total === 0 && operationFile !== null) {
    // The only file so far: it proves that the operation was started.
    batch.push(operationFile);
    total = 1;
    bytes = operationFile.sizeBytes;
  }
  await store();
  await updateDirectoryExport(db, number, { files: total, bytes });
  return { files: total, bytes };
}

/** True for the file with which Graph describes the operation itself; it holds none of the person's data. */
function isOperationFile(name: string): boolean {
  return /(?:^|\/)RequestInfo\.json$/iu.test(name);
}

async function enterPhase(
  services: RequestServices,
  trx: Connection,
  request: RequestRecord,
  phase: 'asking' | 'following',
  change: DirectoryExportChange,
): Promise<void> {
  const at = new Date(services.clock.now());
  const entered: RequestChange = { ...backoffReset, ...phaseChange(request, phase), refusal: null, updatedAt: at };
  await updateRequest(trx, request.number, entered);
  await updateDirectoryExport(trx, request.number, change);
  await appendAudit(trx, {
    at,
    tenantId: request.requester.tenantId,
    actor: request.requester.objectId,
    policyVersion: services.settings.policy.version,
    action: `directory.export.${phase}`,
    requestNumber: request.number,
    workspaceId: null,
    detail: change.operationId === undefined ? {} : { operation: change.operationId },
  });
  await enqueueCards(services, trx, request.number);
}
