import type { AssetKind } from './assets.ts';

/** Something that a person may call by its name. */
export interface Named {
  readonly name: string;
  readonly kind?: AssetKind;
  readonly createdAt: Date | null;
}

/** What a name that a person typed stands for. Only `found` may be acted on without asking. */
export type Resolution<Thing extends Named> =
  | { readonly result: 'found'; readonly match: Thing }
  /** Several things bear exactly this name. */
  | { readonly result: 'ambiguous'; readonly matches: readonly Thing[] }
  /** Nothing bears this name; `closest` are near misses, best first, possibly none. */
  | { readonly result: 'unknown'; readonly closest: readonly Thing[] };

/** Finds what a typed name stands for among things that the person may see. */
export type ResolveName = <Thing extends Named>(name: string, candidates: readonly Thing[]) => Resolution<Thing>;
