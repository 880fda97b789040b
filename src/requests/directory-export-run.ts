import type { Connection } from '../database/connection.ts';
import {
  type DirectoryExportChange,
  exportsToFollow,
  putDirectoryExport,
  putDirectoryFiles,
  readDirectoryFiles,
  updateDirectoryExport,
} from '../database/directory-exports.ts';
import { appendAudit } from '../database/history.ts';
import { holdRequest, type RequestChange, updateRequest } from '../database/request-rows.ts';
import { storedJson } from '../database/storable.ts';
import type { DirectoryOperation, DirectoryPerson, StartedExport } from '../domain/directory.ts';
import type { DirectoryFile } from '../domain/directory-export.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { DataSubject, RequestRecord } from '../domain/request.ts';
import { backoffReset } from './backoff.ts';
import { held, type Run } from './lease.ts';
import type { Snapshot } from './preparation.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { enqueueCards, transition } from './transition.ts';

/** Containers of operations begin so, and no archive's does. */
export const containerPrefix = 'directory-export-dsr-';

/** Waits between two looks at an operation, in milliseconds: they grow from the first to the last. */
const firstWaitMs = 30_000;
const longestWaitMs = 15 * 60_000;

/** Records whose data would be exported, for the person to confirm. Nothing happens when the request has moved on. */
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
    { type: 'previewed', version, needsApproval: false },
    {
      change: { ...backoffReset, choice: null, refusal: null, subject: storedJson(subject) },
      detail: { personId: person.id },
      also: (trx) => putDirectoryExport(trx, number, { person, container }),
    },
  );
}

/**
 * Notes, before Graph is asked, that it is about to be; whoever finds this without an operation knows that nobody
 * knows. Does nothing when the person asked to stop. Throws RunSupersededError.
 */
export async function beginAsking(
  services: RequestServices,
  run: Run,
  accessEndsAt: Date,
): Promise<{ stopRequested: boolean }> {
  return held(services, run, async (trx, request) => {
    if (request.stopRequested) return { stopRequested: true };
    const asked_at = new Date(services.clock.now());
    await enter(services, trx, request, 'asking', { asked_at, access_ends_at: accessEndsAt });
    return { stopRequested: false };
  });
}

/**
 * Takes the note back, since the call had no effect as far as Graph says. `turnedAway` when it had too many: should it
 * refuse the next attempt, that may be because of this one. Throws RunSupersededError.
 */
export async function forgetAsking(services: RequestServices, run: Run, turnedAway: boolean): Promise<void> {
  await held(services, run, async (trx) => {
    await updateRequest(trx, run.number, { phase: null });
    await updateDirectoryExport(trx, run.number, {
      asked_at: null,
      access_ends_at: null,
      ...(turnedAway ? { turned_away: true } : {}),
    });
  });
}

/** Records that Graph has accepted, and has the operation followed. Throws RunSupersededError. */
export async function recordAccepted(
  services: RequestServices,
  run: Run,
  { operationId, retryAfterMs }: StartedExport,
): Promise<void> {
  await held(services, run, async (trx, request) => {
    await enter(services, trx, request, 'following', { operation_id: operationId, status: 'notStarted', progress: 0 });
    // Whoever has asked to stop meanwhile need not wait.
    const wait = request.stopRequested ? 0 : waitBefore(services, 1, retryAfterMs);
    await enqueuePoll(services, trx, run.number, 1, wait);
  });
}

/** Records how far the operation is, and has it looked at again. */
export async function recordOperation(
  services: RequestServices,
  number: number,
  poll: number,
  { status, progress, retryAfterMs }: DirectoryOperation,
): Promise<void> {
  await followOn(services, number, poll, retryAfterMs, null, { status, progress });
}

/** Has the operation looked at again after a failure to look, which the card tells. */
export async function recordFailedPoll(
  services: RequestServices,
  number: number,
  poll: number,
  why: string,
  retryAfterMs: number | null,
): Promise<void> {
  await followOn(services, number, poll, retryAfterMs, { reason: 'directory-unavailable', detail: why }, null);
}

