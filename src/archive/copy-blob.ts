import { createHash } from 'node:crypto';
import { BlobSASPermissions, type ContainerClient, RestError } from '@azure/storage-blob';
import pMap from 'p-map';
import { abort, ask } from './account.ts';
import { storageFailure } from './errors.ts';
import type { ServiceClock } from './service-clock.ts';
import type { Signer } from './signer.ts';

/** Bytes of one block: few enough that storage copies them within the time-out of a call. */
const blockBytes = 64 << 20;

/** Concurrent blocks of one copy. */
const blocksUnderWay = 4;

/** How long the signature lives with which storage reads the source: a retried call has to be within it. */
const sourceLinkMs = 3_600_000;

/** What is known of the original, to verify a copy by. */
export interface BlobFacts {
  readonly sizeBytes: number;
  /** In hex; null where none was recorded, so that only the size is compared. */
  readonly sha256: string | null;
}

/** Copies blobs within one container. */
export interface BlobCopier {
  readonly container: ContainerClient;
  readonly sign: Signer;
  readonly clock: ServiceClock;
  /** Bytes of one block; default 64 MiB. */
  readonly blockBytes?: number;
}

/**
 * Copies a blob to a new name and verifies the copy, without its bytes going through this process but once, to be
 * hashed. Idempotent: storage reads the source block by block (Put Block From URL), and the copy appears as a whole when
 * its block list is committed, only where there is no blob yet (compare-and-set). So a copy is complete once it exists,
 * whoever made it, and no repetition overwrites one that is already used. Returns false when neither the source nor the
 * copy exists. Throws ServiceFailure, `unreadable` for a copy that differs; that one is removed.
 */
export async function copyBlob(
  copier: BlobCopier,
  from: string,
  to: string,
  facts: BlobFacts | null,
  signal: AbortSignal,
): Promise<boolean> {
  const source = await propertiesOf(copier, from, signal);
  if ((await propertiesOf(copier, to, signal)) === null) {
    if (source === null) return false;
    await writeCopy(copier, from, to, source, signal);
  }
  await verify(copier, to, facts ?? (source === null ? null : { sizeBytes: source.sizeBytes, sha256: null }), signal);
  return true;
}

interface Found {
  readonly sizeBytes: number;
  readonly contentType: string;
  readonly etag: string;
}

async function propertiesOf({ container }: BlobCopier, name: string, signal: AbortSignal): Promise<Found | null> {
  return ask('looking for a file of the archive', async () => {
    try {
      const found = await container.getBlobClient(name).getProperties(abort(signal));
      const { contentLength = 0, contentType = 'application/octet-stream', etag = '' } = found;
      return { sizeBytes: contentLength, contentType, etag };
    } catch (error) {
      if (error instanceof RestError && error.statusCode === 404) return null;
      throw error;
    }
  });
}

async function writeCopy(copier: BlobCopier, from: string, to: string, source: Found, signal: AbortSignal) {
  const { container, sign, clock } = copier;
  const target = container.getBlockBlobClient(to);
  const size = copier.blockBytes ?? blockBytes;
  const resource = {
    containerName: container.containerName,
    blobName: from,
    permissions: BlobSASPermissions.parse('r'),
  };
  const offsets = Array.from({ length: Math.ceil(source.sizeBytes / size) }, (_, index) => index * size);
  // Equally long ids, the same in every repetition: blocks of an attempt that was lost are replaced.
  const ids = offsets.map((_, index) => Buffer.from(String(index).padStart(8, '0')).toString('base64'));
  await pMap(
    offsets,
    async (offset, index) => {
      const { query } = await sign(resource, clock.own(new Date(clock.now() + sourceLinkMs)));
      const address = `${container.getBlobClient(from).url}?${query}`;
      const length = Math.min(size, source.sizeBytes - offset);
      await ask('copying a file of the archive', () =>
        target.stageBlockFromURL(ids[index] ?? '', address, offset, length, abort(signal)),
      );
    },
    { concurrency: blocksUnderWay, signal },
  );
  await ask('completing a copy of the archive', async () => {
    try {
      await target.commitBlockList(ids, {
        blobHTTPHeaders: { blobContentType: source.contentType },
        conditions: { ifNoneMatch: '*' },
        ...abort(signal),
      });
    } catch (error) {
      // Another worker has completed the same copy meanwhile.
      if (!(error instanceof RestError) || (error.statusCode !== 409 && error.statusCode !== 412)) throw error;
    }
  });
}

async function verify(copier: BlobCopier, name: string, facts: BlobFacts | null, signal: AbortSignal): Promise<void> {
  if (facts === null) return;
  const copy = await propertiesOf(copier, name, signal);
  if (copy === null) throw storageFailure('not-found', 'A copy that was just made is not in storage.');
  const isSame = async () =>
    copy.sizeBytes === facts.sizeBytes &&
    (facts.sha256 === null || (await hashOf(copier, name, signal)) === facts.sha256);
  // Read twice before it is removed: an answer that broke off may look like a difference.
  if ((await isSame()) || (await isSame())) return;
  // Only this very copy: another worker may have put a good one in its place.
  await copier.container
    .getBlobClient(name)
    .deleteIfExists({ conditions: { ifMatch: copy.etag }, ...abort(signal) })
    .catch(() => undefined);
  throw storageFailure('unreadable', 'A copy of the archive differs from what was exported, so I did not use it.');
}

async function hashOf({ container }: BlobCopier, name: string, signal: AbortSignal): Promise<string> {
  return ask('reading a copy of the archive', async () => {
    const answer = await container.getBlobClient(name).download(0, undefined, abort(signal));
    const hash = createHash('sha256');
    for await (const piece of answer.readableStreamBody ?? []) hash.update(piece);
    return hash.digest('hex');
  });
}
