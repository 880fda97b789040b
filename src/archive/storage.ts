import type { Writable } from 'node:stream';
import { Readable } from 'node:stream';
import type { TokenCredential } from '@azure/identity';
import {
  BlobServiceClient,
  type ContainerClient,
  newPipeline,
  type StoragePipelineOptions,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import type { Clock } from '../domain/clock.ts';
import { createBlockPool } from './block-pool.ts';
import { BlockUpload } from './block-upload.ts';
import { callTimeout } from './call-timeout.ts';
import { ArchiveError, archiveError } from './errors.ts';
import { type DownloadLink, type LinkMaker, linksByAccountKey, linksByUserDelegation } from './links.ts';

/** How Steward signs in to the storage account. */
export type StorageSignIn =
  | { readonly kind: 'entra'; readonly credential: TokenCredential }
  | { readonly kind: 'key'; readonly accountName: string; readonly accountKey: string };

export interface ArchiveStorageOptions {
  /** The blob service: `https://<account>.blob.core.windows.net`, or Azurite's `http://127.0.0.1:10000/<account>`. */
  readonly url: string;
  readonly signIn: StorageSignIn;
  readonly container: string;
  /** Only true in local mode: lets requests and links go over plain http. */
  readonly allowHttp: boolean;
  readonly clock: Clock;
  /** Bytes in one block. */
  readonly blockBytes?: number;
  /** Blocks of one upload under way at the same time. With `blockBytes` this bounds an upload's memory. */
  readonly blocksUnderWay?: number;
  /** Tries and waits for calls that fail in passing; the client library's own defaults when left out. */
  readonly retry?: StoragePipelineOptions['retryOptions'];
  /** How long one try of a call may go without an answer, in milliseconds. */
  readonly callTimeoutMs?: number;
}

/** A blob as a list shows it. */
export interface StoredBlob {
  readonly name: string;
  readonly sizeBytes: number;
  /** Milliseconds since it was last written. */
  readonly ageMs: number;
}

/**
 * The container that holds archives. Every method throws ArchiveError (or the signal's abort) and nothing else;
 * no error or log ever holds a link or a key.
 */
export interface ArchiveStorage {
  /** Creates the container when it is missing. It is private: blobs open by link only. */
  ensure(signal?: AbortSignal): Promise<void>;
  /** Resolves when the container answers. */
  ready(signal?: AbortSignal): Promise<void>;
  /** A stream into a new blob. The blob appears, whole, when the stream finishes. `onBytes` sees what is sent. */
  upload(blobName: string, contentType: string, onBytes?: (bytes: Buffer) => void): Writable;
  /** The bytes of a blob. */
  read(blobName: string, signal?: AbortSignal): Promise<Readable>;
  /** Blobs whose names begin with `prefix`, oldest names first. */
  list(prefix: string, signal?: AbortSignal): AsyncIterable<StoredBlob>;
  /** Removes every blob of a request, of all its attempts. Says how many there were. */
  removeRequest(requestId: string, signal?: AbortSignal): Promise<number>;
  /** Removes one blob; it is fine if it is gone already. */
  remove(blobName: string, signal?: AbortSignal): Promise<void>;
  /** A link to one blob, for reading only, that a browser saves as `downloadName`. */
  link(blobName: string, terms: { readonly downloadName: string; readonly expiresAt: Date }): Promise<DownloadLink>;
}

// Measured against Azurite and a discarding sink: blocks of 8 and 16 MiB are no faster and hold more memory,
// fewer blocks under way leave storage waiting.
const defaultBlockBytes = 4 << 20;
const defaultBlocksUnderWay = 4;
// Time enough for a block over a slow line.
const defaultCallTimeoutMs = 100_000;

/** Opens the archive's container; makes no call yet. Throws ArchiveError `insecure` for http outside local mode. */
export function createArchiveStorage(options: ArchiveStorageOptions): ArchiveStorage {
  if (new URL(options.url).protocol !== 'https:' && !options.allowHttp) {
    throw new ArchiveError('insecure', 'The storage account has to be reached over https.');
  }
  const { service, makeLink } = signIn(options);
  const container = service.getContainerClient(options.container);
  const blocksUnderWay = options.blocksUnderWay ?? defaultBlocksUnderWay;
  const pool = createBlockPool(options.blockBytes ?? defaultBlockBytes, blocksUnderWay + 1);
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
    list: (prefix, signal) => list(container, prefix, options.clock, signal),
    removeRequest: async (requestId, signal) => {
      let removed = 0;
      for await (const blob of list(container, `${requestId}/`, options.clock, signal)) {
        await storage.remove(blob.name, signal);
        removed += 1;
      }
      return removed;
    },
    remove: (blobName, signal) =>
      ask('removing a file of the archive', () =>
        container.getBlobClient(blobName).deleteIfExists({ deleteSnapshots: 'include', ...abort(signal) }),
      ).then(() => {}),
    link: (blobName, terms) =>
      makeLink({
        containerName: options.container,
        blobName,
        blobUrl: container.getBlobClient(blobName).url,
        ...terms,
      }),
  };
  return storage;
}

function signIn(options: ArchiveStorageOptions): { service: BlobServiceClient; makeLink: LinkMaker } {
  const open = (credential: TokenCredential | StorageSharedKeyCredential): BlobServiceClient => {
    const pipeline = newPipeline(credential, options.retry ? { retryOptions: options.retry } : {});
    pipeline.factories.push(callTimeout(options.callTimeoutMs ?? defaultCallTimeoutMs));
    return new BlobServiceClient(options.url, pipeline);
  };
  if (options.signIn.kind === 'entra') {
    const service = open(options.signIn.credential);
    return { service, makeLink: linksByUserDelegation(service, service.accountName, options.allowHttp, options.clock) };
  }
  const credential = new StorageSharedKeyCredential(options.signIn.accountName, options.signIn.accountKey);
  const service = open(credential);
  return { service, makeLink: linksByAccountKey(credential, options.allowHttp, options.clock) };
}

async function* list(
  container: ContainerClient,
  prefix: string,
  clock: Clock,
  signal?: AbortSignal,
): AsyncIterable<StoredBlob> {
  const pages = container.listBlobsFlat({ prefix, ...abort(signal) })[Symbol.asyncIterator]();
  for (;;) {
    const next = await ask('listing the archive', () => pages.next());
    if (next.done === true) return;
    const { name, properties } = next.value;
    const ageMs = clock.now() - properties.lastModified.getTime();
    yield { name, sizeBytes: properties.contentLength ?? 0, ageMs };
  }
}

async function ask<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw archiveError(error, doing);
  }
}

function abort(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}
