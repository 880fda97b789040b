import { type BlobServiceClient, ContainerSASPermissions } from '@azure/storage-blob';
import { abort, ask, listBlobs, openAccount, type StorageAccount, type StoredBlob } from './account.ts';
import { type DownloadLink, makeLink } from './links.ts';
import type { ServiceClock } from './service-clock.ts';
import { keyLifetimeMs, type Signer } from './signer.ts';

/** A container as a list shows it. */
export interface StoredContainer {
  readonly name: string;
  /** Milliseconds since it was last changed. */
  readonly ageMs: number;
}

/**
 * Containers into which another service writes: one for each time, so that the right to write into it reaches nothing
 * else. Every method throws ArchiveError (or the signal's abort); no error holds an address that opens anything.
 */
export interface DropOffContainers {
  /** Makes the container unless it is there. It is private. */
  ensure(container: string, signal: AbortSignal): Promise<void>;
  /** An address with which somebody else may write into this container only, for as long as a key can live. Secret. */
  writeAccess(container: string): Promise<DownloadLink>;
  /** What has been written; nothing when there is no such container. */
  files(container: string, signal: AbortSignal): AsyncIterable<StoredBlob>;
  /** Whether a file is there. */
  has(container: string, blobName: string): Promise<boolean>;
  /** A link to one file, for reading only. */
  link(
    container: string,
    blobName: string,
    terms: { readonly downloadName: string; readonly expiresAt: Date },
  ): Promise<DownloadLink>;
  /** Removes the container with everything in it; it is fine if it is gone already. */
  remove(container: string, signal: AbortSignal): Promise<void>;
  /** The containers whose names begin so. */
  containers(prefix: string, signal: AbortSignal): AsyncIterable<StoredContainer>;
}

/**
 * Create, add and write: what it takes to make a blob of any kind and to go on with one that was begun. Neither read,
 * list nor delete, so that a leaked address shows and destroys nothing. Graph's page does not say what it needs.
 */
const writing = 'acw';

/** Opens the account for handovers; makes no call yet. Throws ArchiveError `insecure` for http outside local mode. */
export function createDropOffContainers(account: StorageAccount): DropOffContainers {
  const { service, sign, clock } = openAccount(account);
  return {
    ensure: (container, signal) =>
      ask('creating a container', () => service.getContainerClient(container).createIfNotExists(abort(signal))).then(
        () => {},
      ),
    writeAccess: (container) => writeAccess(service, sign, clock, container),
    files: (container, signal) => files(service, clock, container, signal),
    has: (container, blobName) =>
      ask('looking for a file', () => service.getContainerClient(container).getBlobClient(blobName).exists()),
    link: (container, blobName, terms) =>
      makeLink(sign, {
        containerName: container,
        blobName,
        blobUrl: service.getContainerClient(container).getBlobClient(blobName).url,
        // Whatever it is, it is saved and never shown.
        contentType: 'application/octet-stream',
        ...terms,
      }),
    remove: (container, signal) =>
      ask('removing a container', () => service.getContainerClient(container).deleteIfExists(abort(signal))).then(
        () => {},
      ),
    containers: (prefix, signal) => containers(service, clock, prefix, signal),
  };
}

async function writeAccess(
  service: BlobServiceClient,
  sign: Signer,
  clock: ServiceClock,
  container: string,
): Promise<DownloadLink> {
  const opening = { containerName: container, permissions: ContainerSASPermissions.parse(writing) };
  const { query, expiresAt } = await sign(opening, new Date(clock.now() - clock.offset + keyLifetimeMs));
  // Whoever follows what is written goes by the process's own clock.
  return { url: `${service.getContainerClient(container).url}?${query}`, expiresAt: clock.own(expiresAt) };
}

async function* files(
  service: BlobServiceClient,
  clock: ServiceClock,
  container: string,
  signal: AbortSignal,
): AsyncIterable<StoredBlob> {
  const client = service.getContainerClient(container);
  if (!(await ask('looking for a container', () => client.exists(abort(signal))))) return;
  yield* listBlobs(client, '', clock, signal);
}

async function* containers(
  service: BlobServiceClient,
  clock: ServiceClock,
  prefix: string,
  signal: AbortSignal,
): AsyncIterable<StoredContainer> {
  const pages = service.listContainers({ prefix, ...abort(signal) })[Symbol.asyncIterator]();
  for (;;) {
    const next = await ask('listing containers', () => pages.next());
    if (next.done === true) return;
    const { name, properties } = next.value;
    yield { name, ageMs: clock.now() - properties.lastModified.getTime() };
  }
}
