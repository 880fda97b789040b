import type { Asset, AssetKind } from '../../domain/assets.ts';

/** Bytes of one piece of the store; a longer record gets a piece of its own. */
const pieceBytes = 1 << 20;

/** What a record holds, the id first because records of the same date are told apart by their bytes. */
type Fields = readonly [
  id: string,
  familyId: string,
  name: string,
  owner: string,
  sizeBytes: number | null,
  createdAt: number | null,
  kind: AssetKind,
  revision: string,
];

/**
 * Assets on their way through a list, one for each family: the version that the service calls the latest, otherwise
 * the newest. They wait as bytes outside of JavaScript's heap until the list has ended, because only then their order
 * is known: about 350 bytes an asset, and nothing for the garbage collector to move.
 */
export class AssetSpool {
  readonly #pieces: Buffer[] = [];
  #free = 0;
  readonly #families = new Map<string, number>();
  /** By family: where its record is, its date, its rank among the versions, and how many versions were listed. */
  readonly #piece: number[] = [];
  readonly #start: number[] = [];
  readonly #end: number[] = [];
  readonly #moment: number[] = [];
  readonly #rank: number[] = [];
  readonly #versions: number[] = [];

  /** Takes the next item of a list. `isLatest` is what the service says; null when it says nothing. */
  add(asset: Asset, isLatest: boolean | null = null): void {
    const moment = asset.createdAt?.getTime() ?? 0;
    const rank = isLatest === true ? 2 : isLatest === null ? 1 : 0;
    const family = this.#families.get(asset.familyId);
    if (family === undefined) {
      const next = this.#families.size;
      this.#families.set(asset.familyId, next);
      this.#versions.push(asset.versions);
      this.#write(next, asset, moment, rank);
      return;
    }
    this.#versions[family] = (this.#versions[family] ?? 0) + asset.versions;
    const before = this.#rank[family] ?? 0;
    if (rank < before) return;
    const candidate = Buffer.from(encode(asset));
    if (rank === before && this.#compareWith(family, moment, candidate) <= 0) return;
    this.#write(family, asset, moment, rank, candidate);
  }

  /** How many families there are. */
  get size(): number {
    return this.#families.size;
  }

  /** What came, newest first; the order depends on the assets alone, not on the order in which they came. */
  *newestFirst(): Generator<Asset, void, undefined> {
    const order = Uint32Array.from({ length: this.size }, (_, family) => family);
    for (const family of order.sort((a, b) => this.#compare(a, b))) yield this.#read(family);
  }

  #write(family: number, asset: Asset, moment: number, rank: number, bytes = Buffer.from(encode(asset))): void {
    if (this.#pieces.length === 0 || this.#free + bytes.length > pieceBytes) {
      this.#pieces.push(Buffer.allocUnsafeSlow(Math.max(pieceBytes, bytes.length)));
      this.#free = 0;
    }
    const piece = this.#pieces.length - 1;
    this.#pieces[piece]?.set(bytes, this.#free);
    this.#piece[family] = piece;
    this.#start[family] = this.#free;
    this.#free += bytes.length;
    this.#end[family] = this.#free;
    this.#moment[family] = moment;
    this.#rank[family] = rank;
  }

  #record(family: number): Buffer {
    const piece = this.#pieces[this.#piece[family] ?? 0] ?? Buffer.alloc(0);
    return piece.subarray(this.#start[family], this.#end[family]);
  }

  #compare(a: number, b: number): number {
    const later = (this.#moment[b] ?? 0) - (this.#moment[a] ?? 0);
    return later !== 0 ? later : this.#record(a).compare(this.#record(b));
  }

  /** Positive when the family's record has to make way for one of this date and these bytes. */
  #compareWith(family: number, moment: number, bytes: Buffer): number {
    const later = moment - (this.#moment[family] ?? 0);
    return later !== 0 ? later : this.#record(family).compare(bytes);
  }

  #read(family: number): Asset {
    const fields = JSON.parse(this.#record(family).toString()) as Fields;
    const [id, familyId, name, owner, sizeBytes, createdAt, kind, revision] = fields;
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
    };
  }
}

function encode(asset: Asset): string {
  const { id, familyId, name, owner, sizeBytes, createdAt, kind, revision } = asset;
  const fields: Fields = [id, familyId, name, owner, sizeBytes, createdAt?.getTime() ?? null, kind, revision];
  return JSON.stringify(fields);
}
