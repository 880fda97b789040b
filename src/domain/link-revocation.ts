import { type Action, concernsPerson } from './actions.ts';
import type { LifecycleRefusal } from './lifecycle-refusal.ts';
import { type Account, samePerson } from './people.ts';

/** How links that were handed out are made to stop working: by new names for the parts, or by removing the archive. */
export type RevocationMethod = 'replace' | 'remove';

/**
 * What a revocation is busy with. `replacing`: the parts are being copied to new names, and the old links work.
 * `deleting`: the new names are recorded, and what the old links open is being deleted. `removing`: the whole archive is.
 */
export type RevocationStage = 'replacing' | 'deleting' | 'removing';

/** A revocation under way, as it is stored with its request. */
export interface LinkRevocation {
  readonly stage: RevocationStage;
  /** The copies are stored under it, as the parts of a run are under the run's own token. */
  readonly attempt: string;
  /** The blobs that the old links open, once the new names are recorded. */
  readonly replaced: readonly string[];
  /** Why it takes longer, as a sentence for the person; null while nothing hinders it. */
  readonly trouble: string | null;
}

/** Whether there are links that may work, and what is being done about them. */
export type LinkState = 'none' | 'handed-out' | RevocationStage;

/** The state of the links of a request; `none` before the first is handed out and once the archive is removed. */
export function linkStateOf({
  linkExpiresAt,
  archiveRemovedAt,
  revocation,
}: {
  readonly linkExpiresAt: Date | null;
  readonly archiveRemovedAt: Date | null;
  readonly revocation: LinkRevocation | null;
}): LinkState {
  if (linkExpiresAt === null || archiveRemovedAt !== null) return 'none';
  return revocation?.stage ?? 'handed-out';
}

/**
 * Why a revocation is refused; null when it begins. Nothing but the requester's press on the current card begins one, and
 * a replacement that is under way can still become a removal. Membership is not asked for: whoever got a link may have it
 * stop.
 */
export function revocationRefusal(
  now: { readonly requester: Account; readonly action: Action; readonly links: LinkState; readonly version: number },
  event: { readonly by: Account; readonly method: RevocationMethod; readonly version: number },
): LifecycleRefusal | null {
  if (!samePerson(event.by, now.requester)) return 'not-the-requester';
  if (now.links === 'none') return 'no-links';
  if (now.links === 'removing' || (now.links !== 'handed-out' && event.method === 'replace'))
    return 'already-confirmed';
  if (event.version !== now.version) return 'outdated-card';
  // Files that another service wrote keep the names that it gave them.
  return event.method === 'replace' && concernsPerson(now.action) ? 'not-waiting-for-this' : null;
}

/** A revocation that has just been asked for. */
export function beginRevocation(method: RevocationMethod, attempt: string): LinkRevocation {
  return { stage: method === 'replace' ? 'replacing' : 'removing', attempt, replaced: [], trouble: null };
}
