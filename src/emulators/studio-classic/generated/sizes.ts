import { firstVersion } from './family-pattern.ts';
import { series } from './generated-names.ts';
import { fraction } from './ids.ts';
import type { GeneratedKind, Generation } from './plan.ts';

/** Contents consist of whole rows of this size, including a table's header. */
export const rowBytes = 64;
/** The largest content is about two to this power times as large as the smallest. */
const spread = 11;

/** Kinds whose contents count towards the size of the plan. */
export type SizedKind = Extract<GeneratedKind, 'datasets' | 'models' | 'transforms'>;
const sizedKinds = ['datasets', 'models', 'transforms'] as const satisfies readonly SizedKind[];

/** The size in bytes of the version at an index: many small ones, few large ones, in total the size of the plan. */
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
