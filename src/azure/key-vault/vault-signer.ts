import type { TokenCredential } from '@azure/identity';
import { CryptographyClient, KeyClient, type KeyVaultKey } from '@azure/keyvault-keys';
import { calculateJwkThumbprint } from 'jose';
import type { AnchorSigner } from '../../domain/anchor-signer.ts';

/** A key of Key Vault. */
export interface VaultKey {
  readonly vaultUrl: string;
  readonly name: string;
  /** Left out: the newest one, asked for before each signature, so that a rotation needs no restart. */
  readonly version?: string;
}

const callLimitMs = 20_000;

/** Signs with an EC key on P-256 that stays in Key Vault. Makes no call yet. Throws what the vault's client throws. */
export function createVaultSigner({ vaultUrl, name, version }: VaultKey, credential: TokenCredential): AnchorSigner {
  const client = new KeyClient(vaultUrl, credential);
  let current: KeyVaultKey | null = null;
  return {
    keyId: async (signal) => {
      current = await client.getKey(name, { ...(version === undefined ? {} : { version }), ...limited(signal) });
      const { kty = '', crv = '', x, y } = current.key ?? {};
      if (x === undefined || y === undefined || crv !== 'P-256') throw new Error('the key is not an EC key on P-256');
      return calculateJwkThumbprint({ kty: kty.replace('-HSM', ''), crv, x: base64url(x), y: base64url(y) });
    },
    sign: async (bytes, signal) => {
      current ??= await client.getKey(name, limited(signal));
      return (await new CryptographyClient(current, credential).signData('ES256', bytes, limited(signal))).result;
    },
  };
}

function limited(signal?: AbortSignal): { abortSignal: AbortSignal } {
  const limit = AbortSignal.timeout(callLimitMs);
  return { abortSignal: signal === undefined ? limit : AbortSignal.any([signal, limit]) };
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
