import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { keyIdOf, type VerificationKeys } from './head-signature.ts';

/** A file that was given as a public key holds none. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
}

/** Reads public EC keys on P-256 from PEM files. Throws KeyFileError. */
export async function readKeyFiles(paths: readonly string[]): Promise<VerificationKeys> {
  const keys = new Map<string, ReturnType<typeof createPublicKey>>();
  for (const path of paths) {
    try {
      const key = createPublicKey(await readFile(path));
      if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('another kind of key');
      keys.set(await keyIdOf(key), key);
    } catch (error) {
      throw new KeyFileError(`The file ${path} is no public EC key on the curve P-256, as PEM.`, { cause: error });
    }
  }
  return keys;
}
