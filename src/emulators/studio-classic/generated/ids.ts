/** A 32-bit hash of whole numbers (the steps of murmur3). */
export function mixed(...numbers: readonly number[]): number {
  let state = 0x9747b28c;
  for (const number of numbers) {
    let part = Math.imul(number | 0, 0xcc9e2d51);
    part = Math.imul((part << 15) | (part >>> 17), 0x1b873593);
    state ^= part;
    state = (Math.imul((state << 13) | (state >>> 19), 5) + 0xe6546b64) | 0;
  }
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

/** A number from 0 to 1, derived by hash from whole numbers. */
export function fraction(...numbers: readonly number[]): number {
  return mixed(...numbers) / 0x1_0000_0000;
}

/** An odd number and its multiplicative inverse modulo 2^32. */
const multiplier = 0x9e3779b1;
const inverseMultiplier = inverse(multiplier);

function inverse(number: number): number {
  let found = number;
  // Newton's iteration: each step doubles the number of correct bits.
  for (let step = 0; step < 5; step += 1) found = Math.imul(found, 2 - Math.imul(number, found));
  return found;
}

/** 32 hex digits that look random and from which the index can be computed back. `series` separates the kinds. */
export function hexId(seed: number, series: number, place: number): string {
  const head = [1, 2, 3].map((part) => hex(mixed(seed, series, place, part))).join('');
  return head + hex(Math.imul(place ^ mixed(seed, series), multiplier) >>> 0);
}

/** The index for which `hexId` made an id; an arbitrary number for any other id. */
export function placeOfHexId(seed: number, series: number, id: string): number {
  const tail = Number.parseInt(id.slice(-8), 16);
  return (Math.imul(tail, inverseMultiplier) ^ mixed(seed, series)) >>> 0;
}

/** A lookup table: `toString(16)` is several times slower, and a list of many assets needs a million of these. */
const twoDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex(number: number): string {
  const two = (byte: number) => twoDigits[byte & 0xff] ?? '';
  return two(number >>> 24) + two(number >>> 16) + two(number >>> 8) + two(number);
}
