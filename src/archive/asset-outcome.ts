import type { AssetResult } from '../domain/request.ts';
import { type FileProblem, isPermanent } from './file-problem.ts';
import type { FileOutcome } from './open-part.ts';

/** Derives the result of an asset from the outcomes of its files. */
export class AssetOutcome {
  #seen = 0;
  #written = 0;
  #incomplete = 0;
  #first: FileProblem | null = null;
  #onlyChanged = true;
  #onlyGone = true;
  #onlyPermanent = true;

  /** True until the first of its files is added. */
  get isEmpty(): boolean {
    return this.#seen === 0;
  }

  add({ problem, effect }: FileOutcome): void {
    this.#seen += 1;
    if (effect !== 'missing') this.#written += 1;
    if (problem === null) return;
    this.#incomplete += 1;
    this.#first ??= problem;
    if (effect !== 'changed') this.#onlyChanged = false;
    if (problem.reason !== 'not-found') this.#onlyGone = false;
    if (!isPermanent(problem)) this.#onlyPermanent = false;
  }

  addUnlisted(problem: FileProblem): void {
    this.add({ problem, effect: 'missing' });
  }

  result(): AssetResult {
    if (this.#first === null) return { result: 'done', note: null };
    const note = this.#incomplete === 1 ? this.#first.message : `${this.#first.message} (${this.#incomplete} files)`;
    const permanent = this.#onlyPermanent ? { permanent: true } : {};
    if (this.#written === 0) return { result: this.#onlyGone ? 'gone' : 'failed', note, ...permanent };
    return { result: this.#onlyChanged ? 'changed' : 'incomplete', note, ...permanent };
  }
}
