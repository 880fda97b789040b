import { BlobSASPermissions } from '@azure/storage-blob';
import { create as contentDisposition } from 'content-disposition';
import type { Signer } from './signer.ts';

/** A link that opens one blob, for reading only. The address is a secret: whoever has it can open the blob. */
export interface DownloadLink {
  readonly url: string;
  /** When it really ends; earlier than asked for when the signing key does not live that long. */
  readonly expiresAt: Date;
}

/** What one link is for. */
export interface LinkTarget {
  readonly containerName: string;
  readonly blobName: string;
  readonly blobUrl: string;
  /** The name under which a browser saves the file. */
  readonly downloadName: string;
  readonly contentType: string;
  readonly expiresAt: Date;
}

/** Makes a link. Throws ArchiveError. */
export async function makeLink(sign: Signer, target: LinkTarget): Promise<DownloadLink> {
  const { containerName, blobName, contentType } = target;
  const opening = {
    containerName,
    blobName,
    permissions: BlobSASPermissions.parse('r'),
    contentDisposition: contentDisposition(target.downloadName),
    contentType,
  };
  const { query, expiresAt } = await sign(opening, target.expiresAt);
  return { url: `${target.blobUrl}?${query}`, expiresAt };
}
