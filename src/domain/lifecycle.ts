import { type Account, type Addresses, isSamePersonOrAddress, samePerson, sharesAddress } from './people.ts';
import { type Action, isWorkspaceDeletion } from './policy.ts';
import { type DataSubject, finalStates, type RequestState } from './request.ts';

/** The part of a request that decides what may happen to it next. */
export interface Lifecycle {
  readonly state: RequestState;
  /** Grows with every accepted event. A press that names another version was made on an outdated card. */
  readonly version: number;
  readonly action: Action;
  readonly requester: Presser;
  /** Whose data it is about, when that is a person in the requester's tenant. */
  readonly subject: DataSubject | null;
  readonly needsApproval: boolean;
  /** A stop was asked for while a worker runs; the worker ends with `stopped`. */
  readonly stopRequested: boolean;
}

/** A person acting, as the authenticated activity names them. */
type Presser = Account & Addresses;

/** Everything that can happen to a request. Those with `by` come from people, the others from the system. */
export type RequestEvent =
  /** `version` is the one that the preparation began with; a preparation that was overtaken changes nothing. */
  | { readonly type: 'choice-needed'; readonly version: number }
  | { readonly type: 'previewed'; readonly version: number; readonly needsApproval: boolean }
  | { readonly type: 'refused'; readonly version: number }
  | { readonly type: 'chosen'; readonly by: Presser; readonly version: number }
  | { readonly type: 'confirmed'; readonly by: Presser; readonly version: number; readonly action: Action }
  | { readonly type: 'approved'; readonly by: Presser; readonly version: number; readonly isApprover: boolean }
  | { readonly type: 'disapproved'; readonly by: Presser; readonly version: number; readonly isApprover: boolean }
  /** `version` is null when the cancellation was typed rather than pressed. */
  | { readonly type: 'cancelled'; readonly by: Presser; readonly version: number | null }
  | { readonly type: 'started' }
  /**
   * What is to be done is not what the preview showed: the person has to see the difference and confirm anew.
   * `untouched` says that nothing was deleted and no part of an archive finished; later there is no way back.
   */
  | { readonly type: 'changed'; readonly untouched: boolean }
  | { readonly type: 'finished'; readonly outcome: 'succeeded' | 'partly-failed' | 'failed' }
  | { readonly type: 'stopped' }
  | { readonly type: 'gave-up' }
  /** `version` is the one that the timer was set for. */
  | { readonly type: 'expired'; readonly version: number };

/** Why an event does not apply. Each has its own sentence in `refusals.ts`. */
export type LifecycleRefusal =
  | 'not-the-requester'
  | 'requester-cannot-approve'
  | 'requesters-address-cannot-approve'
  | 'subject-cannot-approve'
  | 'not-an-approver'
  | 'outdated-card'
  | 'already-finished'
  | 'already-confirmed'
  | 'not-waiting-for-this'
  | 'widens-the-preview';

/** Work that follows from an accepted event and is enqueued in the same transaction. */
export type Effect = 'prepare' | 'run' | 'ask-approvers' | 'expire-later' | 'look-again';

export type Decision =
  | {
      readonly accepted: true;
      readonly next: Lifecycle;
      readonly effects: readonly Effect[];
    }
  | { readonly accepted: false; readonly refusal: LifecycleRefusal };

/** Where a request begins, before anything has been looked up. */
export function begin(action: Action, requester: Presser): { next: Lifecycle; effects: readonly Effect[] } {
  return {
    next: {
      state: 'preparing',
      version: 1,
      action,
      requester,
      subject: null,
      needsApproval: false,
      stopRequested: false,
    },
    effects: ['prepare'],
  };
}

/**
 * The one function that says what a request becomes. Nothing else changes a state.
 *
 * Safety rules kept here: only the requester confirms, and only the version they were shown; the
 * confirmation may narrow the action or add a backup, never add a deletion, least of all a whole workspace's; what
 * changed after its preview is confirmed anew; an approver is neither the requester nor the person whose data it is,
 * whatever account they use; a request that needs approval never runs without it.
 */
