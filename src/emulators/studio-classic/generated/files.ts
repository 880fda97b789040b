import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Clock } from '../../../domain/clock.ts';
import type { Store } from '../store.ts';
import type { StoredFile } from '../studio-records.ts';
import { generatedPieces } from './contents.ts';
import { descriptionText } from './descriptions.ts';
import { mixed } from './ids.ts';
import { type FilePlace, filePlace } from './locations.ts';

/** A file whose bytes are generated when they are read. */
export interface GeneratedFile extends StoredFile {
  /** The seed of its bytes, beside the type. */
  readonly key: number;
}

/** The files of generated assets, and their signed links. Deleting an asset removes its files. */
export class GeneratedFiles {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #linkLifetimeMs: number;
  /** Links become invalid when the process ends; clients then request new ones. */
  readonly #secret = createSecretKey(randomBytes(32));

  constructor(store: Store, clock: Clock, linkLifetimeMs: number) {
    this.#store = store;
    this.#clock = clock;
    this.#linkLifetimeMs = linkLifetimeMs;
  }

  /** The file at a location; null when there is none or it was deleted. */
  find(location: string): GeneratedFile | null {
    const place = filePlace(location);
    const file = place && this.#filesAt(place).find((one) => one.location === location);
    if (!place || !file) return null;
    const workspace = Number.parseInt(place.workspaceId.slice(0, 8), 16);
    return { ...file, key: mixed(workspace, place.table.length, place.place, place.table.charCodeAt(0)) };
  }

  /** A stream of the bytes from `start` up to, but not including, `end`. */
  read(file: GeneratedFile, start = 0, end = file.sizeBytes): Readable {
    return Readable.from(this.pieces(file, start, end), { objectMode: false });
  }

  /** The same bytes as an iterable of buffers. */
  pieces(file: GeneratedFile, start = 0, end = file.sizeBytes): Iterable<Buffer> {
    const text = descriptionText(file.fileType);
    return text ? [text.subarray(start, end)] : generatedPieces(file.fileType, file.key, start, end);
  }

  /** A query string, with its question mark, in the format of a shared access signature. */
  link(location: string): string {
    const end = new Date(this.#clock.now() + this.#linkLifetimeMs).toISOString();
    return `?sv=2024-11-04&se=${encodeURIComponent(end)}&sr=b&sp=r&sig=${encodeURIComponent(this.#sign(location, end))}`;
  }

  /** Whether the signature in such a query is valid for the file and has not expired. */
  isOpenedBy(location: string, query: (name: string) => string | undefined): boolean {
    const end = query('se') ?? '';
    const given = Buffer.from(query('sig') ?? '');
    const right = Buffer.from(this.#sign(location, end));
    const signed = given.length === right.length && timingSafeEqual(given, right);
    return signed && this.#clock.now() < Date.parse(end);
  }

  #sign(location: string, end: string): string {
    return createHmac('sha256', this.#secret).update(`${location}\n${end}`).digest('base64');
  }

  #filesAt({ workspaceId, table, place }: FilePlace): StoredFile[] {
    if (table === 'experiment') {
      const experiment = this.#store.generatedAt(workspaceId, table, place);
      return experiment?.deletedAt === null ? experiment.nodes.flatMap((node) => node.outputs) : [];
    }
    const item = this.#store.generatedAt(workspaceId, table, place);
    if (item?.deletedAt !== null) return [];
    return [item.content, item.visualization, item.schemaFile].filter((file) => file !== null);
  }
}
