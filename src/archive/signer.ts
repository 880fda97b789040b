import {
  type BlobSASSignatureValues,
  type BlobServiceClient,
  generateBlobSASQueryParameters,
  SASProtocol,
  type StorageSharedKeyCredential,
  type UserDelegationKey,
} from '@azure/storage-blob';
import type { Clock } from '../domain/clock.ts';
import { archiveError } from './errors.ts';

/** A shared access signature as the query of an address. It is a secret: whoever has it can use it. */
export interface Signature {
  readonly query: string;
  /** When it really ends; earlier than asked for when the signing key does not live that long. */
  readonly expiresAt: Date;
}

/** What is opened, and how; the times are the signer's. */
export type Opening = Pick<
  BlobSASSignatureValues,
  'containerName' | 'blobName' | 'permissions' | 'contentDisposition' | 'contentType'
>;

/** Signs what opens a container or a blob until a moment. Throws ArchiveError. */
export type Signer = (opening: Opening, expiresAt: Date) => Promise<Signature>;

/** Clocks of two machines may differ by this much (Microsoft's advice for shared access signatures). */
const clockSkewMs = 15 * 60_000;
/** A user delegation key lives at most seven days, counted from its start. */
export const keyLifetimeMs = 7 * 24 * 3_600_000 - clockSkewMs;

/** Signs with the account's key: for Azurite and for accounts without Entra ID. */
export function signerByAccountKey(credential: StorageSharedKeyCredential, allowHttp: boolean, clock: Clock): Signer {
  return async (opening, expiresAt) => {
    const parameters = generateBlobSASQueryParameters(terms(opening, expiresAt, allowHttp, clock), credential);
    return { query: parameters.toString(), expiresAt };
  };
}

/**
 * Signs with a user delegation key, which Entra ID stands behind: no account key exists, and revoking the account's
 * delegation keys ends every signature. A key is fetched once and used until a signature has to outlive it.
 */
export function signerByUserDelegation(
  service: BlobServiceClient,
  accountName: string,
  allowHttp: boolean,
  clock: Clock,
): Signer {
  let cached: { readonly key: UserDelegationKey; readonly endsAt: number } | null = null;
  return async (opening, expiresAt) => {
    const now = clock.now();
    if (cached === null || cached.endsAt < Math.min(expiresAt.getTime(), now + keyLifetimeMs - 3_600_000)) {
      const starts = new Date(now - clockSkewMs);
      const ends = new Date(now + keyLifetimeMs);
      try {
        const key = await service.getUserDelegationKey(starts, ends);
        cached = { key, endsAt: key.signedExpiresOn.getTime() };
      } catch (error) {
        throw archiveError(error, 'making a link');
      }
    }
    const until = new Date(Math.min(expiresAt.getTime(), cached.endsAt));
    const signed = generateBlobSASQueryParameters(terms(opening, until, allowHttp, clock), cached.key, accountName);
    return { query: signed.toString(), expiresAt: until };
  };
}

function terms(opening: Opening, expiresOn: Date, allowHttp: boolean, clock: Clock): BlobSASSignatureValues {
  return {
    ...opening,
    protocol: allowHttp ? SASProtocol.HttpsAndHttp : SASProtocol.Https,
    startsOn: new Date(clock.now() - clockSkewMs),
    expiresOn,
  };
}
