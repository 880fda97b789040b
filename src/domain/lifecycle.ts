import { type Action, isRepeatable, type Phase, traitsOf } from './actions.ts';
import { conflictOfInterest } from './conflict-of-interest.ts';
import type { LifecycleRefusal } from './lifecycle-refusal.ts';
import { type LinkState, revocationRefusal } from './link-revocation.ts';
import { samePerson } from './people.ts';
import { reviewsOf } from './policy-rules.ts';
import { type DataSubject, finalStates, type RequestState } from './request.ts';
import type { Actor, LifecycleTerms, RequestEvent } from './request-events.ts';
import { isAdmitted, isApproved, type Review, type Voter } from './reviews.ts';
import { hasVoted } from './votes.ts';

/** The part of a request that the state machine decides by. */
export interface Lifecycle {
  readonly state: RequestState;
  /**
   * Incremented with every accepted event (optimistic locking): a press with another version comes from an outdated
   * card.
   */
  readonly version: number;
  readonly action: Action;
  readonly requester: Actor;
  /** The data subject, when it is a person in the requester's tenant. */
  readonly subject: DataSubject | null;
  /** Who must approve it before it runs; empty when nobody has to. */
  readonly reviews: readonly Review[];
  /** How many reviewers must reject to end it. */
  readonly rejectionsNeeded: number;
  /** Whether somebody who rejects has to say why. */
  readonly rejectionNeedsComment: boolean;
  /** Whether the requester has to type the workspace's name to confirm. */
  readonly typedNameNeeded: boolean;
  /** Whether the requester has to give a reason to confirm. */
  readonly reasonNeeded: boolean;
  /** Minutes of cooling-off before it starts; 0 when it starts at once. */
  readonly waitMinutes: number;
  /** Who has approved the present version so far, and who has rejected it. */
  readonly approvals: readonly Voter[];
  readonly rejections: readonly Voter[];
  /** What a running request is busy with; null in every other state, and before a run has begun its work. */
  readonly phase: Phase | null;
  /** A stop was requested while a worker runs; the worker then ends with `stopped`. */
  readonly stopRequested: boolean;
  /** Whether links to its archive may work. It is a state of its own beside `state`, and outlasts its end. */
  readonly links: LinkState;
  /** Set for a run of a schedule, whose confirmation counts for each of its exports. */
  readonly confirmedAhead?: true;
  /** Set while a legal hold covers something that it would delete. */
  readonly held?: true;
}

/** Work that is enqueued in the same transaction as the accepted event. */
export type Effect =
  | 'prepare'
  | 'run'
  | 'run-later'
  | 'ask-approvers'
  | 'expire-later'
  | 'poll'
  | 'replace-links'
  | 'remove-archive';

export type Decision =
  | {
      readonly accepted: true;
      readonly next: Lifecycle;
      readonly effects: readonly Effect[];
    }
  | { readonly accepted: false; readonly refusal: LifecycleRefusal };

/** The initial state of a request. */
export function begin(action: Action, requester: Actor): { next: Lifecycle; effects: readonly Effect[] } {
  return {
    next: {
      state: 'preparing',
      version: 1,
      action,
      requester,
      subject: null,
      reviews: [],
      rejectionsNeeded: 1,
      rejectionNeedsComment: false,
      typedNameNeeded: false,
      reasonNeeded: false,
      waitMinutes: 0,
      approvals: [],
      rejections: [],
      phase: null,
      stopRequested: false,
      links: 'none',
    },
    effects: ['prepare'],
  };
}

/**
 * The state machine of a request: the only function that decides a state change.
 *
 * Safety rules: only the requester confirms, and only the version that they were shown; the confirmation may add a
 * backup to the action but never a deletion, least of all of a whole workspace; what changed after its preview is
 * confirmed again; only what deletes nothing can be confirmed ahead, for every run of a schedule; an approver is neither
 * the requester nor the data subject, whatever account they use; a request runs only with as many approvals as it needs,
 * of as many people, for the version that it has; what has to cool off starts after that, and not before; no deletion of
 * what a legal hold covers is confirmed or approved, and its archive is not removed on request.
 */
