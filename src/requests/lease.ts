import { insertPart, type StoredPart } from '../database/archive-parts.ts';
import { recordDeleted, recordDeletesBegun, recordExported, takeBackDeletesBegun } from '../database/asset-results.ts';
import type { Connection } from '../database/connection.ts';
import { appendAudit } from '../database/history.ts';
import { anyWithoutResult } from '../database/request-assets.ts';
import { type HeldRequest, holdRequest, type RequestChange, updateRequest } from '../database/request-rows.ts';
import type { Refusal } from '../domain/refusals.ts';
import { type AssetResult, assetSteps, type Phase, type RequestAsset, type RequestRecord } from '../domain/request.ts';
import { wholeArchive } from './archive-keeping.ts';
import { backoffReset, refusalCleared } from './backoff.ts';
import { endingOf } from './ending.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { enqueueCards, RunSupersededError, transition } from './transition.ts';

/** A worker's right to carry out one request, until a later run takes it over. */
export interface Run {
  readonly number: number;
  readonly token: string;
  readonly request: RequestRecord;
  /** True when an earlier run had not ended: it was lost with its process, or works on unheard. */
  readonly hadEarlierRun: boolean;
}

/** Takes a request for a worker. Null when there is nothing to do: it has ended, or waits for a person. */
export async function takeRun(services: RequestServices, number: number): Promise<Run | null> {
  const token = services.newToken();
  const at = new Date(services.clock.now());
  let hadEarlierRun = false;
  const outcome = await transition(
    services,
    number,
    { type: 'started' },
    {
      change: { run_token: token, started_at: at },
      also: async (trx, _request, before) => {
        hadEarlierRun = before.runToken !== null;
        // It was started when its first run was.
        const { startedAt } = before.record;
        if (startedAt !== null) await updateRequest(trx, number, { started_at: startedAt });
      },
    },
  );
  return outcome.result === 'accepted' ? { number, token, request: outcome.request, hadEarlierRun } : null;
}

/** Where a running request stands, for its card. */
export interface Progress {
  readonly phase: Phase;
  readonly assetsDone: number;
  readonly assetsTotal: number;
  readonly bytesDone: number;
}

/** Records progress and has the cards follow. Returns whether the person asked to stop. Throws RunSupersededError. */
export async function recordProgress(
  services: RequestServices,
  run: Run,
  progress: Progress,
): Promise<{ stopRequested: boolean }> {
  return held(services, run, async (trx, request, now) => {
    // What a run before this one had done, and lost with it, is no progress.
    const reached = progress.assetsDone + progress.bytesDone;
    const further =
      progress.phase === 'exporting' && reached > now.furthest ? { ...backoffReset, furthest: reached } : {};
    const shown = progressColumns(furthest(request.progress, progress));
    await updateRequest(trx, run.number, { ...refusalCleared, ...further, ...shown });
    await enqueueCards(services, trx, run.number, ['requester', 'public']);
    return { stopRequested: request.stopRequested };
  });
}

/** Records a finished archive part and what became of its assets, together. Throws RunSupersededError. */
export async function recordPart(
  services: RequestServices,
  run: Run,
  part: StoredPart,
  results: readonly { readonly position: number; readonly outcome: AssetResult }[],
): Promise<void> {
  await held(services, run, async (trx) => {
    await updateRequest(trx, run.number, { ...backoffReset, ...refusalCleared });
    await insertPart(trx, run.number, part, new Date(services.clock.now()));
    if (part.completes) await updateRequest(trx, run.number, await wholeArchive(services, trx, run.number));
    await recordExported(trx, run.number, results);
  });
}

/**
 * Notes, before Studio is asked, that the next assets from a position on are about to be deleted, and gives them.
 * Says whether a stop was asked for; then there are none. Throws RunSupersededError.
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
 * Takes back, for some assets, the note that they are about to be deleted: no call for them can have had an effect.
 * Throws RunSupersededError.
 */
export async function recordNotAsked(services: RequestServices, run: Run, positions: readonly number[]): Promise<void> {
  if (positions.length === 0) return;
  await held(services, run, (trx) => takeBackDeletesBegun(trx, run.number, positions));
}

/** What became of one asset's deletion. */
export interface Deletion {
  readonly asset: RequestAsset;
  readonly outcome: AssetResult;
}

/**
 * Records what became of some deletions together, with an audit row for each. Says whether a stop was asked for.
 * Throws RunSupersededError.
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
  /** When a fresh list showed that what was deleted is gone. */
  readonly verifiedAt?: Date | null;
}

/** A request that is ended by a run, or, without a token, by somebody who has only watched it. */
export type Ended = Pick<Run, 'number' | 'request'> & { readonly token: string | null };

/**
 * Ends a run. A whole archive is handed over with it. Only a failed one may leave assets without a recorded result;
 * otherwise nothing is changed and an error is thrown. Throws RunSupersededError.
 */
export async function finishRun(services: RequestServices, run: Ended, ending: Ending): Promise<void> {
  const { change, also } = endingOf(services, run.number, ending.refusal ?? null, {
    verified_at: ending.verifiedAt ?? null,
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

/** Throws when an asset has no result of a step that the request takes with each of its assets. */
async function requireResults(trx: Connection, { number, action }: RequestRecord): Promise<void> {
  for (const step of assetSteps(action)) {
    if (await anyWithoutResult(trx, number, step)) {
      throw new Error(`request ${number} must not end: an asset has no result of being ${step}`);
    }
  }
}

/** Ends a run because the person asked to stop. What was done until then stays recorded. */
export async function stopRun(services: RequestServices, run: Ended, verifiedAt: Date | null = null): Promise<void> {
  const options = endingOf(services, run.number, null, { verified_at: verifiedAt });
  await transition(services, run.number, { type: 'stopped' }, { ...tokenOf(run), ...options });
}

function tokenOf({ token }: Ended): { readonly runToken?: string } {
  return token === null ? {} : { runToken: token };
}

/**
 * Progress belongs to the request, not to one of its runs: a later run counts again from what is recorded, which may be
 * less than an earlier one has shown.
 */
function furthest(before: RequestRecord['progress'], now: Progress): Progress {
  if (before.phase !== now.phase) return now;
  return {
    ...now,
    assetsDone: Math.max(before.assetsDone, now.assetsDone),
    bytesDone: Math.max(before.bytesDone, now.bytesDone),
  };
}

function progressColumns(progress: Progress): RequestChange {
  return {
    phase: progress.phase,
    assets_done: progress.assetsDone,
    assets_total: progress.assetsTotal,
    bytes_done: progress.bytesDone,
  };
}

/** Does work in a transaction that holds the request, when the run is still the current one. Throws RunSupersededError. */
export function held<Result>(
  services: RequestServices,
  run: Ended,
  work: (trx: Connection, request: RequestRecord, now: HeldRequest) => Promise<Result>,
): Promise<Result> {
  return inTransaction(services, async (trx) => {
    const now = await holdRequest(trx, run.number);
    if (!now || (run.token !== null && now.runToken !== run.token))
      throw new RunSupersededError(`run of request ${run.number} was taken over`);
    return work(trx, now.record, now);
  });
}
