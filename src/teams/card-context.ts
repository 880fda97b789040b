import type { Person } from '../domain/people.ts';
import type { RequestReport } from '../requests/report.ts';
import type { Pages } from './cards/pages.ts';
import type { TeamsServices } from './teams-services.ts';

/** Who can see a card: only the requester, everybody in the conversation of the request, or the approvers. */
export type Audience = 'requester' | 'public' | 'approvers';

/** Fields that every card of a request carries, for its buttons and its refresh. */
export interface CardBasis {
  readonly request: string;
  readonly version: number;
  readonly refreshFor: readonly string[];
  /** What its card says of the schedule of which it is a run; null for every other request. */
  readonly schedule?: { readonly name: string; readonly note: string | null; readonly isLeftOut: boolean } | null;
  /** The most bytes of the card, where Teams accepted no larger one. */
  readonly mostBytes?: number;
}

/** What the card of a request is made from. The module of each such card takes it whole, and returns the card's data. */
export interface CardContext {
  readonly services: TeamsServices;
  readonly report: RequestReport;
  readonly basis: CardBasis;
  readonly audience: Audience;
  /** The pages of its lists; the first ones where none is given. */
  readonly pages: Pages;
  /** The one person who sees it, where it is shown to one person only. */
  readonly reader?: Person;
}
