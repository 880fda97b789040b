import { insertPart, type StoredPart } from '../database/archive-parts.ts';
import { recordDeleted, recordDeletesBegun, recordExported, revertDeletesBegun } from '../database/asset-results.ts';
import type { Connection } from '../database/connection.ts';
import { appendAudit } from '../database/history.ts';
import { anyWithoutResult } from '../database/request-assets.ts';
import { type LockedRequest, lockRequest, updateRequest } from '../database/request-rows.ts';
import { type Phase, traitsOf } from '../domain/actions.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { AssetResult, RequestAsset, RequestRecord } from '../domain/request.ts';
import { completedArchiveColumns } from './archive-keeping.ts';
import { backoffReset, refusalCleared } from './backoff.ts';
import { endingOf } from './ending.ts';
import { phaseChange } from './phase.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { enqueueCards, RunSupersededError, transition } from './transition.ts';

/**
 * A worker's lease on one request, until a later run takes it over. `token` is a fencing token: writes with an older
 * one are rejected.
 */
export interface Run {
  readonly number: number;
  readonly token: string;
  readonly request: RequestRecord;
  /** True when an earlier run has no recorded end: its process died, or it is still running without a heartbeat. */
  readonly hadEarlierRun: boolean;
}

/**
 * Takes the lease of a request for a worker. Null when there is nothing to do: the request has ended, or waits for a
 * person.
 */
export async function takeRun(services: RequestServices, number: number): Promise<Run | null> {
  const token = services.newToken();
  const at = new Date(services.clock.now());
  let hadEarlierRun = false;
  const outcome = await transition(
    services,
    number,
    { type: 'started' },
    {
      change: { runToken: token, startedAt: at },
      also: async (trx, _request, before) => {
        hadEarlierRun = before.runToken !== null;
        // The start time of the request is that of its first run.
        const { startedAt } = before.record;
        if (startedAt !== null) await updateRequest(trx, number, { startedAt });
      },
    },
  );
  return outcome.result === 'accepted' ? { number, token, request: outcome.request, hadEarlierRun } : null;
}

/** The progress of a running request, for its card. */
export interface Progress {
  readonly phase: Phase;
  readonly assetsDone: number;
  readonly assetsTotal: number;
  readonly bytesDone: number;
}

/** Records progress and enqueues the cards. Returns whether a stop was requested. Throws RunSupersededError. */
export async function recordProgress(
  services: RequestServices,
  run: Run,
  progress: Progress,
): Promise<{ stopRequested: boolean }> {
  return held(services, run, async (trx, request, now) => {
    // Repeating work that an earlier run did and lost is no progress, so it does not reset the retry budget.
    const reached = progress.assetsDone + progress.bytesDone;
    const retryBudgetChange =
      progress.phase === 'exporting' && reached > now.furthest ? { ...backoffReset, furthest: reached } : {};
    const { phase, ...shown } = neverDecreasing(request.progress, progress);
    const entered = phaseChange(request, phase);
    await updateRequest(trx, run.number, { ...refusalCleared, ...retryBudgetChange, ...shown, ...entered });
    await enqueueCards(services, trx, run.number, ['requester', 'public']);
    return { stopRequested: request.stopRequested };
  });
}

/** Records a finished archive part and the results of its assets, in one transaction. Throws RunSupersededError. */
export async function recordPart(
  services: RequestServices,
  run: Run,
  part: StoredPart,
  results: readonly { readonly position: number; readonly outcome: AssetResult }[],
): Promise<void> {
  await held(services, run, async (trx) => {
    await updateRequest(trx, run.number, { ...backoffReset, ...refusalCleared });
    await insertPart(trx, run.number, part, new Date(services.clock.now()));
    if (part.completes) await updateRequest(trx, run.number, await completedArchiveColumns(services, trx, run.number));
    await recordExported(trx, run.number, results);
  });
}

/**
 * Records the deletions that are about to be sent, before Studio is called (write-ahead), and returns the next assets
 * from a position on. When a stop was requested there are none. Throws RunSupersededError.
 */
export async function recordDeletionsBegin(
  services: RequestServices,
  run: Run,
  from: number,
  limit: number,
): Promise<{ readonly stopRequested: boolean; readonly assets: readonly RequestAsset[] }> {
  return held(services, run, async (trx, { stopRequested }) => ({
    stopRequested,
    assets: stopRequested ? [] : await recordDeletesBegun(trx, run.number, from, limit),
  }));
}

/**
 * Reverts the write-ahead record for some assets, when no call for them can have had an effect. Throws
 * RunSupersededError.
 */
