/**
 * A seeded pseudo-random generator of numbers from 0 to below 1 (mulberry32), so that training always gives the same
 * bytes.
 */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

/** Shuffles in place (Fisher–Yates). */
export function shuffle<Thing>(list: Thing[], seed: number): void {
  const next = seeded(seed);
  for (let index = list.length - 1; index > 0; index -= 1) {
    const other = Math.floor(next() * (index + 1));
    const kept = list[index] as Thing;
    list[index] = list[other] as Thing;
    list[other] = kept;
  }
}
