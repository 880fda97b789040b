import { z } from 'zod';
import { pickOrders } from '../../domain/asset-mentions.ts';
import { assetKinds, assetStatuses } from '../../domain/assets.ts';
import { pageNumber, pages } from './pages.ts';

/**
 * Verb of every button that answers, changes or pages through a request. Its data holds the request's number, the
 * version that the person saw (for optimistic locking) and the choice; none of it grants any right.
 */
export const chooseVerb = 'choose';

/** Verb of an example button: its sentence is handled as if the person had typed it. */
export const sayVerb = 'say';

/** The most characters that are read of a field; a client may send more than the card allows. */
const longestInput = 4_000;

/** What a `choose` button sends back; missing or additional fields are refused. */
export const choosePress = z.strictObject({
  request: z.string().max(20),
  version: z.int().positive(),
  choice: z.string().max(30),
  /** Which pages to show, when the choice is to turn a page. */
  pages: pages.exactOptional(),
  /** What a reviewer wrote into the card's field; Teams sends it with each of its buttons. */
  comment: z.string().max(longestInput).exactOptional(),
  /** The workspace's name, as the requester typed it. */
  typed: z.string().max(longestInput).exactOptional(),
  /** Why it is to be done, as the requester wrote it. */
  reason: z.string().max(longestInput).exactOptional(),
});

/** Verb of a button that turns a page of an asset list that belongs to no request. */
export const listVerb = 'list';

/** The longest name filter that a button can carry; no name is longer. */
export const longestFilter = 300;

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u);

/** How many of a selection, by age or size. */
export const pickShape = z.strictObject({
  by: z.enum(pickOrders),
  count: z.int().positive().max(9_999),
  rest: z.literal(true).exactOptional(),
});

/** Bounds of a size, in bytes. */
export const sizeShape = z.strictObject({
  over: z.int().nonnegative().exactOptional(),
  under: z.int().nonnegative().exactOptional(),
});

const ownerShape = z.string().min(1).max(longestFilter);

/** One person or several whose things are left out. */
export const exceptedOwnersShape = z.union([ownerShape, z.array(ownerShape).min(1).max(10).readonly()]);

/** What a list is limited to. */
export const listLimits = z.strictObject({
  kind: z.enum(assetKinds).exactOptional(),
  filter: z.string().exactOptional(),
  after: day.exactOptional(),
  before: day.exactOptional(),
  size: sizeShape.exactOptional(),
  pick: pickShape.exactOptional(),
  unused: z.literal(true).exactOptional(),
  owner: z.string().max(longestFilter).exactOptional(),
  exceptOwner: exceptedOwnersShape.exactOptional(),
  status: z.enum(assetStatuses).exactOptional(),
  exceptKinds: z.array(z.enum(assetKinds)).max(assetKinds.length).readonly().exactOptional(),
});

/** What a `list` button sends back: which list. The person's membership is checked again on each press. */
export const listPress = listLimits.extend({
  workspace: z.string().max(100),
  filter: z.string().max(longestFilter).exactOptional(),
  page: pageNumber,
  /** Rows per page, where Teams accepted only a smaller card than usual. */
  rows: z.int().min(1).max(20).exactOptional(),
});

/** Verb of a button about a schedule. */
export const scheduleVerb = 'schedule';

/** What a `schedule` button sends back; who pressed it comes from the activity. */
export const schedulePress = z.strictObject({
  schedule: z.int().positive(),
  version: z.int().positive(),
  choice: z.enum(['confirm', 'decline', 'stop', 'stop-in-list']),
});

/** Verb of a button about the link of an address. */
export const addressVerb = 'address';

/** What an `address` button sends back: the number of the preview. */
export const addressPress = z.strictObject({
  change: z.int().positive(),
  choice: z.enum(['confirm', 'decline']),
});

/** Verb of a button about a legal hold. */
export const holdVerb = 'hold';

/** The longest hold that is not recorded yet, as JSON on its button. */
const longestDraft = 3_000;

/**
 * What a `hold` button sends back: a hold that still lacks its reference or reason, with what was written; the number of
 * a hold; or that of the preview of lifting one. Who pressed it comes from the activity, and whether they may is checked.
 */
export const holdPress = z.union([
  z.strictObject({
    draft: z.string().min(2).max(longestDraft),
    reference: z.string().max(longestInput).exactOptional(),
    reason: z.string().max(longestInput).exactOptional(),
  }),
  z.strictObject({
    hold: z.int().positive(),
    choice: z.enum(['place', 'decline', 'show', 'lift']),
    reason: z.string().max(longestInput).exactOptional(),
  }),
  z.strictObject({ lift: z.int().positive(), choice: z.enum(['confirm', 'decline']) }),
]);

/** Verb of a button that turns a page of the record of a request. */
export const recordVerb = 'record';

/** What a `record` button sends back: which request and page. Who may read it is checked again on each press. */
export const recordPress = z.strictObject({
  record: z.string().max(20),
  page: pageNumber,
  /** Events per page, where Teams accepted only a smaller card than usual. */
  rows: z.int().min(1).max(20).exactOptional(),
});

/** Verb of a button about a deputy. */
export const deputyVerb = 'deputy';

/** What a `deputy` button sends back: which deputyship, and what was chosen. */
export const deputyPress = z.strictObject({
  deputyship: z.int().positive(),
  choice: z.enum(['confirm', 'decline', 'admit', 'end']),
});

/** The longest sentence that a button says. */
export const longestSaid = 400;

/** What a `say` button sends back. */
export const sayPress = z.strictObject({ text: z.string().min(1).max(longestSaid) });
