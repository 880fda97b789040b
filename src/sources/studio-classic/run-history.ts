import type { Asset, AssetStatus } from '../../domain/assets.ts';
import { AssetSpool } from './asset-spool.ts';
import { experimentRevision } from './assumed.ts';
import type { ExperimentSummary } from './experiment-payloads.ts';

/** An experiment with the earlier runs that it descends from, nearest first. */
export interface ExperimentLine {
  readonly asset: Asset;
  readonly ancestorIds: readonly string[];
}

/**
 * Collects the experiments of a list and their ancestry. Every run leaves a snapshot, which the next run names as its
 * parent; a line is a run without successor (its head) together with all its ancestors.
 */
export class RunHistory {
  readonly #spool = new AssetSpool();
  /** Every id that was listed or named as a parent, with its index in the arrays below. */
  readonly #indexes = new Map<string, number>();
  readonly #ids: string[] = [];
  readonly #parents: number[] = [];
  readonly #listed: boolean[] = [];
  readonly #hasSuccessor: boolean[] = [];

  /** Adds the next experiment of the list. */
  add(experiment: ExperimentSummary): void {
    const index = this.#indexOf(experiment.ExperimentId);
    this.#listed[index] = true;
    if (experiment.ParentExperimentId !== '') {
      const parent = this.#indexOf(experiment.ParentExperimentId);
      this.#parents[index] = parent;
      this.#hasSuccessor[parent] = true;
    }
    this.#spool.add(toAsset(experiment));
  }

  /** The lines, newest first. A cycle of parents also counts as a line, so that no experiment is missing. */
  *lines(): Generator<ExperimentLine, void, undefined> {
    const covered = new Uint8Array(this.#ids.length);
    const cover = (lineage: readonly number[]): void => {
      for (const index of lineage) covered[index] = 1;
    };
    for (const index of this.#ids.keys()) if (this.#isHead(index)) cover(this.#lineage(index));
    for (const asset of this.#spool.newestFirst()) {
      const index = this.#indexOf(asset.id);
      if (covered[index] === 1 && !this.#isHead(index)) continue;
      const lineage = this.#lineage(index);
      cover(lineage);
      const ancestorIds = lineage.slice(1).map((index) => this.#ids[index] ?? '');
      yield { asset: { ...asset, versions: lineage.length }, ancestorIds };
    }
  }

  #isHead(index: number): boolean {
    return this.#listed[index] === true && this.#hasSuccessor[index] !== true;
  }

  #lineage(head: number): readonly number[] {
    const lineage = new Set([head]);
    for (let next = this.#parents[head] ?? -1; this.#listed[next] === true; next = this.#parents[next] ?? -1) {
      if (lineage.has(next)) break;
      lineage.add(next);
    }
    return [...lineage];
  }

  #indexOf(id: string): number {
    const known = this.#indexes.get(id);
    if (known !== undefined) return known;
    const next = this.#ids.push(id) - 1;
    this.#indexes.set(id, next);
    this.#parents.push(-1);
    this.#listed.push(false);
    this.#hasSuccessor.push(false);
    return next;
  }
}

function toAsset(experiment: ExperimentSummary): Asset {
  return {
    kind: 'experiment',
    id: experiment.ExperimentId,
    familyId: experiment.ExperimentId,
    name: experiment.Description || experiment.ExperimentId,
    sizeBytes: null,
    createdAt: experiment.Status.CreationTime,
    owner: experiment.Creator,
    ...statusOf(experiment),
    versions: 1,
    revision: experimentRevision(experiment),
  };
}

/** The service's codes; `NotStarted` and codes that no source names say nothing that people ask for. */
const statuses: ReadonlyMap<string, AssetStatus> = new Map([
  ['InDraft', 'draft'],
  ['Running', 'running'],
  ['Finished', 'finished'],
  ['Failed', 'failed'],
  ['Canceled', 'cancelled'],
]);

function statusOf({ Status }: ExperimentSummary): { status?: AssetStatus } {
  const status = statuses.get(Status.StatusCode);
  return status === undefined ? {} : { status };
}
