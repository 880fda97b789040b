import { z } from 'zod';
import { assetKinds } from '../../domain/assets.ts';
import { pageNumber, pages } from './pages.ts';

/**
 * Verb of every button that answers, changes or pages through a request. Its data says which request, which version
 * of it the person saw and what they chose: nothing that would have to be believed.
 */
export const chooseVerb = 'choose';

/** Verb of an example: the person says this sentence, as if typed. */
export const sayVerb = 'say';

/** What a `choose` button sends back; anything more or less is refused. */
export const choosePress = z.strictObject({
  request: z.string().max(20),
  version: z.int().positive(),
  choice: z.string().max(30),
  /** Which pages to show, when that is what was chosen. */
  pages: pages.exactOptional(),
});

/** Verb of a button that turns a page of a list of assets, which is no request. */
export const listVerb = 'list';

/** The longest text in a name that a button can ask for; no name is longer. */
export const longestFilter = 300;

/** What a `list` button sends back: which list. Whether the person may see it is found out anew. */
export const listPress = z.strictObject({
  workspace: z.string().max(100),
  kind: z.enum(assetKinds).exactOptional(),
  filter: z.string().max(longestFilter).exactOptional(),
  page: pageNumber,
  /** How many rows a page has, where Teams took only a smaller card than usual. */
  rows: z.int().min(1).max(20).exactOptional(),
});

/** The longest sentence that a button says. */
export const longestSaid = 400;

/** What a `say` button sends back. */
export const sayPress = z.strictObject({ text: z.string().min(1).max(longestSaid) });
