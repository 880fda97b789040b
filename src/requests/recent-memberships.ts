import type { Member, Workspace } from '../domain/accounts.ts';
import type { AssetSource } from '../domain/asset-source.ts';
import type { Clock } from '../domain/clock.ts';

/** The settled results for a workspace and for its list of members. */
export type Membership = readonly [PromiseSettledResult<Workspace>, PromiseSettledResult<readonly Member[]>];

/** Cache lifetime of answers that are only displayed, in milliseconds. */
const cacheLifetimeMs = 60_000;

/** Time-out of a shared call, in milliseconds. */
const sharedCallTimeoutMs = 60_000;

interface Answer {
  readonly at: number;
  readonly membership: Promise<Membership>;
  settled?: Membership;
  /** The answer before, which is known until this one is. */
  readonly before?: Answer | undefined;
}

/** The cache, by source and workspace; it never has more entries than registered workspaces. */
const cache = new WeakMap<AssetSource, Map<string, Answer>>();

/** Reads from the service now who is a member of a workspace. Never rejects. */
export function askMembership(source: AssetSource, workspaceId: string, signal: AbortSignal): Promise<Membership> {
  return Promise.allSettled([source.workspace(workspaceId, signal), source.members(workspaceId, signal)]);
}

/**
 * Who was a member of a workspace within the last minute, or a shorter time in milliseconds. Concurrent callers share one call (single flight), which
 * continues when one of them aborts. Failures are returned to the callers that wait, and not cached. Rejects with the
 * signal's reason.
 */
export async function recentMembership(
  { source, clock }: { readonly source: AssetSource; readonly clock: Pick<Clock, 'now'> },
  workspaceId: string,
  signal: AbortSignal,
  maxAgeMs = cacheLifetimeMs,
): Promise<Membership> {
  signal.throwIfAborted();
  const byWorkspace = cache.get(source) ?? new Map();
  cache.set(source, byWorkspace);
  const now = clock.now();
  let answer = byWorkspace.get(workspaceId);
  if (answer === undefined || now - answer.at >= maxAgeMs || now < answer.at) {
    const membership = askMembership(source, workspaceId, AbortSignal.timeout(sharedCallTimeoutMs));
    const before = answer?.settled === undefined ? answer?.before : { ...answer, before: undefined };
    const asked: Answer = { at: now, membership, before };
    answer = asked;
    byWorkspace.set(workspaceId, asked);
    void membership.then((parts) => {
      asked.settled = parts;
      if (parts.some(({ status }) => status === 'rejected') && byWorkspace.get(workspaceId) === asked) {
        byWorkspace.delete(workspaceId);
      }
    });
  }
  return untilAborted(answer.membership, signal);
}

/** The members as they were read within the last minute, without a call; null when they were not. */
export function knownMembership(
  { source, clock }: { readonly source: AssetSource; readonly clock: Pick<Clock, 'now'> },
  workspaceId: string,
): readonly Member[] | null {
  const newest = cache.get(source)?.get(workspaceId);
  const answer = newest?.settled === undefined ? newest?.before : newest;
  const now = clock.now();
  if (answer?.settled === undefined || now - answer.at >= cacheLifetimeMs || now < answer.at) return null;
  const [, members] = answer.settled;
  return members.status === 'fulfilled' ? members.value : null;
}

/** Invalidates the cached answer of a workspace, because it is known to have changed. */
export function forgetMembership(source: AssetSource, workspaceId: string): void {
  cache.get(source)?.delete(workspaceId);
}

/** Waits for a shared promise, until this caller's own signal aborts. */
function untilAborted<Result>(shared: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
