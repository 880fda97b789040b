/** For whom a request is shown: the requester alone, everybody where it was asked, or the approvers. */
export type Audience = 'requester' | 'public' | 'approvers';

/** Fields that every card of a request carries, for its buttons and its refresh. */
export interface CardBasis {
  readonly request: string;
  readonly version: number;
  readonly refreshFor: readonly string[];
  /** The most bytes that the card may have, where Teams took no larger one. */
  readonly mostBytes?: number;
}
