import type { Writable } from 'node:stream';
import { Readable } from 'node:stream';
import {
  abort,
  ask,
  type ListedBlob,
  listBlobs,
  openAccount,
  type StorageAccount,
  type StoredBlob,
} from './account.ts';
import { discard, listPage } from './blob-pages.ts';
import { createBlockPool } from './block-pool.ts';
import { BlockUpload } from './block-upload.ts';
import { type BlobFacts, copyBlob } from './copy-blob.ts';
import { type DownloadLink, makeLink } from './links.ts';
import { renewBlobs } from './renew-blobs.ts';

export interface ArchiveStorageOptions extends StorageAccount {
  readonly container: string;
  /** Bytes of one block. */
  readonly blockBytes?: number;
  /** Concurrent blocks of one upload. With `blockBytes` this bounds an upload's memory. */
  readonly blocksUnderWay?: number;
  /** Bytes of one block of a copy within storage. */
  readonly copyBlockBytes?: number;
}

/**
 * The container that holds archives. Every method throws ServiceFailure (or the signal's abort) and nothing else;
 * no error or log ever holds a link or a key.
 */
export interface ArchiveStorage {
  /** Creates the container when it is missing. It is private: blobs open by link only. */
  ensure(signal?: AbortSignal): Promise<void>;
  /** Resolves when the container answers. */
  ready(signal?: AbortSignal): Promise<void>;
  /**
   * A write stream into a new blob, which becomes visible as a whole when the stream finishes. `onBytes` gets the bytes
   * sent.
   */
  upload(blobName: string, contentType: string, onBytes?: (bytes: Buffer) => void): Writable;
  /** The bytes of a blob. */
  read(blobName: string, signal?: AbortSignal): Promise<Readable>;
  /** Blobs whose names begin with `prefix`, oldest names first. */
  list(prefix: string, signal?: AbortSignal): AsyncIterable<StoredBlob>;
  /**
   * A page of all blobs and the continuation marker of the next one; null after the last. A marker that storage no
   * longer accepts starts from the beginning.
   */
  page(
    marker: string | null,
    size: number,
    signal?: AbortSignal,
  ): Promise<{ readonly blobs: readonly ListedBlob[]; readonly next: string | null }>;
  /** Removes a listed blob. Uncommitted blocks are dropped; a blob that was committed meanwhile stays. */
  discard(blob: ListedBlob, signal?: AbortSignal): Promise<void>;
  /**
   * Copies a blob to a new name within storage and verifies the copy, by its facts or else by its size. May be repeated
   * at any time. False when neither the blob nor the copy exists.
   */
  copy(from: string, to: string, facts: BlobFacts | null, signal: AbortSignal): Promise<boolean>;
  /** Whether a blob is there. */
  has(blobName: string, signal?: AbortSignal): Promise<boolean>;
  /** Removes every blob of a request, of all its attempts. Returns how many there were. */
  removeRequest(requestId: string, signal?: AbortSignal): Promise<number>;
  /**
   * Marks every blob of a request as changed now, since the storage account's own rule removes what has not changed for
   * long (`infra/main.bicep`).
   */
  renew(requestId: string, signal?: AbortSignal): Promise<void>;
  /** Removes one blob; no error when it does not exist. */
  remove(blobName: string, signal?: AbortSignal): Promise<void>;
  /** A link to one blob, for reading only, that a browser saves as `downloadName`; a zip file unless said otherwise. */
  link(
    blobName: string,
    terms: { readonly downloadName: string; readonly expiresAt: Date; readonly contentType?: string },
  ): Promise<DownloadLink>;
}

// Measured against Azurite and a discarding sink: blocks of 8 and 16 MiB are no faster and hold more memory,
// fewer blocks under way leave storage waiting.
const defaultBlockBytes = 4 << 20;
const defaultBlocksUnderWay = 4;

/** Opens the archive's container; makes no call yet. Throws ServiceFailure `insecure` for http outside local mode. */
export function createArchiveStorage(options: ArchiveStorageOptions): ArchiveStorage {
  const { service, sign, clock } = openAccount(options);
  const container = service.getContainerClient(options.container);
  const blocksUnderWay = options.blocksUnderWay ?? defaultBlocksUnderWay;
  const pool = createBlockPool(options.blockBytes ?? defaultBlockBytes, blocksUnderWay + 1);
  const copyBlocks = options.copyBlockBytes === undefined ? {} : { blockBytes: options.copyBlockBytes };
  const storage: ArchiveStorage = {
    ensure: (signal) =>
      ask('creating the archive container', () => container.createIfNotExists({ ...abort(signal) })).then(() => {}),
    ready: (signal) =>
      ask('looking for the archive container', () => container.getProperties(abort(signal))).then(() => {}),
    upload: (blobName, contentType, onBytes) =>
      new BlockUpload(container.getBlockBlobClient(blobName), pool, blocksUnderWay, contentType, onBytes),
    read: (blobName, signal) =>
      ask('reading a file of the archive', async () => {
        const answer = await container.getBlobClient(blobName).download(0, undefined, abort(signal));
        return Readable.from(answer.readableStreamBody ?? []);
      }),
    page: (marker, size, signal) => listPage(container, clock, marker, size, signal),
    discard: (blob, signal) => discard(container, blob, signal),
    copy: (from, to, facts, signal) => copyBlob({ container, sign, clock, ...copyBlocks }, from, to, facts, signal),
    has: (blobName, signal) =>
      ask('looking for a file of the archive', () => container.getBlobClient(blobName).exists(abort(signal))),
    list: (prefix, signal) => listBlobs(container, prefix, clock, signal),
    removeRequest: async (requestId, signal) => {
      let removed = 0;
      for await (const blob of listBlobs(container, `${requestId}/`, clock, signal)) {
        await storage.remove(blob.name, signal);
        removed += 1;
      }
      return removed;
    },
    renew: (requestId, signal) => renewBlobs(container, `${requestId}/`, clock, signal),
    remove: (blobName, signal) =>
      ask('removing a file of the archive', () =>
        container.getBlobClient(blobName).deleteIfExists({ deleteSnapshots: 'include', ...abort(signal) }),
      ).then(() => {}),
    link: (blobName, terms) =>
      makeLink(sign, {
        containerName: options.container,
        blobName,
        blobUrl: container.getBlobClient(blobName).url,
        contentType: 'application/zip',
        ...terms,
      }),
  };
  return storage;
}
