import type { Member, Workspace } from '../domain/accounts.ts';
import type { AssetSource } from '../domain/asset-source.ts';
import type { Clock } from '../domain/clock.ts';

/** What a workspace and its list of members answered, each for itself. */
export type Membership = readonly [PromiseSettledResult<Workspace>, PromiseSettledResult<readonly Member[]>];

/** How long an answer is believed where nothing is done with it but showing, in milliseconds. */
const believedMs = 60_000;

/** The longest that a question shared by several people may take, in milliseconds. */
const sharedQuestionMs = 60_000;

/** Answers by source and workspace; there are never more than registered workspaces. */
const answers = new WeakMap<
  AssetSource,
  Map<string, { readonly at: number; readonly membership: Promise<Membership> }>
>();

/** Asks the service now who is a member of a workspace. Never rejects. */
export function askMembership(source: AssetSource, workspaceId: string, signal: AbortSignal): Promise<Membership> {
  return Promise.allSettled([source.workspace(workspaceId, signal), source.members(workspaceId, signal)]);
}

/**
 * Who was a member of a workspace within the last minute: one question serves everybody who asks meanwhile (single
 * flight), and goes on when one of them has left. Failures are told to those who wait and then forgotten. Rejects with
 * the signal's reason.
 */
export async function recentMembership(
  { source, clock }: { readonly source: AssetSource; readonly clock: Pick<Clock, 'now'> },
  workspaceId: string,
  signal: AbortSignal,
): Promise<Membership> {
  signal.throwIfAborted();
  const known = answers.get(source) ?? new Map();
  answers.set(source, known);
  const now = clock.now();
  let answer = known.get(workspaceId);
  if (answer === undefined || now - answer.at >= believedMs || now < answer.at) {
    const membership = askMembership(source, workspaceId, AbortSignal.timeout(sharedQuestionMs));
    const asked = { at: now, membership };
    answer = asked;
    known.set(workspaceId, asked);
    void membership.then((parts) => {
      if (parts.some(({ status }) => status === 'rejected') && known.get(workspaceId) === asked) {
        known.delete(workspaceId);
      }
    });
  }
  return leaving(answer.membership, signal);
}

/** Forgets what a workspace answered, since it is known to be otherwise now. */
export function forgetMembership(source: AssetSource, workspaceId: string): void {
  answers.get(source)?.delete(workspaceId);
}

/** Waits for what others wait for too, until this one's own signal. */
function leaving<Result>(shared: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
