import { pMapIterable } from 'p-map';
import { readUnsettled, recordDeletesAnswered } from '../../database/asset-results.ts';
import { countOutcomes } from '../../database/request-assets.ts';
import { readRetries } from '../../database/request-rows.ts';
import { traitsOf } from '../../domain/actions.ts';
import { type ClearanceDenial, NotCleared } from '../../domain/clearance.ts';
import { type Refusal, refusalSentence } from '../../domain/refusals.ts';
import { type AssetResult, foundGone, type RequestAsset } from '../../domain/request.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';
import {
  type Deletion,
  type Run,
  recordDeletions,
  recordDeletionsBegin,
  recordProgress,
  revertDeletionsBegun,
} from '../../requests/lease.ts';
import { RunSupersededError } from '../../requests/transition.ts';
import { mainSource } from '../../sources/registry.ts';
import { assetClearances } from '../clearances.ts';
import type { ProgressThrottle } from '../progress-rate.ts';
import type { WorkflowServices } from '../workflow-services.ts';
import { isFailureOfAsset } from './asset-failure.ts';
import { verifyDeletions } from './verify-deletions.ts';

/**
 * Concurrent deletions. More than the source's own concurrency limit, so that its limiter always has a call waiting,
 * and so that assets that are looked up in the same list share one reading of it.
 */
const maxConcurrent = 128;

/** Batching of results: most results per transaction, and how long a result waits for others, in milliseconds. */
const resultBatch = 64;
const resultWaitMs = 1_000;

/**
 * Consecutive transient failures on one asset before the failure is recorded for the asset instead of retrying the
 * whole run.
 */
const maxConsecutiveFailures = 3;

/** Summary of all deletions of a request. */
export interface DeletionSummary {
  readonly stopped: boolean;
  /** Assets that are still there, or may be. */
  readonly exceptions: number;
  /**
   * When a fresh list showed that everything deleted is gone; null when nothing was deleted or some is still listed.
   */
  readonly verifiedAt: Date | null;
}

/** State of one run's deletions while they are carried out. */
interface Work {
  readonly services: WorkflowServices;
  readonly run: Run;
  /** Aborts all calls under way. */
  readonly ended: AbortController;
  readonly signal: AbortSignal;
  readonly progressThrottle: ProgressThrottle;
  settled: number;
  stopRequested: boolean;
  /**
   * True when consecutive earlier runs already ended with a transient failure: a failure of one asset alone is then
   * recorded for the asset instead of retrying the run.
   */
  readonly hasUsedBudget: boolean;
  /** True once an asset was kept because of the stop. */
  keptByStop: boolean;
  /** Set once the policy no longer allows the deletions; it then holds for all remaining assets. */
  refusal: Refusal | null;
  /** Set once a legal hold was found to cover something of the request; the rest of it then stays, too. */
  held: Extract<ClearanceDenial, { kind: 'held' }> | null;
  /** Positions of assets for which a delete call may have reached the service without a known result. */
  readonly unanswered: Set<number>;
  readonly clearanceFor: ReturnType<typeof assetClearances>;
  /** The failure that ends the run, such as a transient one to be retried; calls under way are awaited first. */
  failure: { readonly error: unknown } | null;
}

/**
 * Deletes a request's assets concurrently, records a result for each, then verifies with fresh lists. Resumes where an
 * earlier run of the same request stopped: assets with a recorded result are skipped. Transient failures are thrown, so
 * that the run is retried; permanent ones are recorded for the asset. Throws the signal's reason.
 */
export async function deleteAssets(
  services: WorkflowServices,
  run: Run,
  progressThrottle: ProgressThrottle,
  signal: AbortSignal,
): Promise<DeletionSummary> {
  const { db } = services.database;
  const total = run.request.progress.assetsTotal;
  const { deleted: before } = await countOutcomes(db, run.number);
  const ended = new AbortController();
  const both = AbortSignal.any([signal, ended.signal]);
  const work: Work = {
    services,
    run,
    ended,
    signal: both,
    progressThrottle,
    settled: total - (before.get(null) ?? 0),
    stopRequested: run.request.stopRequested,
    hasUsedBudget: (await readRetries(db, run.number)) >= maxConsecutiveFailures,
    keptByStop: false,
    refusal: null,
    held: null,
    unanswered: new Set(),
    clearanceFor: assetClearances(services, run, both),
    failure: null,
  };
  try {
    const interrupted = await readUnsettled(db, run.number);
    await deleteEach(work, interrupted, (asset) => deleteOne(work, asset, true));
    signal.throwIfAborted();
    await deleteEach(work, beginDeletions(work), (asset) => deleteOne(work, asset, false));
    signal.throwIfAborted();
  } finally {
    ended.abort(new Error('the deletions have ended'));
  }
  const check = await verifyDeletions(services, run, signal);
  const { deleted: after } = await countOutcomes(db, run.number);
  const gone = (after.get('done') ?? 0) + (after.get('gone') ?? 0);
  const unreached = after.get(null) ?? 0;
  if (unreached > 0 && !work.stopRequested) {
    throw new Error(`request ${run.number} left ${unreached} assets out without being stopped`);
  }
  const settled = [...after.values()].reduce((sum, count) => sum + count, 0) - unreached;
  return {
    stopped: work.stopRequested && (work.keptByStop || unreached > 0),
    exceptions: settled - gone,
    verifiedAt: check,
  };
}