export function decide(now: Lifecycle, event: RequestEvent): Decision {
  if (finalStates.has(now.state)) return refuse('already-finished');
  switch (event.type) {
    case 'choice-needed':
      return whenPrepared(now, event) ?? accept(now, 'awaiting-choice', ['expire-later']);
    case 'previewed':
      return (
        whenPrepared(now, event) ??
        accept({ ...now, needsApproval: event.needsApproval }, 'awaiting-confirmation', ['expire-later'])
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
    case 'started':
      return now.state === 'scheduled' || now.state === 'running'
        ? accept(now, 'running')
        : refuse('not-waiting-for-this');
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

/** True while a request stands still until a person acts, so that it can expire. */
export function isWaitingForPeople(state: RequestState): boolean {
  return state === 'awaiting-choice' || state === 'awaiting-confirmation' || state === 'awaiting-approval';
}

function confirm(now: Lifecycle, event: Extract<RequestEvent, { type: 'confirmed' }>): Decision {
  const obstacle = whenPressed(now, event, 'awaiting-confirmation');
  if (obstacle) return obstacle;
  if (!offered(now.action).includes(event.action)) return refuse('widens-the-preview');
  const confirmed = { ...now, action: event.action };
  return now.needsApproval
    ? accept(confirmed, 'awaiting-approval', ['ask-approvers', 'expire-later'])
    : accept(confirmed, 'scheduled', ['run']);
}

/**
 * What a preview of this action lets the person confirm. A preview of an export was never a preview of a deletion,
 * nor one of assets a preview of the workspace's. A backup may be added; leaving the deletion away is a different request.
 */
function offered(action: Action): readonly Action[] {
  switch (action) {
    case 'export':
      return ['export'];
    case 'delete':
    case 'export-then-delete':
      return ['delete', 'export-then-delete'];
    case 'delete-workspace':
    case 'export-then-delete-workspace':
      return ['delete-workspace', 'export-then-delete-workspace'];
    case 'export-directory-data':
      return ['export-directory-data'];
  }
}

function decideApproval(now: Lifecycle, event: Extract<RequestEvent, { type: 'approved' | 'disapproved' }>): Decision {
  if (now.state !== 'awaiting-approval')
    return refuse(isUnderWay(now.state) ? 'already-confirmed' : 'not-waiting-for-this');
  const own = ownMatter(now, event.by);
  if (own !== null) return refuse(own);
  if (!event.isApprover || event.by.tenantId !== now.requester.tenantId) return refuse('not-an-approver');
  if (event.version !== now.version) return refuse('outdated-card');
  return event.type === 'approved' ? accept(now, 'scheduled', ['run']) : accept(now, 'rejected');
}

/** True when somebody would decide about a request of their own, or about their own data. */
export function decidesOwnMatter(request: Pick<Lifecycle, 'requester' | 'subject'>, by: Presser): boolean {
  return ownMatter(request, by) !== null;
}

/** Four eyes: two accounts with an address in common count as one person here. Null when it is another's matter. */
function ownMatter(
  { requester, subject }: Pick<Lifecycle, 'requester' | 'subject'>,
  by: Presser,
): LifecycleRefusal | null {
  if (samePerson(by, requester)) return 'requester-cannot-approve';
  if (sharesAddress(by, requester)) return 'requesters-address-cannot-approve';
  const { tenantId } = requester;
  return subject !== null && isSamePersonOrAddress(by, { ...subject, tenantId }) ? 'subject-cannot-approve' : null;
}

function cancel(now: Lifecycle, event: Extract<RequestEvent, { type: 'cancelled' }>): Decision {
  if (!samePerson(event.by, now.requester)) return refuse('not-the-requester');
  // A stop is harmless, so an outdated card may ask for it while the request has merely moved on by itself.
  if (event.version !== null && event.version > now.version) return refuse('outdated-card');
  if (now.state === 'running') {
    // A request that waits for its workspace to be gone, or for Graph, has no worker that would notice the stop by itself.
    const waits = isWorkspaceDeletion(now.action) || now.action === 'export-directory-data';
    const effects: readonly Effect[] = waits ? ['look-again'] : [];
    return accept({ ...now, stopRequested: true }, 'running', effects);
  }
  return accept(now, 'cancelled');
}

/** Checks what every press on a waiting request must satisfy; null when nothing stands against it. */
function whenPressed(
  now: Lifecycle,
  event: { readonly by: Presser; readonly version: number },
  awaited: RequestState,
): Decision | null {
  if (!samePerson(event.by, now.requester)) return refuse('not-the-requester');
  if (now.state !== awaited) return refuse(isUnderWay(now.state) ? 'already-confirmed' : 'not-waiting-for-this');
  if (event.version !== now.version) return refuse('outdated-card');
  return null;
}

/** Checks what a finished preparation must satisfy; null when nothing stands against it. */
function whenPrepared(now: Lifecycle, event: { readonly version: number }): Decision | null {
  return now.state === 'preparing' && event.version === now.version ? null : refuse('not-waiting-for-this');
}

function isUnderWay(state: RequestState): boolean {
  return state === 'awaiting-approval' || state === 'scheduled' || state === 'running';
}

function accept(now: Lifecycle, state: RequestState, effects: readonly Effect[] = []): Decision {
  return { accepted: true, next: { ...now, state, version: now.version + 1 }, effects };
}

function refuse(refusal: LifecycleRefusal): Decision {
  return { accepted: false, refusal };
}
