import type { Asset, AssetKind, AssetStatus } from '../../domain/assets.ts';

/** Bytes of one chunk of the store; a longer record gets its own chunk. */
const chunkBytes = 1 << 20;

/** The fields of a record, the id first because records of the same date are sorted by their bytes. */
type Fields = readonly [
  id: string,
  familyId: string,
  name: string,
  owner: string,
  sizeBytes: number | null,
  createdAt: number | null,
  kind: AssetKind,
  revision: string,
  status: AssetStatus | null,
];

/**
 * Off-heap buffer that collects the assets of a list, one for each family: the version that the service marks as the
 * latest, otherwise the newest. They are stored as bytes outside of JavaScript's heap until the list has ended, because
 * only then they can be sorted: about 350 bytes per asset, and no work for the garbage collector.
 */
export class AssetSpool {
  readonly #chunks: Buffer[] = [];
  #free = 0;
  readonly #families = new Map<string, number>();
  /** By family: position of its record, its date, its rank among the versions, and the number of listed versions. */
  readonly #chunk: number[] = [];
  readonly #start: number[] = [];
  readonly #end: number[] = [];
  readonly #createdAtMs: number[] = [];
  readonly #rank: number[] = [];
  readonly #versions: number[] = [];

  /** Adds the next item of a list. `isLatest` is the service's flag; null when it has none. */
  add(asset: Asset, isLatest: boolean | null = null): void {
    const createdAtMs = asset.createdAt?.getTime() ?? 0;
    const rank = isLatest === true ? 2 : isLatest === null ? 1 : 0;
    const family = this.#families.get(asset.familyId);
    if (family === undefined) {
      const next = this.#families.size;
      this.#families.set(asset.familyId, next);
      this.#versions.push(asset.versions);
      this.#write(next, asset, createdAtMs, rank);
      return;
    }
    this.#versions[family] = (this.#versions[family] ?? 0) + asset.versions;
    const previous = this.#rank[family] ?? 0;
    if (rank < previous) return;
    const candidate = Buffer.from(encode(asset));
    if (rank === previous && this.#compareWith(family, createdAtMs, candidate) <= 0) return;
    this.#write(family, asset, createdAtMs, rank, candidate);
  }

  /** Number of families. */
  get size(): number {
    return this.#families.size;
  }

  /** The assets, newest first; the order depends only on the assets, not on the order in which they were added. */
  *newestFirst(): Generator<Asset, void, undefined> {
    const order = Uint32Array.from({ length: this.size }, (_, family) => family);
    for (const family of order.sort((a, b) => this.#compare(a, b))) yield this.#read(family);
  }

  #write(family: number, asset: Asset, createdAtMs: number, rank: number, bytes = Buffer.from(encode(asset))): void {
    if (this.#chunks.length === 0 || this.#free + bytes.length > chunkBytes) {
      this.#chunks.push(Buffer.allocUnsafeSlow(Math.max(chunkBytes, bytes.length)));
      this.#free = 0;
    }
    const chunk = this.#chunks.length - 1;
    this.#chunks[chunk]?.set(bytes, this.#free);
    this.#chunk[family] = chunk;
    this.#start[family] = this.#free;
    this.#free += bytes.length;
    this.#end[family] = this.#free;
    this.#createdAtMs[family] = createdAtMs;
    this.#rank[family] = rank;
  }

  #record(family: number): Buffer {
    const chunk = this.#chunks[this.#chunk[family] ?? 0] ?? Buffer.alloc(0);
    return chunk.subarray(this.#start[family], this.#end[family]);
  }

  #compare(a: number, b: number): number {
    const difference = (this.#createdAtMs[b] ?? 0) - (this.#createdAtMs[a] ?? 0);
    return difference !== 0 ? difference : this.#record(a).compare(this.#record(b));
  }

  /** Positive when a version with this date and these bytes replaces the family's record. */
  #compareWith(family: number, createdAtMs: number, bytes: Buffer): number {
    const difference = createdAtMs - (this.#createdAtMs[family] ?? 0);
    return difference !== 0 ? difference : this.#record(family).compare(bytes);
  }

  #read(family: number): Asset {
    const fields = JSON.parse(this.#record(family).toString()) as Fields;
    const [id, familyId, name, owner, sizeBytes, createdAt, kind, revision, status] = fields;
    return {
      kind,
      id,
      familyId,
      name,
      sizeBytes,
      createdAt: createdAt === null ? null : new Date(createdAt),
      owner,
      versions: this.#versions[family] ?? 1,
      revision,
      ...(status === null ? {} : { status }),
    };
  }
}

function encode(asset: Asset): string {
  const { id, familyId, name, owner, sizeBytes, createdAt, kind, revision, status = null } = asset;
  const fields: Fields = [id, familyId, name, owner, sizeBytes, createdAt?.getTime() ?? null, kind, revision, status];
  return JSON.stringify(fields);
}
