/** Who can see a card: only the requester, everybody in the conversation of the request, or the approvers. */
export type Audience = 'requester' | 'public' | 'approvers';

/** Fields that every card of a request carries, for its buttons and its refresh. */
export interface CardBasis {
  readonly request: string;
  readonly version: number;
  readonly refreshFor: readonly string[];
  /** The most bytes of the card, where Teams accepted no larger one. */
  readonly mostBytes?: number;
}
