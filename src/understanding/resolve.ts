import { distance } from 'fastest-levenshtein';
import type { Named, Resolution } from '../domain/name-resolution.ts';

/** The most near misses that are worth offering. */
const mostOffered = 5;

/** Further away than this, per character typed, a name is not a misspelling but another name. */
const tolerance = 0.34;

/**
 * Finds what a typed name stands for. Only an exact name, or one that differs in nothing but case and white space,
 * is `found`; everything else is at most proposed. The newest come first. Linear in the number of candidates.
 */
export function resolveName<Thing extends Named>(name: string, candidates: readonly Thing[]): Resolution<Thing> {
  const exact = candidates.filter((candidate) => candidate.name === name);
  const typed = fold(name);
  const same = exact.length > 0 ? exact : candidates.filter((candidate) => fold(candidate.name) === typed);
  const [match, ...others] = same;
  if (match !== undefined) {
    return others.length === 0
      ? { result: 'found', match }
      : { result: 'ambiguous', matches: [...same].sort(newestFirst) };
  }
  return { result: 'unknown', closest: typed === '' ? [] : nearest(typed, candidates) };
}

function nearest<Thing extends Named>(typed: string, candidates: readonly Thing[]): Thing[] {
  const scored: { thing: Thing; cost: number }[] = [];
  for (const thing of candidates) {
    const cost = unlikeness(typed, fold(thing.name));
    if (cost <= tolerance) scored.push({ thing, cost });
  }
  scored.sort((a, b) => a.cost - b.cost || newestFirst(a.thing, b.thing));
  return scored.slice(0, mostOffered).map(({ thing }) => thing);
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

function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

function newestFirst(a: Named, b: Named): number {
  return (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0);
}
