/**
 * A sparse matrix of weights by hashed feature, quantised to one byte: for each feature its columns and their values.
 */
export interface SparseTable {
  readonly keys: Uint32Array;
  /** Index of each feature's first entry, and at the end the total number of entries. */
  readonly offsets: Uint32Array;
  readonly columns: Uint8Array;
  readonly values: Int8Array;
  /** The weight that a stored value of 1 stands for. */
  readonly scale: number;
}

/** A sparse matrix with a hash index. */
export class WeightTable {
  readonly #table: SparseTable;
  /**
   * A hash table with open addressing and linear probing, at most half full. A slot contains the index of a feature
   * plus one.
   */
  readonly #slots: Uint32Array;
  readonly #mask: number;

  constructor(table: SparseTable) {
    this.#table = table;
    let size = 16;
    while (size < table.keys.length * 2) size *= 2;
    this.#slots = new Uint32Array(size);
    this.#mask = size - 1;
    for (let place = 0; place < table.keys.length; place += 1) {
      let slot = (table.keys[place] ?? 0) & this.#mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask;
      this.#slots[slot] = place + 1;
    }
  }

  /** The index of a feature in the table, or -1. */
  placeOf(feature: number): number {
    for (let slot = feature & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const place = (this.#slots[slot] ?? 0) - 1;
      if (place < 0 || this.#table.keys[place] === feature) return place;
    }
  }

  /** Adds a feature's weights times `factor` to the scores of their columns. */
  add(feature: number, scores: Float64Array, factor = 1): void {
    const place = this.placeOf(feature);
    if (place >= 0) this.addAt(place, scores, factor);
  }

  /** The same for a feature whose index is known. */
  addAt(place: number, scores: Float64Array, factor: number): void {
    const { offsets, columns, values, scale } = this.#table;
    const end = offsets[place + 1] ?? 0;
    const unit = scale * factor;
    for (let at = offsets[place] ?? 0; at < end; at += 1) {
      const column = columns[at] ?? 0;
      scores[column] = (scores[column] ?? 0) + (values[at] ?? 0) * unit;
    }
  }
}
