import { z } from 'zod';
import { assetKinds } from '../../domain/assets.ts';
import { pageNumber, pages } from './pages.ts';

/**
 * Verb of every button that answers, changes or pages through a request. Its data holds the request's number, the
 * version that the person saw (for optimistic locking) and the choice; none of it grants any right.
 */
export const chooseVerb = 'choose';

/** Verb of an example button: its sentence is handled as if the person had typed it. */
export const sayVerb = 'say';

/** What a `choose` button sends back; missing or additional fields are refused. */
export const choosePress = z.strictObject({
  request: z.string().max(20),
  version: z.int().positive(),
  choice: z.string().max(30),
  /** Which pages to show, when the choice is to turn a page. */
  pages: pages.exactOptional(),
});

/** Verb of a button that turns a page of an asset list that belongs to no request. */
export const listVerb = 'list';

/** The longest name filter that a button can carry; no name is longer. */
export const longestFilter = 300;

/** What a `list` button sends back: which list. The person's membership is checked again on each press. */
export const listPress = z.strictObject({
  workspace: z.string().max(100),
  kind: z.enum(assetKinds).exactOptional(),
  filter: z.string().max(longestFilter).exactOptional(),
  page: pageNumber,
  /** Rows per page, where Teams accepted only a smaller card than usual. */
  rows: z.int().min(1).max(20).exactOptional(),
});

/** The longest sentence that a button says. */
export const longestSaid = 400;

/** What a `say` button sends back. */
export const sayPress = z.strictObject({ text: z.string().min(1).max(longestSaid) });