export async function revertDeletionsBegun(
  services: RequestServices,
  run: Run,
  positions: readonly number[],
): Promise<void> {
  if (positions.length === 0) return;
  await held(services, run, (trx) => revertDeletesBegun(trx, run.number, positions));
}

/** The result of one asset's deletion. */
export interface Deletion {
  readonly asset: RequestAsset;
  readonly outcome: AssetResult;
}

/**
 * Records the results of some deletions in one transaction, with an audit row for each. Returns whether a stop was
 * requested. Throws RunSupersededError.
 */
export async function recordDeletions(
  services: RequestServices,
  run: Run,
  deletions: readonly Deletion[],
): Promise<{ readonly stopRequested: boolean }> {
  return held(services, run, async (trx, request) => {
    await updateRequest(trx, run.number, { ...backoffReset, ...refusalCleared });
    const results = deletions.map(({ asset: { position }, outcome }) => ({ position, outcome }));
    await recordDeleted(trx, run.number, results);
    const at = new Date(services.clock.now());
    await appendAudit(
      trx,
      ...deletions.map(({ asset: { asset }, outcome }) => ({
        at,
        tenantId: request.requester.tenantId,
        actor: request.requester.objectId,
        policyVersion: services.settings.policy.version,
        action: `asset.delete.${outcome.result}`,
        requestNumber: run.number,
        workspaceId: request.workspace?.id ?? null,
        detail: { kind: asset.kind, id: asset.id, familyId: asset.familyId, name: asset.name },
      })),
    );
    return { stopRequested: request.stopRequested };
  });
}

/** How a run ended. */
export interface Ending {
  readonly outcome: 'succeeded' | 'partly-failed' | 'failed';
  readonly refusal?: Refusal;
  /** When a new listing confirmed that the deleted assets no longer exist. */
  readonly verifiedAt?: Date | null;
}

/** A request to be ended: by a run, or without a token by a job that only polls it. */
export type Ended = Pick<Run, 'number' | 'request'> & { readonly token: string | null };

/**
 * Ends a run and releases a completed archive. Only a failed run may leave assets without a recorded result; otherwise
 * it changes nothing and throws an error. Throws RunSupersededError.
 */
export async function finishRun(services: RequestServices, run: Ended, ending: Ending): Promise<void> {
  const { change, also } = endingOf(services, run.number, ending.refusal ?? null, {
    verifiedAt: ending.verifiedAt ?? null,
  });
  const event = { type: 'finished', outcome: ending.outcome } as const;
  await transition(services, run.number, event, {
    ...tokenOf(run),
    change,
    also: async (trx, request) => {
      if (ending.outcome !== 'failed') await requireResults(trx, request);
      await also(trx);
    },
  });
}

/** Throws when an asset lacks the result of a step that the request takes with each asset. */
async function requireResults(trx: Connection, { number, action }: RequestRecord): Promise<void> {
  for (const step of traitsOf(action).steps) {
    if (await anyWithoutResult(trx, number, step)) {
      throw new Error(`request ${number} must not end: an asset has no result of being ${step}`);
    }
  }
}

/** Ends a run because a stop was requested. What was done until then stays recorded. */
export async function stopRun(services: RequestServices, run: Ended, verifiedAt: Date | null = null): Promise<void> {
  const options = endingOf(services, run.number, null, { verifiedAt });
  await transition(services, run.number, { type: 'stopped' }, { ...tokenOf(run), ...options });
}

function tokenOf({ token }: Ended): { readonly runToken?: string } {
  return token === null ? {} : { runToken: token };
}

/**
 * Displayed progress never decreases: it belongs to the request, while a later run counts again from what is recorded,
 * which may be less than an earlier run has shown.
 */
function neverDecreasing(before: RequestRecord['progress'], now: Progress): Progress {
  if (before.phase !== now.phase) return now;
  return {
    ...now,
    assetsDone: Math.max(before.assetsDone, now.assetsDone),
    bytesDone: Math.max(before.bytesDone, now.bytesDone),
  };
}

/** Runs work in a transaction with the request locked, after checking the fencing token. Throws RunSupersededError. */
export function held<Result>(
  services: RequestServices,
  run: Ended,
  work: (trx: Connection, request: RequestRecord, now: LockedRequest) => Promise<Result>,
): Promise<Result> {
  return inTransaction(services, async (trx) => {
    const now = await lockRequest(trx, run.number);
    if (!now || (run.token !== null && now.runToken !== run.token))
      throw new RunSupersededError(`run of request ${run.number} was taken over`);
    return work(trx, now.record, now);
  });
}
