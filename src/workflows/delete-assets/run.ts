import { pMapIterable } from 'p-map';
import { noteDeletesAnswered, readUnsettled } from '../../database/asset-results.ts';
import { countOutcomes } from '../../database/request-assets.ts';
import { readRetries } from '../../database/request-rows.ts';
import { isTransient, SourceError } from '../../domain/asset-source.ts';
import { type ClearanceDenial, NotCleared } from '../../domain/clearance.ts';
import { type Refusal, refusalSentence } from '../../domain/refusals.ts';
import { type AssetResult, foundGone, type RequestAsset } from '../../domain/request.ts';
import {
  type Deletion,
  type Run,
  recordDeletions,
  recordDeletionsBegin,
  recordNotAsked,
  recordProgress,
} from '../../requests/lease.ts';
import { RunSupersededError } from '../../requests/transition.ts';
import { assetClearances } from '../clearances.ts';
import type { ProgressRate } from '../progress-rate.ts';
import type { JobServices } from '../workflow-services.ts';
import { isAssetsOwn } from './asset-failure.ts';
import { checkDeletions } from './verify-deletions.ts';

/**
 * Assets under way at a time. The source bounds its calls by itself; more are under way than it takes calls, so that
 * none of its places is empty, and so that assets found by their list share one.
 */
const atOnce = 128;

/** Results that are written together, and how long a result waits for others, in milliseconds. */
const resultsTogether = 64;
const resultWaitMs = 1_000;

/** So often in a row a failure in passing sets the request back before it counts as that of its asset. */
const mostFailuresInARow = 3;

/** What the deletions came to. */
export interface DeletionSummary {
  readonly stopped: boolean;
  /** Assets that are still there, or may be. */
  readonly exceptions: number;
  /** When a fresh list showed that everything deleted is gone; null when nothing was deleted or some still show. */
  readonly verifiedAt: Date | null;
}

/** One run's deletions: what is known of them while they go on. */
interface Work {
  readonly services: JobServices;
  readonly run: Run;
  /** Ends whatever is under way. */
  readonly ended: AbortController;
  readonly signal: AbortSignal;
  readonly progressRate: ProgressRate;
  settled: number;
  stopRequested: boolean;
  /** True when runs before this one were set back in a row, so that what fails again is not waited for. */
  readonly hasUsedBudget: boolean;
  /** True once an asset was left alone for the stop. */
  heldBack: boolean;
  /** Set once the policy no longer allows any of it. */
  refusal: Refusal | null;
  /** Assets of which a call of ours may have reached the service, and of which no result is known. */
  readonly unanswered: Set<number>;
  readonly clearanceFor: ReturnType<typeof assetClearances>;
  /** The first failure in passing; it ends the run when what is under way has ended. */
  failure: { readonly error: unknown } | null;
}

/**
 * Deletes a request's assets, many at a time, each with its own recorded result, then checks with fresh lists.
 * Goes on where an earlier run of the same request left off; what is recorded is not done again.
 * Passing failures are thrown, so that the queue tries again; lasting ones are recorded with the asset. Throws the
 * signal's reason.
 */
export async function deleteAssets(
  services: JobServices,
  run: Run,
  progressRate: ProgressRate,
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
    progressRate,
    settled: total - (before.get(null) ?? 0),
    stopRequested: run.request.stopRequested,
    hasUsedBudget: (await readRetries(db, run.number)) >= mostFailuresInARow,
    heldBack: false,
    refusal: null,
    unanswered: new Set(),
    clearanceFor: assetClearances(services, run, both),
    failure: null,
  };
  try {
    const interrupted = await readUnsettled(db, run.number);
    await deleteEach(work, interrupted, (asset) => deleteOne(work, asset, true));
    signal.throwIfAborted();
    await deleteEach(work, begin(work), (asset) => deleteOne(work, asset, false));
    signal.throwIfAborted();
  } finally {
    ended.abort(new Error('the deletions have ended'));
  }
  const check = await checkDeletions(services, run, signal);
  const { deleted: after } = await countOutcomes(db, run.number);
  const gone = (after.get('done') ?? 0) + (after.get('gone') ?? 0);
  const unreached = after.get(null) ?? 0;
  if (unreached > 0 && !work.stopRequested) {
    throw new Error(`request ${run.number} left ${unreached} assets out without being stopped`);
  }
  const settled = [...after.values()].reduce((sum, count) => sum + count, 0) - unreached;
  return {
    stopped: work.stopRequested && (work.heldBack || unreached > 0),
    exceptions: settled - gone,
    verifiedAt: check,
  };
}

/** Assets that nobody has begun to delete, each marked as begun before it is given. Ends early on a stop or a failure. */
async function* begin(work: Work): AsyncGenerator<RequestAsset, void, undefined> {
  let from = 0;
  while (!work.stopRequested && work.failure === null && !work.signal.aborted) {
    try {
      const { stopRequested, assets } = await recordDeletionsBegin(work.services, work.run, from, atOnce);
      work.stopRequested ||= stopRequested;
      const last = assets.at(-1);
      if (last === undefined) return;
      yield* assets;
      from = last.position + 1;
    } catch (error) {
      // Nothing more is sent from now on. What is under way already cannot be called back, so its answer is waited for.
      work.failure ??= { error };
    }
  }
}

