import type { Connection } from '../../database/connection.ts';
import { readAssets, readFamilies } from '../../database/request-assets.ts';
import { traitsOf } from '../../domain/actions.ts';
import type { Asset } from '../../domain/assets.ts';
import type { RequestRecord } from '../../domain/request.ts';
import {
  differenceOf,
  maxListedChanges,
  needsConfirmation,
  noChanges,
  type SnapshotChanges,
  withChange,
  withReplacements,
} from '../../domain/snapshot-changes.ts';

/**
 * Compares current assets with a request's snapshot, batch by batch. Memory holds one byte per asset of the snapshot.
 */
export class SnapshotComparison {
  readonly #db: Connection;
  readonly #number: number;
  readonly #deletes: boolean;
  /** 1 at each position of the snapshot that was found. */
  readonly #found: Uint8Array;
  #changes: SnapshotChanges = noChanges;

  /** Compares with the request's current snapshot. */
  constructor(db: Connection, { number, action, progress }: Pick<RequestRecord, 'number' | 'action' | 'progress'>) {
    this.#deletes = traitsOf(action).deletes !== 'nothing';
    this.#db = db;
    this.#number = number;
    this.#found = new Uint8Array(progress.assetsTotal);
  }

  /**
   * Adds a batch of current assets. With `among: 'known'`, assets outside the snapshot are ignored: for lists that hold
   * more than was requested.
   */
  async add(assets: readonly Asset[], among: 'requested' | 'known' = 'requested'): Promise<void> {
    for (const [kind, ofKind] of Map.groupBy(assets, (asset) => asset.kind)) {
      const ids = ofKind.map(({ familyId }) => familyId);
      const rows = await readFamilies(this.#db, this.#number, kind, ids);
      const known = new Map(rows.map((row) => [row.asset.familyId, row]));
      for (const now of ofKind) {
        const row = known.get(now.familyId);
        if (row === undefined) {
          if (among === 'requested') this.#changes = withChange(this.#changes, 'added', now);
        } else if (this.#found[row.position] !== 1) {
          this.#found[row.position] = 1;
          const difference = differenceOf(row.asset, now);
          // An export copies the asset as it is when it runs, so an edit needs no new confirmation.
          if (difference !== null && (difference !== 'edited' || this.#deletes))
            this.#changes = withChange(this.#changes, difference, now, row.asset.name);
        }
      }
    }
  }

  /** True when something would happen that the person has not seen. */
  get differs(): boolean {
    return needsConfirmation(this.#changes);
  }

  /** How many assets of the snapshot were not found so far. */
  get missing(): number {
    return this.#found.reduce((left, met) => left - met, this.#found.length);
  }

  /** All differences, once everything was added; assets that were not found are gone. */
  async changes(removal: boolean): Promise<SnapshotChanges> {
    const count = this.missing;
    const first: { kind: Asset['kind']; name: string }[] = [];
    for (
      let at = this.#found.indexOf(0);
      at !== -1 && first.length < maxListedChanges;
      at = this.#found.indexOf(0, at + 1)
    ) {
      const [row] = await readAssets(this.#db, this.#number, 1, at);
      if (row !== undefined) first.push({ kind: row.asset.kind, name: row.asset.name });
    }
    return withReplacements({ ...this.#changes, gone: { count, first }, removal });
  }
}
