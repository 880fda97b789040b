import type { Connection } from '../database/connection.ts';
import type { JobName, Place } from '../database/queue.ts';
import {
  countPreparing,
  countRunsAhead,
  type LockedRequest,
  lockRequest,
  newestTurnBegun,
  newestTurnOf,
  updateRequest,
} from '../database/request-rows.ts';
import { type Lane, laneOf, nextTurn, priorityOf } from '../domain/fair-queue.ts';
import type { RequestRecord } from '../domain/request.ts';
import type { RequestServices } from './request-services.ts';

/** The jobs that are queued fairly between people. */
type Work = Extract<JobName, 'prepare' | 'run'>;

/**
 * Enqueues the preparation or the run of a request by fair queuing between people. A run keeps its turn over all its
 * attempts. `startAfter` delays it.
 */
export async function enqueueWork(
  services: Pick<RequestServices, 'queue'>,
  trx: Connection,
  work: Work,
  number: number,
  startAfter?: Date,
): Promise<void> {
  const held = await lockRequest(trx, number);
  if (held === null) return;
  const place = work === 'run' ? await placeOfRun(trx, held) : await placeOfPreparation(trx, held.record);
  await services.queue.enqueue(
    trx,
    work,
    { request: number },
    { place, ...(startAfter === undefined ? {} : { startAfter }) },
  );
}

/**
 * Preparations take minutes only, so a simple priority is enough: the more of them a person has, the later they run.
 */
async function placeOfPreparation(trx: Connection, request: RequestRecord): Promise<Place> {
  return { group: groupOf(request), priority: -(await countPreparing(trx, request)) };
}

async function placeOfRun(trx: Connection, { record, lane, turn }: LockedRequest): Promise<Place> {
  const kept = lane !== null && turn !== null;
  const chosen = kept ? { lane, turn } : await chooseTurn(trx, record);
  if (!kept) await updateRequest(trx, record.number, chosen);
  const beside = await countRunsAhead(trx, record, chosen);
  // The queue limits concurrency per group; with one group per lane the limit applies to each lane separately.
  return { group: `${chosen.lane}/${groupOf(record)}`, priority: priorityOf(chosen.lane, chosen.turn, beside) };
}

async function chooseTurn(trx: Connection, request: RequestRecord): Promise<{ lane: Lane; turn: number }> {
  const lane = laneOf(request);
  const begun = await newestTurnBegun(trx, lane);
  return { lane, turn: nextTurn(begun, await newestTurnOf(trx, lane, request.requester)) };
}

function groupOf({ requester }: Pick<RequestRecord, 'requester'>): string {
  return `${requester.tenantId}/${requester.objectId}`;
}