/** Settles assets, many at a time, and records the results, many together. */
async function deleteEach(
  work: Work,
  assets: Iterable<RequestAsset> | AsyncIterable<RequestAsset>,
  settle: (asset: RequestAsset) => Promise<AssetResult | null>,
): Promise<void> {
  const { services, run } = work;
  const open: number[] = [];
  const deletions = pMapIterable(
    assets,
    async (asset): Promise<Deletion | null> => {
      if (work.failure === null) {
        try {
          const outcome = await settle(asset);
          return outcome && { asset, outcome };
        } catch (error) {
          work.failure ??= { error };
        }
      }
      open.push(asset.position);
      return null;
    },
    { concurrency: atOnce, backpressure: 2 * atOnce },
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
      await work.progressRate(() => report(work));
    } catch (error) {
      if (!(error instanceof RunSupersededError)) throw error;
      // Nothing more is sent from now on; what is under way cannot be called back, so its answers are waited for.
      work.failure ??= { error };
      await noteAnswers(work, waiting);
    }
    waiting = [];
    writtenAt = services.clock.now();
  };
  for await (const deletion of deletions) {
    if (deletion !== null) waiting.push(deletion);
    if (waiting.length >= resultsTogether || services.clock.now() - writtenAt >= resultWaitMs) await write();
  }
  await write();
  if (work.failure === null) return;
  // What certainly reached nobody is as it was before; only the rest is in doubt for the next run.
  const unsent = open.filter((each) => !work.unanswered.has(each));
  const isCurrent = !(work.failure.error instanceof RunSupersededError) && !work.signal.aborted;
  if (isCurrent) await recordNotAsked(services, run, unsent);
  throw work.failure.error;
}

/** A run that was taken over may record no result; but that a call was answered is a fact whoever has the request now. */
async function noteAnswers({ services, run }: Work, deletions: readonly Deletion[]): Promise<void> {
  const answered = deletions.filter(({ outcome }) => outcome.result === 'done').map(({ asset }) => asset.position);
  if (answered.length > 0) await noteDeletesAnswered(services.database.db, run.number, answered);
}

async function report({ services, run, settled }: Work): Promise<void> {
  const assetsTotal = run.request.progress.assetsTotal;
  await recordProgress(services, run, { phase: 'deleting', assetsDone: settled, assetsTotal, bytesDone: 0 });
}

/**
 * Deletes one asset, or says why it stays. `interrupted` when an earlier run may have asked for it already. Throws what
 * may pass, unless this one alone keeps failing: then that is its result. Null when nobody can tell.
 */
async function deleteOne(work: Work, asset: RequestAsset, interrupted: boolean): Promise<AssetResult | null> {
  const { services, run, signal } = work;
  try {
    return await tryToDelete(work, asset, interrupted);
  } catch (error) {
    if (!(error instanceof SourceError) || (isTransient(error) && !work.hasUsedBudget)) throw error;
    const workspaceId = run.request.workspace?.id ?? '';
    if (!(await isAssetsOwn(services.source, workspaceId, error, signal))) throw error;
    const inDoubt = work.unanswered.has(asset.position) || interrupted;
    const note = inDoubt ? `${error.message}${mayBeGone}` : error.message;
    return { result: 'failed', note, permanent: error.reason === 'unsupported' };
  }
}

async function tryToDelete(work: Work, asset: RequestAsset, interrupted: boolean): Promise<AssetResult | null> {
  const { services, run, signal, unanswered } = work;
  const { position } = asset;
  if (run.request.action === 'export-then-delete' && asset.exported?.result !== 'done') {
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
    if (error instanceof SourceError && !inDoubt && !error.mayHaveActed) unanswered.delete(position);
    throw error;
  }
}

/** What is known already to stand against every further deletion of a run. */
function denialOf({ stopRequested, refusal }: Work): ClearanceDenial | null {
  if (stopRequested) return { kind: 'stopped' };
  return refusal === null ? null : { kind: 'not-allowed', refusal };
}

/** What it means for an asset that its deletion was not sent. `inDoubt` when an earlier call of ours stayed unanswered. */
function notCleared(work: Work, asset: RequestAsset, denial: ClearanceDenial, inDoubt: boolean): AssetResult | null {
  switch (denial.kind) {
    case 'gone':
      return gone(asset, inDoubt);
    case 'changed':
      return kept('changed', 'it changed after you saw the preview. Ask again to delete it.', inDoubt);
    case 'not-allowed':
      work.refusal ??= denial.refusal;
      return kept('kept', `I may not delete it any more. ${refusalSentence(denial.refusal)}`, inDoubt);
    case 'stopped':
      work.stopRequested = true;
      // What a lost run may be deleting at this very moment is not called kept: its card says that it may be gone.
      if (inDoubt && work.run.hadEarlierRun) return null;
      work.heldBack = true;
      return kept('kept', 'you stopped.', inDoubt);
    case 'superseded':
      throw new RunSupersededError(`run of request ${work.run.number} was taken over`);
  }
}

/** Said of what failed although a call for its deletion may have had its effect. */
const mayBeGone = ' A call of mine got no answer, so it may be gone all the same: look for it before you ask again.';

/** Said of what is still there although an earlier call for its deletion stayed unanswered. */
const mayYetGo = ' An earlier call of mine got no answer: it was still there when I looked, but look again in a while.';

function kept(result: 'kept' | 'changed', because: string, inDoubt: boolean): AssetResult {
  return { result, note: `Kept, because ${because}${inDoubt ? mayYetGo : ''}` };
}

/** It is not there. Only an answer to a call of ours is proof that we deleted it. */
function gone({ deletionAnswered }: RequestAsset, inDoubt: boolean): AssetResult {
  if (deletionAnswered) return { result: 'done', note: null };
  return {
    result: 'gone',
    note: inDoubt
      ? 'It is gone. I asked for that and got no answer, so I cannot tell whether it was my call or somebody else.'
      : foundGone,
  };
}
