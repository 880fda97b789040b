/** Why an event does not apply. Each has its own sentence in `refusals.ts`. */
export type LifecycleRefusal =
  | 'not-the-requester'
  | 'requester-cannot-approve'
  | 'requesters-address-cannot-approve'
  | 'subject-cannot-approve'
  | 'not-an-approver'
  | 'already-voted'
  | 'comment-needed'
  | 'name-not-typed'
  | 'reason-needed'
  | 'outdated-card'
  | 'already-finished'
  | 'already-confirmed'
  | 'not-waiting-for-this'
  | 'widens-the-preview'
  | 'no-links'
  | 'held';
