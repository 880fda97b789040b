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

/** A shared access signature as the query of an address. It is a secret: whoever has it can use it. */
export interface Signature {
  readonly query: string;
  /** When it really ends, by storage's clock; earlier than asked for when the signing key does not live that long. */
  readonly expiresAt: Date;
}

/** What is opened, and how; the times are the signer's. */
export type Opening = Pick<
  BlobSASSignatureValues,
  'containerName' | 'blobName' | 'permissions' | 'contentDisposition' | 'contentType'
>;

/** Signs what opens a container or a blob until a moment of the process's clock. Throws ArchiveError. */
export type Signer = (opening: Opening, expiresAt: Date) => Promise<Signature>;

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
  return async (opening, expiresAt) => {
    const until = clock.at(expiresAt);
    const parameters = generateBlobSASQueryParameters(terms(opening, until, allowHttp, clock), credential);
    return { query: parameters.toString(), expiresAt: until };
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
  clock: ServiceClock,
): Signer {
  let cached: UserDelegationKey | null = null;
  return async (opening, expiresAt) => {
    const now = clock.now();
    const needed = Math.min(clock.at(expiresAt).getTime(), now + keyLifetimeMs - 3_600_000);
    if (cached === null || cached.signedExpiresOn.getTime() < needed || cached.signedStartsOn.getTime() > now) {
      cached = await fetchKey(service, clock);
    }
    const until = new Date(Math.min(clock.at(expiresAt).getTime(), cached.signedExpiresOn.getTime()));
    const signed = generateBlobSASQueryParameters(terms(opening, until, allowHttp, clock), cached, accountName);
    return { query: signed.toString(), expiresAt: until };
  };
}

/**
 * Fetches a key for as long as one can live. Storage refuses one that lasts longer than that by its own clock; its
 * answer tells the time, and when that is another than was thought, the key is asked for once more.
 */
async function fetchKey(service: BlobServiceClient, clock: ServiceClock): Promise<UserDelegationKey> {
  const ask = () =>
    service.getUserDelegationKey(new Date(clock.now() - clockSkewMs), new Date(clock.now() + keyLifetimeMs));
  const thought = clock.offset;
  try {
    const key = await ask();
    return Math.abs(clock.offset - thought) < clockSkewMs / 3 ? key : await ask();
  } catch (error) {
    if (clock.offset === thought) throw archiveError(error, 'making a link');
  }
  try {
    return await ask();
  } catch (error) {
    throw archiveError(error, 'making a link');
  }
}

function terms(opening: Opening, expiresOn: Date, allowHttp: boolean, clock: ServiceClock): BlobSASSignatureValues {
  return {
    ...opening,
    protocol: allowHttp ? SASProtocol.HttpsAndHttp : SASProtocol.Https,
    startsOn: new Date(clock.now() - clockSkewMs),
    expiresOn,
  };
}
