/** Of twelve families in a row the sixth has two versions and the last has three, so places can be computed. */
const familiesInPattern = 12;
const firstInPattern = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12] as const;
const versionsInPattern = 15;

/** The place of a family's first version; for the number of families, the number of all versions. */
export function firstVersion(family: number): number {
  const pattern = Math.floor(family / familiesInPattern);
  return pattern * versionsInPattern + (firstInPattern[family % familiesInPattern] ?? 0);
}

/** How many versions a family has. */
export function versionsOf(family: number): number {
  return firstVersion(family + 1) - firstVersion(family);
}

/** The family at a place, and which of its versions, from 1, it is. */
export function versionAt(place: number): { readonly family: number; readonly version: number } {
  const rest = place % versionsInPattern;
  const inPattern = firstInPattern.findLastIndex((first) => first <= rest);
  const family = Math.floor(place / versionsInPattern) * familiesInPattern + inPattern;
  return { family, version: place - firstVersion(family) + 1 };
}
