import { type ContainerClient, RestError } from '@azure/storage-blob';
import type { Clock } from '../domain/clock.ts';
import { abort, ask, type ListedBlob } from './account.ts';

/**
 * One page of a container's blobs, uncommitted ones included, with the continuation marker of the next page; null after
 * the last.
 */
export async function listPage(
  container: ContainerClient,
  clock: Pick<Clock, 'now'>,
  marker: string | null,
  size: number,
  signal?: AbortSignal,
): Promise<{ readonly blobs: readonly ListedBlob[]; readonly next: string | null }> {
  const pageFrom = async (continuationToken: string | null) => {
    const place = { maxPageSize: size, ...(continuationToken === null ? {} : { continuationToken }) };
    const listed = container.listBlobsFlat({ includeUncommitedBlobs: true, ...abort(signal) }).byPage(place);
    for await (const { segment, continuationToken: next } of listed) {
      const blobs = segment.blobItems.map(({ name, properties }) => {
        // An uncommitted blob has no entity tag.
        const committed = Boolean(properties.etag);
        return { name, committed, ageMs: committed ? clock.now() - properties.lastModified.getTime() : null };
      });
      return { blobs, next: next || null };
    }
    return { blobs: [], next: null };
  };
  return ask('listing the archive', async () => {
    try {
      return await pageFrom(marker);
    } catch (error) {
      // A marker may have expired, or belong to another account: then the list starts from the beginning.
      if (marker === null || !(error instanceof RestError) || error.statusCode !== 400) throw error;
      return pageFrom(null);
    }
  });
}

/**
 * Removes a blob. An uncommitted one cannot be deleted: committing an empty block list in its place drops its blocks,
 * and the empty blob is then deleted. The condition spares a blob that was completed meanwhile.
 */
export async function discard(container: ContainerClient, blob: ListedBlob, signal?: AbortSignal): Promise<void> {
  const client = container.getBlockBlobClient(blob.name);
  await ask('removing a file of the archive', async () => {
    if (!blob.committed) {
      try {
        await client.commitBlockList([], { conditions: { ifNoneMatch: '*' }, ...abort(signal) });
      } catch (error) {
        if (error instanceof RestError && (error.statusCode === 409 || error.statusCode === 412)) return;
        throw error;
      }
    }
    await client.deleteIfExists({ deleteSnapshots: 'include', ...abort(signal) });
  });
}
