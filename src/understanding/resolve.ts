import { distance } from 'fastest-levenshtein';
import { foldedLook, foldName } from '../domain/name-folding.ts';
import type { Named, NameSearch, Resolution } from '../domain/name-resolution.ts';

/** The most near misses that are worth offering. */
const mostOffered = 5;

/** Further away than this, per character typed, a name is not a misspelling but another name. */
const tolerance = 0.34;

/** The most things of one name that are told; a card shows fewer. */
const mostTold = 20;

/**
 * Finds what a typed name stands for. Only a name that looks exactly so, or else one that folds to the same, is
 * `found`; everything else is at most proposed. The newest come first. Linear in the number of candidates.
 */
export function resolveName<Thing extends Named>(name: string, candidates: readonly Thing[]): Resolution<Thing> {
  const search = searchName<Thing>(name);
  for (const candidate of candidates) search.consider(candidate);
  return search.resolution();
}

/** The same for candidates that come one by one: however many there are, only a few are kept. */
export function searchName<Thing extends Named>(
  name: string,
  proposing: 'near-misses' | 'nothing' = 'near-misses',
): NameSearch<Thing> {
  const typed = foldName(name);
  const look = foldedLook(name);
  const exact = new Best<Thing>(mostTold, newestFirst);
  const same = new Best<Thing>(mostTold, newestFirst);
  const near = new Best<Scored<Thing>>(mostOffered, (a, b) => a.cost - b.cost || newestFirst(a.thing, b.thing));
  return {
    consider: (thing) => {
      // Twins that look alike are both meant: nobody can write one of them without the other.
      if (thing.name === name || lookOf(thing) === look) return exact.add(thing);
      const folded = foldedOf(thing);
      if (folded === typed) return same.add(thing);
      if (proposing === 'nothing' || typed === '' || exact.count + same.count > 0) return;
      const cost = unlikeness(typed, folded);
      if (cost <= tolerance) near.add({ thing, cost });
    },
    resolution: () => {
      const matches = exact.count > 0 ? exact : same;
      const [match, ...others] = matches.kept;
      if (match === undefined) return { result: 'unknown', closest: near.kept.map(({ thing }) => thing) };
      return others.length === 0 ? { result: 'found', match } : { result: 'ambiguous', matches: matches.kept };
    },
    means: (thing) => (exact.count > 0 ? lookOf(thing) === look : foldedOf(thing) === typed),
  };
}

interface Scored<Thing> {
  readonly thing: Thing;
  readonly cost: number;
}

/** The best few of any number of things; of equal ones, those that came first. */
class Best<Thing> {
  readonly #most: number;
  readonly #order: (a: Thing, b: Thing) => number;
  readonly #kept: Thing[] = [];
  #count = 0;

  constructor(most: number, order: (a: Thing, b: Thing) => number) {
    this.#most = most;
    this.#order = order;
  }

  get count(): number {
    return this.#count;
  }

  get kept(): readonly Thing[] {
    return this.#kept;
  }

  add(thing: Thing): void {
    this.#count += 1;
    const after = this.#kept.findIndex((kept) => this.#order(thing, kept) < 0);
    this.#kept.splice(after < 0 ? this.#kept.length : after, 0, thing);
    this.#kept.splice(this.#most);
  }
}

/** 0 for the same name, 1 for nothing in common; counts typing errors per character typed. */
function unlikeness(typed: string, name: string): number {
  const limit = Math.max(1, Math.floor(typed.length * tolerance));
  let best = Number.POSITIVE_INFINITY;
  if (Math.abs(name.length - typed.length) <= limit) best = distance(typed, name) / typed.length;
  if (typed.length >= 3 && name.includes(typed)) best = Math.min(best, 0.1 + 0.1 * (1 - typed.length / name.length));
  if (name.length >= 3 && typed.includes(name)) best = Math.min(best, 0.2 + 0.1 * (1 - name.length / typed.length));
  if (best <= 0.2 || name.length <= typed.length) return best;
  // A person types the beginning of a long name, or one telling word of it: "Froud" for "Fraud Detection".
  const words = typed.split(' ').length;
  const parts = name.split(/[ _.-]+/);
  for (let index = 0; index + words <= parts.length && index < 12; index += 1) {
    const part = parts.slice(index, index + words).join(' ');
    if (typed.length < 4 || Math.abs(part.length - typed.length) > limit) continue;
    best = Math.min(best, distance(typed, part) / typed.length + (index === 0 ? 0.05 : 0.1));
  }
  return best;
}

/** The candidate that was folded last: many searches consider the same one after the other. */
let last: { readonly name: string; readonly look: string; readonly folded: string } | null = null;

function formsOf(name: string): { readonly look: string; readonly folded: string } {
  if (last?.name !== name) last = { name, look: foldedLook(name), folded: foldName(name) };
  return last;
}

function lookOf(thing: Named): string {
  return formsOf(thing.name).look;
}

function foldedOf(thing: Named): string {
  return formsOf(thing.name).folded;
}

function newestFirst(a: Named, b: Named): number {
  return (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0);
}