/**
 * Yields assets whose deletion has not begun, each marked as begun first (write-ahead). Ends early on a stop or a
 * failure.
 */
async function* beginDeletions(work: Work): AsyncGenerator<RequestAsset, void, undefined> {
  let from = 0;
  while (!work.stopRequested && work.failure === null && !work.signal.aborted) {
    try {
      const { stopRequested, assets } = await recordDeletionsBegin(work.services, work.run, from, maxConcurrent);
      work.stopRequested ||= stopRequested;
      const last = assets.at(-1);
      if (last === undefined) return;
      yield* assets;
      from = last.position + 1;
    } catch (error) {
      // No more calls are sent. Calls under way cannot be called back, so their answers are awaited.
      work.failure ??= { error };
    }
  }
}

/** Runs `deleteAsset` for assets concurrently and records the results in batches. */
async function deleteEach(
  work: Work,
  assets: Iterable<RequestAsset> | AsyncIterable<RequestAsset>,
  deleteAsset: (asset: RequestAsset) => Promise<AssetResult | null>,
): Promise<void> {
  const { services, run } = work;
  const unresolved: number[] = [];
  const deletions = pMapIterable(
    assets,
    async (asset): Promise<Deletion | null> => {
      if (work.failure === null) {
        try {
          const outcome = await deleteAsset(asset);
          return outcome && { asset, outcome };
        } catch (error) {
          work.failure ??= { error };
        }
      }
      unresolved.push(asset.position);
      return null;
    },
    { concurrency: maxConcurrent, backpressure: 2 * maxConcurrent },
  );
  let waiting: Deletion[] = [];
  let writtenAt = services.clock.now();
  const write = async (): Promise<void> => {
    try {
      if (waiting.length > 0) {
        const { stopRequested } = await recordDeletions(services, run, waiting);
        work.stopRequested ||= stopRequested;
        work.settled += waiting.length;
      }
      await work.progressThrottle(() => report(work));
    } catch (error) {
      if (!(error instanceof RunSupersededError)) throw error;
      // No more calls are sent. Calls under way cannot be called back, so their answers are awaited.
      work.failure ??= { error };
      await noteAnswers(work, waiting);
    }
    waiting = [];
    writtenAt = services.clock.now();
  };
  for await (const deletion of deletions) {
    if (deletion !== null) waiting.push(deletion);
    if (waiting.length >= resultBatch || services.clock.now() - writtenAt >= resultWaitMs) await write();
  }
  await write();
  if (work.failure === null) return;
  // Clear the mark of assets for which certainly no call was sent; the next run has to check only the others.
  const unsent = unresolved.filter((each) => !work.unanswered.has(each));
  const isCurrent = !(work.failure.error instanceof RunSupersededError) && !work.signal.aborted;
  if (isCurrent) await revertDeletionsBegun(services, run, unsent);
  throw work.failure.error;
}

/**
 * A superseded run may not record results (its fencing token is no longer valid). That a delete call was answered stays
 * true, so only that is recorded.
 */
async function noteAnswers({ services, run }: Work, deletions: readonly Deletion[]): Promise<void> {
  const answered = deletions.filter(({ outcome }) => outcome.result === 'done').map(({ asset }) => asset.position);
  if (answered.length > 0) await recordDeletesAnswered(services.database.db, run.number, answered);
}

async function report({ services, run, settled }: Work): Promise<void> {
  const assetsTotal = run.request.progress.assetsTotal;
  await recordProgress(services, run, { phase: 'deleting', assetsDone: settled, assetsTotal, bytesDone: 0 });
}

/**
 * Deletes one asset, or returns why it stays. `interrupted`: an earlier run may already have sent the delete call.
 * Throws transient failures, so that the run is retried, unless only this asset keeps failing: then the failure is its
 * result. Returns null when it is unknown whether the asset was deleted.
 */
