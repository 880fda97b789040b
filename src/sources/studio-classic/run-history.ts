import type { Asset } from '../../domain/assets.ts';
import { AssetSpool } from './asset-spool.ts';
import { experimentRevision } from './assumed.ts';
import type { ExperimentSummary } from './experiment-payloads.ts';

/** An experiment with the earlier runs it came from, nearest first. */
export interface ExperimentLine {
  readonly asset: Asset;
  readonly ancestorIds: readonly string[];
}

/**
 * Experiments as a list brings them, and how they descend from each other. Every run leaves a snapshot that its
 * successor names as its parent; a line is a run without successor together with all that came before it.
 */
export class RunHistory {
  readonly #spool = new AssetSpool();
  /** Every id that was listed or named as a parent, with its number; the other fields go by that number. */
  readonly #numbers = new Map<string, number>();
  readonly #ids: string[] = [];
  readonly #parents: number[] = [];
  readonly #listed: boolean[] = [];
  readonly #succeeded: boolean[] = [];

  /** Takes the next experiment of the list. */
  add(experiment: ExperimentSummary): void {
    const own = this.#number(experiment.ExperimentId);
    this.#listed[own] = true;
    if (experiment.ParentExperimentId !== '') {
      const parent = this.#number(experiment.ParentExperimentId);
      this.#parents[own] = parent;
      this.#succeeded[parent] = true;
    }
    this.#spool.add(toAsset(experiment));
  }

  /** The lines, newest first. Parents that go round in a circle are a line too, so that nothing is missing. */
  *lines(): Generator<ExperimentLine, void, undefined> {
    const covered = new Uint8Array(this.#ids.length);
    const cover = (line: readonly number[]): void => {
      for (const each of line) covered[each] = 1;
    };
    for (const each of this.#ids.keys()) if (this.#isHead(each)) cover(this.#line(each));
    for (const asset of this.#spool.newestFirst()) {
      const own = this.#number(asset.id);
      if (covered[own] === 1 && !this.#isHead(own)) continue;
      const line = this.#line(own);
      cover(line);
      const ancestorIds = line.slice(1).map((each) => this.#ids[each] ?? '');
      yield { asset: { ...asset, versions: line.length }, ancestorIds };
    }
  }

  #isHead(each: number): boolean {
    return this.#listed[each] === true && this.#succeeded[each] !== true;
  }

  #line(head: number): readonly number[] {
    const line = new Set([head]);
    for (let next = this.#parents[head] ?? -1; this.#listed[next] === true; next = this.#parents[next] ?? -1) {
      if (line.has(next)) break;
      line.add(next);
    }
    return [...line];
  }

  #number(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const next = this.#ids.push(id) - 1;
    this.#numbers.set(id, next);
    this.#parents.push(-1);
    this.#listed.push(false);
    this.#succeeded.push(false);
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
    versions: 1,
    revision: experimentRevision(experiment),
  };
}