async function followOn(
  services: RequestServices,
  number: number,
  poll: number,
  retryAfterMs: number | null,
  refusal: Refusal | null,
  change: DirectoryExportChange | null,
): Promise<void> {
  await inTransaction(services, async (trx) => {
    const now = (await holdRequest(trx, number))?.record;
    // It has ended while Graph was asked; its reason stays.
    if (now?.state !== 'running' || now.progress.phase !== 'following') return;
    await updateRequest(trx, number, { refusal: refusal === null ? null : storedJson(refusal) });
    if (change !== null) await updateDirectoryExport(trx, number, change);
    await enqueuePoll(services, trx, number, poll + 1, waitBefore(services, poll + 1, retryAfterMs));
    await enqueueCards(services, trx, number, ['requester']);
  });
}

/** Has every operation that Graph has accepted looked at now; for looks that a crash or an outage has ended. */
export async function resumeFollowing(services: RequestServices): Promise<void> {
  const numbers = await exportsToFollow(services.database.db);
  await inTransaction(services, async (trx) => {
    for (const number of numbers) await enqueuePoll(services, trx, number, 1, 0);
  });
}

/** Stores what Graph has written, as it comes. Says what there is. */
export async function recordFiles(
  services: RequestServices,
  number: number,
  files: AsyncIterable<DirectoryFile>,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const { db } = services.database;
  let waiting: DirectoryFile[] = [];
  let total = 0;
  let bytes = 0;
  const store = async () => {
    await putDirectoryFiles(db, number, total - waiting.length, waiting);
    waiting = [];
  };
  let about: DirectoryFile | null = null;
  for await (const { name, sizeBytes } of files) {
    if (isAboutOperation(name)) {
      about = { name, sizeBytes };
      continue;
    }
    waiting.push({ name, sizeBytes });
    total += 1;
    bytes += sizeBytes;
    if (waiting.length >= 500) await store();
  }
  if (total === 0 && about !== null) {
    // All there is so far: it shows that the operation was started.
    waiting.push(about);
    total = 1;
    bytes = about.sizeBytes;
  }
  await store();
  await updateDirectoryExport(db, number, { files: total, bytes });
  return { files: total, bytes };
}

/** True for the file in which Graph keeps account of the operation itself; none of the person's data is in it. */
function isAboutOperation(name: string): boolean {
  return /(?:^|\/)RequestInfo\.json$/iu.test(name);
}

/** Some of the files that Graph wrote, in the order of their names. */
export function directoryFiles(
  services: RequestServices,
  number: number,
  from: number,
  limit: number,
): Promise<DirectoryFile[]> {
  return readDirectoryFiles(services.database.db, number, from, limit);
}

async function enqueuePoll(
  services: RequestServices,
  trx: Connection,
  number: number,
  poll: number,
  waitMs: number,
): Promise<void> {
  const startAfter = new Date(services.clock.now() + waitMs);
  const key = `follow-${number}`;
  await services.queue.enqueue(
    trx,
    'follow-directory-export',
    { request: number, poll },
    waitMs === 0 ? { key: `${key}-now` } : { startAfter, key },
  );
}

/** Never shorter than Graph asks for. */
function waitBefore({ settings }: RequestServices, poll: number, retryAfterMs: number | null): number {
  const first = settings.firstWatchMs ?? firstWaitMs;
  const grown = Math.min(first * 1.5 ** Math.min(poll - 1, 40), Math.max(first, longestWaitMs));
  return Math.max(grown, retryAfterMs ?? 0);
}

async function enter(
  services: RequestServices,
  trx: Connection,
  request: RequestRecord,
  phase: 'asking' | 'following',
  change: DirectoryExportChange,
): Promise<void> {
  const at = new Date(services.clock.now());
  const entered: RequestChange = { ...backoffReset, phase, refusal: null, updated_at: at };
  await updateRequest(trx, request.number, entered);
  await updateDirectoryExport(trx, request.number, change);
  await appendAudit(trx, {
    at,
    tenantId: request.requester.tenantId,
    actor: request.requester.objectId,
    action: `directory.export.${phase}`,
    requestNumber: request.number,
    workspaceId: null,
    detail: change.operation_id === undefined ? {} : { operation: change.operation_id },
  });
  await enqueueCards(services, trx, request.number);
}