async function deleteOne(work: Work, asset: RequestAsset, interrupted: boolean): Promise<AssetResult | null> {
  const { services, run, signal } = work;
  try {
    return await tryToDelete(work, asset, interrupted);
  } catch (error) {
    if (!isSourceFailure(error) || (error.transient && !work.hasUsedBudget)) throw error;
    const workspaceId = run.request.workspace?.id ?? '';
    if (!(await isFailureOfAsset(services.source, workspaceId, error, signal))) throw error;
    const inDoubt = work.unanswered.has(asset.position) || interrupted;
    const note = inDoubt ? `${error.message}${mayBeGoneNote}` : error.message;
    return { result: 'failed', note, permanent: error.reason === 'unsupported' };
  }
}

async function tryToDelete(work: Work, asset: RequestAsset, interrupted: boolean): Promise<AssetResult | null> {
  const { services, run, signal, unanswered } = work;
  const { position } = asset;
  if (traitsOf(run.request.action).archives && asset.exported?.result !== 'done') {
    const permanent = asset.exported?.permanent ?? false;
    return { result: 'kept', note: 'Kept, because it could not be exported completely.', permanent };
  }
  let inDoubt = interrupted;
  const askForClearance = work.clearanceFor(asset, () => denialOf(work));
  try {
    const answer = await services.source.delete(
      run.request.workspace?.id ?? '',
      asset.asset,
      async (earlier) => {
        inDoubt ||= earlier;
        const clearance = await askForClearance(inDoubt);
        unanswered.add(position);
        return clearance;
      },
      signal,
    );
    return answer === 'deleted' ? { result: 'done', note: null } : gone(asset, inDoubt);
  } catch (error) {
    if (error instanceof NotCleared) {
      if (!inDoubt) unanswered.delete(position);
      return notCleared(work, asset, error.denial, inDoubt);
    }
    if (isSourceFailure(error) && !inDoubt && !error.mayHaveActed) unanswered.delete(position);
    throw error;
  }
}

/** The reason, if known already, why no further asset of this run may be deleted. */
function denialOf({ stopRequested, refusal, held }: Work): ClearanceDenial | null {
  if (stopRequested) return { kind: 'stopped' };
  if (held !== null) return held;
  return refusal === null ? null : { kind: 'not-allowed', refusal };
}

/** The result of an asset whose delete call was not sent. `inDoubt`: an earlier delete call got no answer. */
function notCleared(work: Work, asset: RequestAsset, denial: ClearanceDenial, inDoubt: boolean): AssetResult | null {
  switch (denial.kind) {
    case 'gone':
      return gone(asset, inDoubt);
    case 'changed':
      return kept('changed', 'it changed after you saw the preview. Ask again to delete it.', inDoubt);
    case 'not-allowed':
      work.refusal ??= denial.refusal;
      return kept('kept', `I am no longer allowed to delete it. ${refusalSentence(denial.refusal)}`, inDoubt);
    case 'held':
      work.held ??= denial;
      return kept('kept', heldWords, inDoubt);
    case 'stopped':
      work.stopRequested = true;
      // An earlier run may still be deleting it, so it is not reported as kept: the card says that it may be gone.
      if (inDoubt && work.run.hadEarlierRun) return null;
      work.keptByStop = true;
      return kept('kept', 'you stopped the request.', inDoubt);
    case 'superseded':
      throw new RunSupersededError(`run of request ${work.run.number} was superseded by a later run`);
  }
}

/** Added to a failure when a delete call may have succeeded all the same. */
const mayBeGoneNote = ` ${mainSource.name} did not answer my call to delete it, so it may be gone. Check in ${mainSource.name} before you ask again.`;

/** Added to an asset that still exists although an earlier delete call got no answer. */
const mayStillBeDeletedNote = ` ${mainSource.name} did not answer an earlier call to delete it. It was still there when I checked, but it may still be deleted: check again later.`;

/** Added to what stays because of a hold: never which one, since that may say whom it concerns. */
const heldWords = 'a legal hold stands on something of this request. Ask your Studio Steward administrator about it.';

function kept(result: 'kept' | 'changed', because: string, inDoubt: boolean): AssetResult {
  return { result, note: `Kept, because ${because}${inDoubt ? mayStillBeDeletedNote : ''}` };
}

/** The asset no longer exists. Only an answered delete call of ours proves that we deleted it. */
function gone({ deletionAnswered }: RequestAsset, inDoubt: boolean): AssetResult {
  if (deletionAnswered) return { result: 'done', note: null };
  return {
    result: 'gone',
    note: inDoubt
      ? `It is gone. I asked ${mainSource.name} to delete it and got no answer, so I cannot tell whether I or somebody else deleted it.`
      : foundGone,
  };
}
