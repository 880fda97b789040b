import type { ContainerClient } from '@azure/storage-blob';
import { abort, ask, listBlobs } from './account.ts';
import type { ServiceClock } from './service-clock.ts';

/** Marks blobs whose names begin with `prefix` as changed now: setting metadata moves the time of the last change. */
export async function renewBlobs(
  container: ContainerClient,
  prefix: string,
  clock: ServiceClock,
  signal?: AbortSignal,
): Promise<void> {
  for await (const { name } of listBlobs(container, prefix, clock, signal)) {
    const kept = { keptat: new Date(clock.now()).toISOString() };
    await ask('keeping a file', () => container.getBlobClient(name).setMetadata(kept, abort(signal)));
  }
}
