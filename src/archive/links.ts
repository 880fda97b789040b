import {
  BlobSASPermissions,
  type BlobServiceClient,
  generateBlobSASQueryParameters,
  SASProtocol,
  type StorageSharedKeyCredential,
  type UserDelegationKey,
} from '@azure/storage-blob';
import { create as contentDisposition } from 'content-disposition';
import type { Clock } from '../domain/clock.ts';
import { archiveError } from './errors.ts';

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
  readonly expiresAt: Date;
}

export type LinkMaker = (target: LinkTarget) => Promise<DownloadLink>;

/** Clocks of two machines may differ by this much (Microsoft's advice for shared access signatures). */
const clockSkewMs = 15 * 60_000;
/** A user delegation key lives at most seven days, counted from its start. */
const keyLifetimeMs = 7 * 24 * 3_600_000 - clockSkewMs;

/** Links signed with the account's key: for Azurite and for accounts without Entra ID. */
export function linksByAccountKey(credential: StorageSharedKeyCredential, allowHttp: boolean, clock: Clock): LinkMaker {
  return async (target) => {
    const parameters = generateBlobSASQueryParameters(terms(target, target.expiresAt, allowHttp, clock), credential);
    return { url: `${target.blobUrl}?${parameters.toString()}`, expiresAt: target.expiresAt };
  };
}

/**
 * Links signed with a user delegation key, which Entra ID stands behind: no account key exists, and revoking the
 * account's delegation keys ends every link. A key is fetched once and used until a link has to outlive it.
 */
export function linksByUserDelegation(
  service: BlobServiceClient,
  accountName: string,
  allowHttp: boolean,
  clock: Clock,
): LinkMaker {
  let cached: { readonly key: UserDelegationKey; readonly endsAt: number } | null = null;
  return async (target) => {
    const now = clock.now();
    if (cached === null || cached.endsAt < Math.min(target.expiresAt.getTime(), now + keyLifetimeMs - 3_600_000)) {
      const starts = new Date(now - clockSkewMs);
      const ends = new Date(now + keyLifetimeMs);
      try {
        const key = await service.getUserDelegationKey(starts, ends);
        cached = { key, endsAt: key.signedExpiresOn.getTime() };
      } catch (error) {
        throw archiveError(error, 'making a link');
      }
    }
    const expiresAt = new Date(Math.min(target.expiresAt.getTime(), cached.endsAt));
    const signed = generateBlobSASQueryParameters(terms(target, expiresAt, allowHttp, clock), cached.key, accountName);
    return { url: `${target.blobUrl}?${signed.toString()}`, expiresAt };
  };
}

function terms(target: LinkTarget, expiresOn: Date, allowHttp: boolean, clock: Clock) {
  return {
    containerName: target.containerName,
    blobName: target.blobName,
    permissions: BlobSASPermissions.parse('r'),
    protocol: allowHttp ? SASProtocol.HttpsAndHttp : SASProtocol.Https,
    startsOn: new Date(clock.now() - clockSkewMs),
    expiresOn,
    contentDisposition: contentDisposition(target.downloadName),
    contentType: 'application/zip',
  };
}
