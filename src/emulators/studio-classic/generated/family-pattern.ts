/**
 * A fixed pattern makes indexes computable: of every twelve families the sixth has two versions and the last has three.
 */
const familiesInPattern = 12;
const firstInPattern = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12] as const;
const versionsInPattern = 15;

/** The index of a family's first version. For the number of families this is the total number of versions. */
export function firstVersion(family: number): number {
  const pattern = Math.floor(family / familiesInPattern);
  return pattern * versionsInPattern + (firstInPattern[family % familiesInPattern] ?? 0);
}

/** Number of versions of a family. */
export function versionsOf(family: number): number {
  return firstVersion(family + 1) - firstVersion(family);
}

/** The family that the version at an index belongs to, and the version's number in it, from 1. */
export function versionAt(place: number): { readonly family: number; readonly version: number } {
  const rest = place % versionsInPattern;
  const inPattern = firstInPattern.findLastIndex((first) => first <= rest);
  const family = Math.floor(place / versionsInPattern) * familiesInPattern + inPattern;
  return { family, version: place - firstVersion(family) + 1 };
}
