import { firstVersion } from './family-pattern.ts';
import { series } from './generated-names.ts';
import { fraction } from './ids.ts';
import type { GeneratedKind, Generation } from './plan.ts';

/** Contents are whole rows of so many bytes, the head of a table included. */
export const rowBytes = 64;
/** From the smallest to the largest content it is two to this power. */
const spread = 11;

/** Kinds whose things have contents that count. */
export type SizedKind = Extract<GeneratedKind, 'datasets' | 'models' | 'transforms'>;
const sizedKinds = ['datasets', 'models', 'transforms'] as const satisfies readonly SizedKind[];

/** How many bytes the version at a place has: many small ones, few large ones, together what the plan wants. */
export function sizesOf(plan: Generation): (kind: SizedKind, place: number) => number {
  const weight = (kind: SizedKind, place: number) => 2 ** (spread * fraction(plan.seed, series[kind], place, 14));
  let sum = 0;
  for (const kind of sizedKinds) {
    for (let place = 0; place < firstVersion(plan.counts[kind]); place += 1) sum += weight(kind, place);
  }
  return (kind, place) => {
    const rows = Math.round(((weight(kind, place) / sum) * plan.bytes) / rowBytes);
    return rowBytes * Math.max(1, rows);
  };
}
