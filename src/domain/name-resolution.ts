import type { AssetKind } from './assets.ts';

/** Something that a person can refer to by name. */
export interface Named {
  readonly name: string;
  readonly kind?: AssetKind;
  readonly createdAt: Date | null;
}

/** The result of resolving a typed name. Only `found` may be acted on without asking. */
export type Resolution<Thing extends Named> =
  | { readonly result: 'found'; readonly match: Thing }
  /** Several things have exactly this name; of very many, the newest. */
  | { readonly result: 'ambiguous'; readonly matches: readonly Thing[] }
  /** Nothing has this name; `closest` are near misses, best first, possibly none. */
  | { readonly result: 'unknown'; readonly closest: readonly Thing[] };

/** A streaming search for a typed name: candidates come one by one, and only those that may be reported are kept. */
export interface NameSearch<Thing extends Named> {
  consider(candidate: Thing): void;
  /** The result for the candidates so far. */
  resolution(): Resolution<Thing>;
  /** True when the thing is an exact match among the candidates so far; never for a near miss. */
  means(thing: Named): boolean;
}

/**
 * Starts a search for a name among things that the person may see. With `nothing` no near misses are collected, which
 * makes a candidate almost free.
 */
export type SearchName = <Thing extends Named>(
  name: string,
  proposing?: 'near-misses' | 'nothing',
) => NameSearch<Thing>;

/** Resolves a typed name among things that the person may see. */
export type ResolveName = <Thing extends Named>(name: string, candidates: readonly Thing[]) => Resolution<Thing>;
