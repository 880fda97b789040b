import { distance } from 'fastest-levenshtein';
import { displayedForm, foldName } from '../domain/name-folding.ts';
import type { Named, NameSearch, Resolution } from '../domain/name-resolution.ts';

/** The most near misses that are offered. */
const mostOffered = 5;

/** Largest edit distance of a misspelling, per character typed; a name further away is another name. */
const tolerance = 0.34;

/** The most things with the same name that are returned; a card shows fewer. */
const mostTold = 20;

/**
 * Resolves a typed name. Only a name that looks identical, or else one that folds to the same form, is `found`;
 * everything else is at most proposed. The newest come first. Linear in the number of candidates.
 */
export function resolveName<Thing extends Named>(name: string, candidates: readonly Thing[]): Resolution<Thing> {
  const search = searchName<Thing>(name);
  for (const candidate of candidates) search.consider(candidate);
  return search.resolution();
}

/** The same for a stream of candidates, of which only a bounded number is kept. */
export function searchName<Thing extends Named>(
  name: string,
  proposing: 'near-misses' | 'nothing' = 'near-misses',
): NameSearch<Thing> {
  const typed = foldName(name);
  const displayed = displayedForm(name);
  const exact = new Best<Thing>(mostTold, newestFirst);
  const same = new Best<Thing>(mostTold, newestFirst);
  const near = new Best<Scored<Thing>>(mostOffered, (a, b) => a.cost - b.cost || newestFirst(a.thing, b.thing));
  return {
    consider: (thing) => {
      // Names that look identical both match, because nobody can type one of them and not the other.
      if (thing.name === name || displayedOf(thing) === displayed) return exact.add(thing);
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
    means: (thing) => (exact.count > 0 ? displayedOf(thing) === displayed : foldedOf(thing) === typed),
  };
}

interface Scored<Thing> {
  readonly thing: Thing;
  readonly cost: number;
}

/** A bounded list of the best things; ties keep the order of arrival. */
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

/** 0 for the same name, 1 for nothing in common: edit distance per character typed. */
function unlikeness(typed: string, name: string): number {
  const limit = Math.max(1, Math.floor(typed.length * tolerance));
  let best = Number.POSITIVE_INFINITY;
  if (Math.abs(name.length - typed.length) <= limit) best = distance(typed, name) / typed.length;
  if (typed.length >= 3 && name.includes(typed)) best = Math.min(best, 0.1 + 0.1 * (1 - typed.length / name.length));
  if (name.length >= 3 && typed.includes(name)) best = Math.min(best, 0.2 + 0.1 * (1 - name.length / typed.length));
  if (best <= 0.2 || name.length <= typed.length) return best;
  // People type the beginning of a long name, or one distinctive word of it: "Froud" for "Fraud Detection".
  const words = typed.split(' ').length;
  const parts = name.split(/[ _.-]+/);
  for (let index = 0; index + words <= parts.length && index < 12; index += 1) {
    const part = parts.slice(index, index + words).join(' ');
    if (typed.length < 4 || Math.abs(part.length - typed.length) > limit) continue;
    best = Math.min(best, distance(typed, part) / typed.length + (index === 0 ? 0.05 : 0.1));
  }
  return best;
}

/** Cache of the last folded candidate, because several searches consider the same one after the other. */
let last: { readonly name: string; readonly displayed: string; readonly folded: string } | null = null;

function formsOf(name: string): { readonly displayed: string; readonly folded: string } {
  if (last?.name !== name) last = { name, displayed: displayedForm(name), folded: foldName(name) };
  return last;
}

function displayedOf(thing: Named): string {
  return formsOf(thing.name).displayed;
}

function foldedOf(thing: Named): string {
  return formsOf(thing.name).folded;
}

function newestFirst(a: Named, b: Named): number {
  return (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0);
}
