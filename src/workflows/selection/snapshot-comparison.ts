import type { Connection } from '../../database/connection.ts';
import { readAssets, readFamilies } from '../../database/request-assets.ts';
import type { Asset } from '../../domain/assets.ts';
import type { RequestRecord } from '../../domain/request.ts';
import {
  differenceOf,
  mostNamedChanges,
  needsConfirmation,
  noChanges,
  type SnapshotChanges,
  withChange,
  withReplacements,
} from '../../domain/snapshot-changes.ts';

/**
 * Compares what is there now with a request's snapshot, batch by batch: whatever the number of assets, memory holds
 * one byte for each.
 */
export class SnapshotComparison {
  readonly #db: Connection;
  readonly #number: number;
  readonly #deletes: boolean;
  /** Which positions of the snapshot were met. */
  readonly #met: Uint8Array;
  #changes: SnapshotChanges = noChanges;

  /** The request's current snapshot is the one compared with. */
  constructor(db: Connection, { number, action, progress }: Pick<RequestRecord, 'number' | 'action' | 'progress'>) {
    this.#deletes = action !== 'export';
    this.#db = db;
    this.#number = number;
    this.#met = new Uint8Array(progress.assetsTotal);
  }

  /**
   * Takes a batch of what is there now. With `among: 'known'` assets that are not in the snapshot do not count: for
   * lists of more than what is meant.
   */
  async add(assets: readonly Asset[], among: 'meant' | 'known' = 'meant'): Promise<void> {
    for (const [kind, ofKind] of Map.groupBy(assets, (asset) => asset.kind)) {
      const ids = ofKind.map(({ familyId }) => familyId);
      const rows = await readFamilies(this.#db, this.#number, kind, ids);
      const known = new Map(rows.map((row) => [row.asset.familyId, row]));
      for (const now of ofKind) {
        const row = known.get(now.familyId);
        if (row === undefined) {
          if (among === 'meant') this.#changes = withChange(this.#changes, 'added', now);
        } else if (this.#met[row.position] !== 1) {
          this.#met[row.position] = 1;
          const method = differenceOf(row.asset, now);
          // An export copies what is there when it runs, so that an edit takes nothing away from anybody.
          if (method !== null && (method !== 'edited' || this.#deletes))
            this.#changes = withChange(this.#changes, method, now, row.asset.name);
        }
      }
    }
  }

  /** True when something would happen that the person has not seen. */
  get differs(): boolean {
    return needsConfirmation(this.#changes);
  }

  /** How many assets of the snapshot were not met so far. */
  get missing(): number {
    return this.#met.reduce((left, met) => left - met, this.#met.length);
  }

  /** All that differs once everything was added; what was not met is gone. */
  async changes(removal: boolean): Promise<SnapshotChanges> {
    const count = this.missing;
    const first: { kind: Asset['kind']; name: string }[] = [];
    for (
      let at = this.#met.indexOf(0);
      at !== -1 && first.length < mostNamedChanges;
      at = this.#met.indexOf(0, at + 1)
    ) {
      const [row] = await readAssets(this.#db, this.#number, 1, at);
      if (row !== undefined) first.push({ kind: row.asset.kind, name: row.asset.name });
    }
    return withReplacements({ ...this.#changes, gone: { count, first }, removal });
  }
}
