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
  /** Several things bear exactly this name; of very many, the newest. */
  | { readonly result: 'ambiguous'; readonly matches: readonly Thing[] }
  /** Nothing bears this name; `closest` are near misses, best first, possibly none. */
  | { readonly result: 'unknown'; readonly closest: readonly Thing[] };

/** A search for a typed name among candidates that come one by one. Keeps no more of them than it may tell. */
export interface NameSearch<Thing extends Named> {
  consider(candidate: Thing): void;
  /** What the name stands for among the candidates so far. */
  resolution(): Resolution<Thing>;
  /** True for each of the things that the name stands for, by the candidates so far; never for a near miss. */
  means(thing: Named): boolean;
}

/**
 * Begins a search for a name among things that the person may see. Near misses are proposed unless told otherwise;
 * without them a candidate costs next to nothing.
 */
export type SearchName = <Thing extends Named>(
  name: string,
  proposing?: 'near-misses' | 'nothing',
) => NameSearch<Thing>;

/** Finds what a typed name stands for among things that the person may see. */
export type ResolveName = <Thing extends Named>(name: string, candidates: readonly Thing[]) => Resolution<Thing>;
