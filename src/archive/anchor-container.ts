import { buffer } from 'node:stream/consumers';
import { RestError } from '@azure/storage-blob';
import { abort, ask, listBlobs, openAccount, type StorageAccount } from './account.ts';

/**
 * A container for small texts that are written once: no method overwrites or removes one. Every method throws
 * ServiceFailure (or the signal's abort).
 */
export interface AnchorContainer {
  /** Creates the container when it is missing. It is private. */
  ensure(signal?: AbortSignal): Promise<void>;
  /** Stores a text under a new name (`If-None-Match: *`). False when the name exists already, whatever it holds. */
  create(name: string, text: string, signal?: AbortSignal): Promise<boolean>;
  /** The text under a name. */
  read(name: string, signal?: AbortSignal): Promise<string>;
  /** All names, in their order. */
  names(signal?: AbortSignal): AsyncIterable<string>;
}

/** Longest name of a container. */
const maxNameLength = 63;
const suffix = '-anchors';

/** Name of the container of anchors beside the archives' one. */
export function anchorContainerBeside(archives: string): string {
  const kept = archives.slice(0, maxNameLength - suffix.length);
  return `${kept.endsWith('-') ? kept.slice(0, -1) : kept}${suffix}`;
}

/** Opens a container for anchors; makes no call yet. Throws ServiceFailure `insecure` for http outside local mode. */
export function createAnchorContainer(account: StorageAccount, name: string): AnchorContainer {
  const { service, clock } = openAccount(account);
  const container = service.getContainerClient(name);
  return {
    ensure: (signal) =>
      ask('creating the container of anchors', () => container.createIfNotExists(abort(signal))).then(() => {}),
    create: (blobName, text, signal) =>
      ask('storing an anchor', async () => {
        const body = Buffer.from(text, 'utf8');
        const only = {
          conditions: { ifNoneMatch: '*' },
          blobHTTPHeaders: { blobContentType: 'application/json' },
          ...abort(signal),
        };
        try {
          await container.getBlockBlobClient(blobName).upload(body, body.length, only);
          return true;
        } catch (error) {
          // 409 BlobAlreadyExists; 412 ConditionNotMet when two writers meet.
          if (error instanceof RestError && (error.statusCode === 409 || error.statusCode === 412)) {
            if (error.code === 'BlobAlreadyExists' || error.code === 'ConditionNotMet') return false;
          }
          throw error;
        }
      }),
    read: (blobName, signal) =>
      ask('reading an anchor', async () => {
        const answer = await container.getBlobClient(blobName).download(0, undefined, abort(signal));
        return answer.readableStreamBody === undefined
          ? ''
          : (await buffer(answer.readableStreamBody)).toString('utf8');
      }),
    names: async function* (signal) {
      for await (const blob of listBlobs(container, '', clock, signal)) yield blob.name;
    },
  };
}
