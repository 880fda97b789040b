import type { Member, Workspace } from '../domain/accounts.ts';
import type { AssetSource } from '../domain/asset-source.ts';
import type { Clock } from '../domain/clock.ts';
import { RecentAnswers } from './recent-answers.ts';

/** The settled results for a workspace and for its list of members. */
export type Membership = readonly [PromiseSettledResult<Workspace>, PromiseSettledResult<readonly Member[]>];

/** Cache lifetime of answers that are only displayed, in milliseconds. */
const cacheLifetimeMs = 60_000;

/** Time-out of a shared call, in milliseconds. */
const sharedCallTimeoutMs = 60_000;

/** The cache, by source and workspace; it never has more entries than registered workspaces. */
const cache = new WeakMap<AssetSource, RecentAnswers<Membership>>();

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
  const ask = () => askMembership(source, workspaceId, AbortSignal.timeout(sharedCallTimeoutMs));
  return answersOf(source).get(workspaceId, clock, ask, signal, maxAgeMs);
}

/** The members as they were read within the last minute, without a call; null when they were not. */
export function knownMembership(
  { source, clock }: { readonly source: AssetSource; readonly clock: Pick<Clock, 'now'> },
  workspaceId: string,
): readonly Member[] | null {
  const members = answersOf(source).known(workspaceId, clock)?.[1];
  return members?.status === 'fulfilled' ? members.value : null;
}

/** Invalidates the cached answer of a workspace, because it is known to have changed. */
export function forgetMembership(source: AssetSource, workspaceId: string): void {
  answersOf(source).forget(workspaceId);
}

function answersOf(source: AssetSource): RecentAnswers<Membership> {
  const known = cache.get(source);
  if (known !== undefined) return known;
  const isRead = (parts: Membership) => parts.every(({ status }) => status === 'fulfilled');
  const made = new RecentAnswers(cacheLifetimeMs, isRead);
  cache.set(source, made);
  return made;
}
