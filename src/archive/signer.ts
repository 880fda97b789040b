import {
  type BlobSASSignatureValues,
  type BlobServiceClient,
  generateBlobSASQueryParameters,
  SASProtocol,
  type StorageSharedKeyCredential,
  type UserDelegationKey,
} from '@azure/storage-blob';
import { archiveError } from './errors.ts';
import type { ServiceClock } from './service-clock.ts';

/** A shared access signature as the query of an address. It is a secret: anybody who has it can use it. */
export interface Signature {
  readonly query: string;
  /** When it expires, by storage's clock; earlier than requested when the signing key expires first. */
  readonly expiresAt: Date;
}

/** The resource and the access to it; the signer adds the times. */
export type SignedResource = Pick<
  BlobSASSignatureValues,
  'containerName' | 'blobName' | 'permissions' | 'contentDisposition' | 'contentType'
>;

/** Signs access to a container or a blob until a moment of the process's clock. Throws ServiceFailure. */
export type Signer = (resource: SignedResource, expiresAt: Date) => Promise<Signature>;

/** Clocks of two machines may differ by this much (Microsoft's advice for shared access signatures). */
const clockSkewMs = 15 * 60_000;
/** A user delegation key lives at most seven days, counted from its start. */
export const keyLifetimeMs = 7 * 24 * 3_600_000 - clockSkewMs;

/** Signs with the account's key: for Azurite and for accounts without Entra ID. */
export function signerByAccountKey(
  credential: StorageSharedKeyCredential,
  allowHttp: boolean,
  clock: ServiceClock,
): Signer {
  return async (resource, expiresAt) => {
    const until = clock.at(expiresAt);
    const parameters = generateBlobSASQueryParameters(terms(resource, until, allowHttp, clock), credential);
    return { query: parameters.toString(), expiresAt: until };
  };
}

/**
 * Signs with a user delegation key, issued through Entra ID: no account key exists, and revoking the account's
 * delegation keys ends every signature. A key is cached until a signature has to outlive it.
 */
export function signerByUserDelegation(
  service: BlobServiceClient,
  accountName: string,
  allowHttp: boolean,
  clock: ServiceClock,
): Signer {
  let cached: UserDelegationKey | null = null;
  return async (resource, expiresAt) => {
    const now = clock.now();
    const needed = Math.min(clock.at(expiresAt).getTime(), now + keyLifetimeMs - 3_600_000);
    if (cached === null || cached.signedExpiresOn.getTime() < needed || cached.signedStartsOn.getTime() > now) {
      cached = await fetchKey(service, clock);
    }
    const until = new Date(Math.min(clock.at(expiresAt).getTime(), cached.signedExpiresOn.getTime()));
    const signed = generateBlobSASQueryParameters(terms(resource, until, allowHttp, clock), cached, accountName);
    return { query: signed.toString(), expiresAt: until };
  };
}

/**
 * Fetches a key with the longest lifetime. Storage refuses one that lasts longer than that by its own clock; its answer
 * corrects the estimated clock skew, and then the key is requested once more.
 */
async function fetchKey(service: BlobServiceClient, clock: ServiceClock): Promise<UserDelegationKey> {
  const requestKey = () =>
    service.getUserDelegationKey(new Date(clock.now() - clockSkewMs), new Date(clock.now() + keyLifetimeMs));
  const estimated = clock.offset;
  try {
    const key = await requestKey();
    return Math.abs(clock.offset - estimated) < clockSkewMs / 3 ? key : await requestKey();
  } catch (error) {
    if (clock.offset === estimated) throw archiveError(error, 'making a link');
  }
  try {
    return await requestKey();
  } catch (error) {
    throw archiveError(error, 'making a link');
  }
}

function terms(
  resource: SignedResource,
  expiresOn: Date,
  allowHttp: boolean,
  clock: ServiceClock,
): BlobSASSignatureValues {
  return {
    ...resource,
    protocol: allowHttp ? SASProtocol.HttpsAndHttp : SASProtocol.Https,
    startsOn: new Date(clock.now() - clockSkewMs),
    expiresOn,
  };
}
