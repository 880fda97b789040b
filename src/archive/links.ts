import { BlobSASPermissions } from '@azure/storage-blob';
import { create as contentDisposition } from 'content-disposition';
import type { Signer } from './signer.ts';

/** A read-only link to one blob. The address is a secret: anybody who has it can read the blob. */
export interface DownloadLink {
  readonly url: string;
  /** When it expires; earlier than requested when the signing key expires first. */
  readonly expiresAt: Date;
}

/** What a link opens, and how. */
export interface LinkTarget {
  readonly containerName: string;
  readonly blobName: string;
  readonly blobUrl: string;
  /** The name under which a browser saves the file. */
  readonly downloadName: string;
  readonly contentType: string;
  readonly expiresAt: Date;
}

/** Makes a link. Throws ServiceFailure. */
export async function makeLink(sign: Signer, target: LinkTarget): Promise<DownloadLink> {
  const { containerName, blobName, contentType } = target;
  const resource = {
    containerName,
    blobName,
    permissions: BlobSASPermissions.parse('r'),
    contentDisposition: contentDisposition(target.downloadName),
    contentType,
  };
  const { query, expiresAt } = await sign(resource, target.expiresAt);
  return { url: `${target.blobUrl}?${query}`, expiresAt };
}