export function decide(now: Lifecycle, event: RequestEvent): Decision {
  switch (event.type) {
    case 'links-revoked':
      return revokeLinks(now, event);
    case 'links-renamed':
      return now.links === 'replacing' ? acceptLinks(now, 'deleting', now.version) : refuse('not-waiting-for-this');
    case 'links-replaced':
      return now.links === 'deleting' ? acceptLinks(now, 'handed-out') : refuse('not-waiting-for-this');
  }
  if (finalStates.has(now.state)) return refuse('already-finished');
  switch (event.type) {
    case 'choice-needed':
      return whenPrepared(now, event) ?? accept(now, 'awaiting-choice', ['expire-later']);
    case 'previewed':
      return (
        whenPrepared(now, event) ??
        (isConfirmedAhead(now, event.terms)
          ? accept(now, 'scheduled', ['run'])
          : accept({ ...now, ...needsOf(event.terms) }, 'awaiting-confirmation', ['expire-later']))
      );
    case 'refused':
      return whenPrepared(now, event) ?? accept(now, 'rejected');
    case 'chosen':
      return whenPressed(now, event, 'awaiting-choice') ?? accept(now, 'preparing', ['prepare']);
    case 'confirmed':
      return confirm(now, event);
    case 'approved':
    case 'disapproved':
      return decideApproval(now, event);
    case 'cancelled':
      return cancel(now, event);
    case 'waited':
      return now.state === 'cooling-off' && event.version === now.version
        ? accept(now, 'scheduled', ['run'])
        : refuse('not-waiting-for-this');
    case 'started':
      return now.state === 'scheduled' || now.state === 'running'
        ? accept(now, 'running')
        : refuse('not-waiting-for-this');
    case 'entered':
      return enter(now, event.phase);
    case 'changed':
      return now.state === 'running' && event.untouched && !now.stopRequested
        ? accept(now, 'preparing', ['prepare'])
        : refuse('not-waiting-for-this');
    case 'finished':
      return now.state === 'running' ? accept(now, event.outcome) : refuse('not-waiting-for-this');
    case 'stopped':
      return now.state === 'running' && now.stopRequested ? accept(now, 'cancelled') : refuse('not-waiting-for-this');
    case 'gave-up':
      return now.state === 'preparing' || now.state === 'scheduled' || now.state === 'running'
        ? accept(now, 'failed')
        : refuse('not-waiting-for-this');
    case 'expired':
      return isWaitingForPeople(now.state) && event.version === now.version
        ? accept(now, 'expired')
        : refuse('not-waiting-for-this');
  }
}

/** True while a request waits for a person, so that it can expire. */
export function isWaitingForPeople(state: RequestState): boolean {
  return state === 'awaiting-choice' || state === 'awaiting-confirmation' || state === 'awaiting-approval';
}

/** Whether a prepared request runs without a press. Never a deletion, and never what needs an approval or a reason. */
function isConfirmedAhead({ confirmedAhead, action }: Lifecycle, { approvals, reasonNeeded }: LifecycleTerms): boolean {
  return confirmedAhead === true && approvals === 0 && reasonNeeded !== true && isRepeatable(action);
}

function confirm(now: Lifecycle, event: Extract<RequestEvent, { type: 'confirmed' }>): Decision {
  const refused = whenPressed(now, event, 'awaiting-confirmation');
  if (refused) return refused;
  if (!traitsOf(now.action).confirmableAs.includes(event.action)) return refuse('widens-the-preview');
  if (isHeld(now, event.action)) return refuse('held');
  if (now.typedNameNeeded && !event.nameTyped) return refuse('name-not-typed');
  if (now.reasonNeeded && !event.hasReason) return refuse('reason-needed');
  const confirmed = { ...now, action: event.action };
  return now.reviews.length > 0
    ? accept(confirmed, 'awaiting-approval', ['ask-approvers', 'expire-later'])
    : release(confirmed);
}

/** A legal hold keeps what would be deleted; a copy can always be made. */
function isHeld({ held }: Lifecycle, action: Action): boolean {
  return held === true && traitsOf(action).deletes !== 'nothing';
}

/** All conditions are met: it starts, or cools off first, so that it can still be stopped. */
function release(now: Lifecycle): Decision {
  return now.waitMinutes > 0 ? accept(now, 'cooling-off', ['run-later']) : accept(now, 'scheduled', ['run']);
}

/** Goes on to another phase, in the order that the action's traits allow. */
function enter(now: Lifecycle, phase: Phase | null): Decision {
  const following = traitsOf(now.action).phases.get(now.phase) ?? [];
  return now.state === 'running' && (phase === now.phase || following.includes(phase))
    ? { accepted: true, next: { ...now, phase }, effects: [] }
    : refuse('not-waiting-for-this');
}

