import { type BlobServiceClient, ContainerSASPermissions } from '@azure/storage-blob';
import { abort, ask, listBlobs, openAccount, type StorageAccount, type StoredBlob } from './account.ts';
import { type DownloadLink, makeLink } from './links.ts';
import { renewBlobs } from './renew-blobs.ts';
import type { ServiceClock } from './service-clock.ts';
import { keyLifetimeMs, type Signer } from './signer.ts';

/** A container as a list shows it. */
export interface StoredContainer {
  readonly name: string;
  /** Milliseconds since it was last changed. */
  readonly ageMs: number;
}

/**
 * Drop-off containers into which another service writes: one for each export, so that its write access covers nothing
 * else. Every method throws ServiceFailure (or the signal's abort); no error contains a signed address.
 */
export interface DropOffContainers {
  /** Creates the container when it is missing. It is private. */
  ensure(container: string, signal: AbortSignal): Promise<void>;
  /**
   * A secret signed address with which another service can write into this container only, valid as long as a signing
   * key can be.
   */
  writeAccess(container: string): Promise<DownloadLink>;
  /** The files that were written; none when the container does not exist. */
  files(container: string, signal: AbortSignal): AsyncIterable<StoredBlob>;
  /** Whether a file is there. */
  has(container: string, blobName: string): Promise<boolean>;
  /** A link to one file, for reading only. */
  link(
    container: string,
    blobName: string,
    terms: { readonly downloadName: string; readonly expiresAt: Date },
  ): Promise<DownloadLink>;
  /** Marks every file as changed now, as `ArchiveStorage.renew` does. */
  renew(container: string, signal: AbortSignal): Promise<void>;
  /** Removes the container with everything in it; no error when it does not exist. */
  remove(container: string, signal: AbortSignal): Promise<void>;
  /** The containers whose names start with `prefix`. */
  containers(prefix: string, signal: AbortSignal): AsyncIterable<StoredContainer>;
}

/**
 * Permissions create, add and write: enough to create a blob of any kind and to continue one. Neither read, list nor
 * delete, so that a leaked address discloses and destroys nothing. Graph's documentation does not say what it needs.
 */
const writePermissions = 'acw';

/**
 * Opens the account for drop-off containers; makes no call yet. Throws ServiceFailure `insecure` for http outside local
 * mode.
 */
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
        // Browsers save the file and never display it.
        contentType: 'application/octet-stream',
        ...terms,
      }),
    renew: async (container, signal) => {
      const client = service.getContainerClient(container);
      if (!(await ask('looking for a container', () => client.exists(abort(signal))))) return;
      await renewBlobs(client, '', clock, signal);
    },
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
  const resource = { containerName: container, permissions: ContainerSASPermissions.parse(writePermissions) };
  const { query, expiresAt } = await sign(resource, new Date(clock.now() - clock.offset + keyLifetimeMs));
  // The poll that compares it uses the process's own clock.
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
