import type { Action, Phase } from './actions.ts';
import type { RevocationMethod } from './link-revocation.ts';
import type { Account, Addresses } from './people.ts';
import type { PolicyTerms } from './policy-rules.ts';
import type { ReviewerSet, VoterIdentity } from './reviews.ts';

/** The acting person, from the authenticated activity. */
export type Actor = Account & Addresses;

/** What the policy asks of the requester and the reviewers of a request. */
export type LifecycleTerms = Pick<
  PolicyTerms,
  'approvals' | 'reviews' | 'rejections' | 'rejectionNeedsComment' | 'typedName' | 'waitMinutes' | 'reasonNeeded'
>;

/** All events. Those with `by` come from people, the others from the system. */
export type RequestEvent =
  /** `version` is the one at the start of the preparation; the result of an outdated preparation is ignored. */
  | { readonly type: 'choice-needed'; readonly version: number }
  | { readonly type: 'previewed'; readonly version: number; readonly terms: LifecycleTerms }
  | { readonly type: 'refused'; readonly version: number }
  | { readonly type: 'chosen'; readonly by: Actor; readonly version: number }
  | {
      readonly type: 'confirmed';
      readonly by: Actor;
      readonly version: number;
      readonly action: Action;
      /** The name of its workspace was typed with the press. */
      readonly nameTyped: boolean;
      /** A reason was written with the press. */
      readonly hasReason: boolean;
    }
  /** `reviewsAs` are the sets of reviewers whose vote the person's is now. */
  | {
      readonly type: 'approved';
      readonly by: VoterIdentity;
      readonly version: number;
      readonly reviewsAs: readonly ReviewerSet[];
    }
  | {
      readonly type: 'disapproved';
      readonly by: VoterIdentity;
      readonly version: number;
      readonly reviewsAs: readonly ReviewerSet[];
      readonly hasComment: boolean;
    }
  /**
   * `version` is null when the cancellation was typed rather than pressed. `mayStop` says that this person may stop what
   * cools off, although it is not theirs: a reviewer of it, or an owner of its workspace.
   */
  | { readonly type: 'cancelled'; readonly by: Actor; readonly version: number | null; readonly mayStop?: boolean }
  /** The cooling-off period is over. `version` is the one for which the timer was set. */
  | { readonly type: 'waited'; readonly version: number }
  | { readonly type: 'started' }
  /** A run goes on to another part of its work, or takes back a call that had no effect (null). No new version. */
  | { readonly type: 'entered'; readonly phase: Phase | null }
  /**
   * The data differs from the confirmed preview: the person has to see the difference and confirm again. `untouched`
   * says that nothing was deleted and no part of an archive finished; later the event is refused.
   */
  | { readonly type: 'changed'; readonly untouched: boolean }
  | { readonly type: 'finished'; readonly outcome: 'succeeded' | 'partly-failed' | 'failed' }
  | { readonly type: 'stopped' }
  | { readonly type: 'gave-up' }
  /** `version` is the one for which the timer was set. */
  | { readonly type: 'expired'; readonly version: number }
  /** The requester wants every link that was handed out to stop working. */
  | {
      readonly type: 'links-revoked';
      readonly by: Actor;
      readonly version: number;
      readonly method: RevocationMethod;
      /** A legal hold keeps the archive. */
      readonly held?: boolean;
    }
  /** The copies of all parts are verified, and their names are recorded in this transaction. No new version. */
  | { readonly type: 'links-renamed' }
  /** What the old links opened was seen to be gone. */
  | { readonly type: 'links-replaced' };
