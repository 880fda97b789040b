import type { Generated } from 'kysely';
import type { Maybe, MaybeTime } from './column-types.ts';

/** The outbox: a row for each card of a request, for one audience or one person. */
export interface CardsTable {
  id: Generated<number>;
  requestNumber: number;
  audience: 'requester' | 'public' | 'approvers';
  /**
   * The object id of the reviewer in whose own chat it stands, or the shared conversation that a rule of the policy
   * names; empty for the conversation of its audience.
   */
  recipient: Generated<string>;
  /** Null until the person has been reached for the first time. */
  conversationId: string | null;
  activityId: string | null;
  /** Version counter: grows whenever the card changes; `delivered` is the version that Teams has. */
  wanted: number;
  delivered: number;
  /** Set while a call to Teams is under way. Found at start, it means that the outcome is unknown. */
  sendingSince: MaybeTime;
  lastSentAt: MaybeTime;
  /** Consecutive failed calls. */
  attempts: Generated<number>;
  /** Why it was given up; such a card is retried only when there is a sign that its people can be reached. */
  undeliverable: string | null;
  /** When the first of the consecutive failures was. */
  failingSince: MaybeTime;
  /** What caused the last failure: this card alone, its conversation, or the service. */
  failure: Maybe<FailureScope>;
  /** Earliest moment of the next retry; a delivery is enqueued for then. */
  retryAt: MaybeTime;
  /** Since when other cards say that these people have not been reached; null once they have been. */
  unreachedSince: MaybeTime;
  givenUpAt: MaybeTime;
  timesGivenUp: Generated<number>;
  /** How many steps smaller than usual it has to be for Teams to accept it. */
  sizeStep: Generated<number>;
  /** True while only a reduced card could be made; the complete one stays in the outbox. */
  degraded: Generated<boolean>;
  /** Why its recipient is told that the request waits, without being shown it; null for those who are asked. */
  toldAs: Generated<ToldAs | null>;
}

/** Somebody who hears that a request waits, but may not decide: to whom a rule escalates it, or an administrator. */
export type ToldAs = 'escalation' | 'administrator';

/** What caused a failed delivery. */
export type FailureScope = 'card' | 'conversation' | 'service';
