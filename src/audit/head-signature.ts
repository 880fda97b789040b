import { createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, compactVerify, errors } from 'jose';
import type { AnchorSigner } from '../domain/anchor-signer.ts';
import type { Anchor } from '../domain/audit-verification.ts';

/** What a signed head is for; it stands in the signed text, so that one cannot be used for the other. */
export type SignedAs = 'anchor' | 'checkpoint';

/** Public keys by their thumbprints (RFC 7638). */
export type VerificationKeys = ReadonlyMap<string, KeyObject>;

/** Signs a head, as a compact JWS (RFC 7515). Throws what the signer throws. */
export async function signHead(
  signer: AnchorSigner,
  as: SignedAs,
  { entry, hash, at }: Anchor,
  signal?: AbortSignal,
): Promise<string> {
  const header = { alg: 'ES256', kid: await signer.keyId(signal) };
  const signed = `${base64url(header)}.${base64url({ as, entry, hash, at })}`;
  const signature = await signer.sign(Buffer.from(signed, 'ascii'), signal);
  return `${signed}.${Buffer.from(signature).toString('base64url')}`;
}

/** Whether a head was signed with one of these keys, as what it is used for. */
export async function checkSignature(
  keys: VerificationKeys,
  as: SignedAs,
  { entry, hash, at, signature }: Anchor,
): Promise<'signed' | 'unsigned' | 'forged'> {
  if (signature === undefined) return 'unsigned';
  try {
    const { payload } = await compactVerify(
      signature,
      ({ kid }) => {
        const key = keys.get(kid ?? '');
        if (key === undefined) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      { algorithms: ['ES256'] },
    );
    const isOfThis = Buffer.from(payload).toString('utf8') === JSON.stringify({ as, entry, hash, at });
    return isOfThis ? 'signed' : 'forged';
  } catch (error) {
    if (error instanceof errors.JOSEError) return 'forged';
    throw error;
  }
}

/** Thumbprint of the public half of an EC key (RFC 7638). */
export function keyIdOf(key: KeyObject): Promise<string> {
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return calculateJwkThumbprint(half.export({ format: 'jwk' }));
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}
