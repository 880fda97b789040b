import { firstVersion, versionsOf } from './family-pattern.ts';
import { series } from './generated-names.ts';
import { hexId, placeOfHexId } from './ids.ts';
import type { Generation } from './plan.ts';
import type { SizedKind } from './sizes.ts';

/** A generated workspace: its id and the plan from which everything in it is derived. */
export interface Generator {
  readonly workspaceId: string;
  readonly plan: Generation;
}

/** The family id of a dataset, model or transform. */
export function familyIdAt({ plan }: Generator, kind: SizedKind, family: number): string {
  return hexId(plan.seed, series[kind], family);
}

/** The index of the family with this id; null for an id that no generated family has. */
export function familyOf(generator: Generator, kind: SizedKind, familyId: string): number | null {
  const { plan } = generator;
  const family = placeOfHexId(plan.seed, series[kind], familyId);
  return family < plan.counts[kind] && familyIdAt(generator, kind, family) === familyId ? family : null;
}

/** The id of one version of a family, by default the newest. */
export function versionIdAt(generator: Generator, kind: SizedKind, family: number, version = versionsOf(family)) {
  return `${generator.workspaceId}.${familyIdAt(generator, kind, family)}.v1-default-${1640 + version}`;
}

/** The version number at the end of an id. */
export function versionOfId(id: string): number {
  return Number(id.slice(id.lastIndexOf('-') + 1)) - 1640;
}

/** The id of a run of an experiment. Runs are indexed like versions. */
export function experimentIdAt({ workspaceId, plan }: Generator, place: number): string {
  return `${workspaceId}.f-id.${hexId(plan.seed, series.experiments, place)}`;
}

/** The index of the run with this id; null for an id that no generated run has. */
export function placeOfExperiment(generator: Generator, id: string): number | null {
  const { plan } = generator;
  const place = placeOfHexId(plan.seed, series.experiments, id);
  return place < firstVersion(plan.counts.experiments) && experimentIdAt(generator, place) === id ? place : null;
}
