import { type KeyObject, sign } from 'node:crypto';
import type { AnchorSigner } from '../domain/anchor-signer.ts';
import { keyIdOf } from './head-signature.ts';

/** Signs with a private EC key on P-256 that this process holds. */
export function createFileSigner(key: KeyObject): AnchorSigner {
  return {
    keyId: () => keyIdOf(key),
    sign: async (bytes) => sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }),
  };
}