function decideApproval(now: Lifecycle, event: Extract<RequestEvent, { type: 'approved' | 'disapproved' }>): Decision {
  if (now.state !== 'awaiting-approval')
    return refuse(isUnderWay(now.state) ? 'already-confirmed' : 'not-waiting-for-this');
  const conflict = conflictOfInterest(now, event.by);
  if (conflict !== null) return refuse(conflict);
  if (!isAdmitted(now.reviews, event.reviewsAs) || event.by.tenantId !== now.requester.tenantId)
    return refuse('not-an-approver');
  if (event.version !== now.version) return refuse('outdated-card');
  if (hasVoted([...now.approvals, ...now.rejections], event.by)) return refuse('already-voted');
  if (event.type === 'disapproved' && now.rejectionNeedsComment && !event.hasComment) return refuse('comment-needed');
  if (event.type === 'approved' && isHeld(now, now.action)) return refuse('held');
  const voted = event.type === 'approved' ? 'approvals' : 'rejections';
  const next = { ...now, [voted]: [...now[voted], { ...event.by, reviewsAs: event.reviewsAs }] };
  // Each vote can have its own effect only: a rejection never starts anything, whatever was approved before.
  if (event.type === 'disapproved' && next.rejections.length >= now.rejectionsNeeded) return accept(now, 'rejected');
  if (event.type === 'approved' && isApproved(now.reviews, next.approvals)) return release(now);
  // The version stays, so that the others vote on the same preview.
  return { accepted: true, next, effects: [] };
}

function needsOf(terms: LifecycleTerms) {
  return {
    reviews: reviewsOf(terms),
    rejectionsNeeded: terms.rejections,
    rejectionNeedsComment: terms.rejectionNeedsComment,
    typedNameNeeded: terms.typedName,
    reasonNeeded: terms.reasonNeeded ?? false,
    waitMinutes: terms.waitMinutes ?? 0,
  };
}

function cancel(now: Lifecycle, event: Extract<RequestEvent, { type: 'cancelled' }>): Decision {
  const isOthers = !samePerson(event.by, now.requester);
  const mayStop = now.state === 'cooling-off' && event.mayStop === true && event.by.tenantId === now.requester.tenantId;
  if (isOthers && !mayStop) return refuse('not-the-requester');
  // Stopping is harmless, so it is accepted from an outdated card while the request has only advanced by itself.
  if (event.version !== null && event.version > now.version) return refuse('outdated-card');
  if (now.state === 'running') {
    // While a request only polls (its workspace's deletion, or Graph), no worker is running that would notice the stop.
    const effects: readonly Effect[] = traitsOf(now.action).polled.length > 0 ? ['poll'] : [];
    return accept({ ...now, stopRequested: true }, 'running', effects);
  }
  return accept(now, 'cancelled');
}

function revokeLinks(now: Lifecycle, event: Extract<RequestEvent, { type: 'links-revoked' }>): Decision {
  const refusal = revocationRefusal(now, event);
  if (refusal !== null) return refuse(refusal);
  // Its links can be made useless all the same, by new ones.
  if (event.method === 'remove' && event.held === true) return refuse('held');
  return event.method === 'remove'
    ? acceptLinks(now, 'removing', now.version + 1, ['remove-archive'])
    : acceptLinks(now, 'replacing', now.version + 1, ['replace-links']);
}

function acceptLinks(
  now: Lifecycle,
  links: LinkState,
  version: number = now.version + 1,
  effects: readonly Effect[] = [],
): Decision {
  return { accepted: true, next: { ...now, links, version }, effects };
}

/** The preconditions of every press on a waiting request; null when they hold. */
function whenPressed(
  now: Lifecycle,
  event: { readonly by: Actor; readonly version: number },
  awaited: RequestState,
): Decision | null {
  if (!samePerson(event.by, now.requester)) return refuse('not-the-requester');
  if (now.state !== awaited) return refuse(isUnderWay(now.state) ? 'already-confirmed' : 'not-waiting-for-this');
  if (event.version !== now.version) return refuse('outdated-card');
  return null;
}

/** The preconditions of a finished preparation; null when they hold. */
function whenPrepared(now: Lifecycle, event: { readonly version: number }): Decision | null {
  return now.state === 'preparing' && event.version === now.version ? null : refuse('not-waiting-for-this');
}

function isUnderWay(state: RequestState): boolean {
  return ['awaiting-approval', 'cooling-off', 'scheduled', 'running'].includes(state);
}

/** A new version, for which nobody has voted yet. */
function accept(now: Lifecycle, state: RequestState, effects: readonly Effect[] = []): Decision {
  const phase = state === 'running' ? now.phase : null;
  return {
    accepted: true,
    next: { ...now, state, phase, approvals: [], rejections: [], version: now.version + 1 },
    effects,
  };
}

function refuse(refusal: LifecycleRefusal): Decision {
  return { accepted: false, refusal };
}
