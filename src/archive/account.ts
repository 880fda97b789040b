import type { TokenCredential } from '@azure/identity';
import {
  BlobServiceClient,
  type ContainerClient,
  newPipeline,
  type StoragePipelineOptions,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import type { Clock } from '../domain/clock.ts';
import { callTimeout } from './call-timeout.ts';
import { archiveError, storageFailure } from './errors.ts';
import { ServiceClock } from './service-clock.ts';
import { type Signer, signerByAccountKey, signerByUserDelegation } from './signer.ts';

/** How Steward signs in to the storage account. */
export type StorageSignIn =
  | { readonly kind: 'entra'; readonly credential: TokenCredential }
  | { readonly kind: 'key'; readonly accountName: string; readonly accountKey: string };

/** The storage account and how to talk to it. */
export interface StorageAccount {
  /** The blob service: `https://<account>.blob.core.windows.net`, or Azurite's `http://127.0.0.1:10000/<account>`. */
  readonly url: string;
  readonly signIn: StorageSignIn;
  /** Only true in local mode: lets requests and links go over plain http. */
  readonly allowHttp: boolean;
  readonly clock: Clock;
  /** Retries and backoff for transient failures; the client library's own defaults when left out. */
  readonly retry?: StoragePipelineOptions['retryOptions'];
  /** Time-out of one attempt of a call, in milliseconds. */
  readonly callTimeoutMs?: number;
}

/** A blob as a list shows it. */
export interface StoredBlob {
  readonly name: string;
  readonly sizeBytes: number;
  /** Milliseconds since it was last written. */
  readonly ageMs: number;
}

/** A blob, or the uncommitted blocks of one that was never completed. */
export interface ListedBlob {
  readonly name: string;
  readonly committed: boolean;
  /** Milliseconds since it was last written; null when storage gives no age. */
  readonly ageMs: number | null;
}

// Enough for one block over a slow connection.
const defaultCallTimeoutMs = 100_000;

/** Opens the account; makes no call yet. Throws ServiceFailure `insecure` for http outside local mode. */
export function openAccount(account: StorageAccount): {
  readonly service: BlobServiceClient;
  readonly sign: Signer;
  /** Storage's own clock, which decides the age of blobs and the expiry of signatures. */
  readonly clock: ServiceClock;
} {
  const { url, allowHttp, signIn } = account;
  const clock = new ServiceClock(account.clock);
  if (new URL(url).protocol !== 'https:' && !allowHttp) {
    throw storageFailure('insecure', 'The storage account has to be reached over https.');
  }
  const open = (credential: TokenCredential | StorageSharedKeyCredential): BlobServiceClient => {
    const pipeline = newPipeline(credential, account.retry ? { retryOptions: account.retry } : {});
    pipeline.factories.push(clock.listener(), callTimeout(account.callTimeoutMs ?? defaultCallTimeoutMs));
    return new BlobServiceClient(url, pipeline);
  };
  if (signIn.kind === 'entra') {
    const service = open(signIn.credential);
    return { service, sign: signerByUserDelegation(service, service.accountName, allowHttp, clock), clock };
  }
  const credential = new StorageSharedKeyCredential(signIn.accountName, signIn.accountKey);
  return {
    service: open(credential),
    sign: signerByAccountKey(credential, allowHttp, clock),
    clock,
  };
}

/** The blobs of a container, page by page, in the order of their names. */
export async function* listBlobs(
  container: ContainerClient,
  prefix: string,
  clock: Pick<Clock, 'now'>,
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

/** Makes a call and turns its errors into ServiceFailure; an abort is thrown unchanged. `doing` follows "while". */
export async function ask<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw archiveError(error, doing);
  }
}

/** A signal as an option of the client library. */
export function abort(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}
