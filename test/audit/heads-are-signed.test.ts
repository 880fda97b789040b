import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileSigner } from '../../src/audit/file-signer.ts';
import { checkSignature, signHead } from '../../src/audit/head-signature.ts';
import { KeyFileError, readKeyFiles } from '../../src/audit/key-files.ts';
import { readSigningKey } from '../../src/config-signing-key.ts';
import { Wrong } from '../../src/config-words.ts';
import type { Anchor } from '../../src/domain/audit-verification.ts';

const anchor: Anchor = { entry: 12, hash: 'a'.repeat(64), at: '2026-11-30T00:00:00.000Z' };
const pair = (namedCurve = 'P-256') =>
  generateKeyPairSync('ec', {
    namedCurve,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

describe('a signed head', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steward-keys-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const store = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const keyOf = async (name: string) => {
    const { publicKey, privateKey } = pair();
    const read = readSigningKey(await store(`${name}.pem`, privateKey));
    if (read instanceof Wrong || read.kind !== 'file') throw new Error('not read');
    return { signer: createFileSigner(read.key), file: await store(`${name}-public.pem`, publicKey) };
  };

  it('is proven by its public key among others, and by no other', async () => {
    const [own, other] = [await keyOf('own'), await keyOf('other')];
    const signed = { ...anchor, signature: await signHead(own.signer, 'anchor', anchor) };
    const both = await readKeyFiles([other.file, own.file]);
    expect(await checkSignature(both, 'anchor', signed)).toBe('signed');
    expect(await checkSignature(await readKeyFiles([other.file]), 'anchor', signed)).toBe('forged');
    expect(await checkSignature(both, 'anchor', anchor)).toBe('unsigned');
  });

  it('is forged when anything in it or in its signature differs, or when it was signed for another use', async () => {
    const { signer, file } = await keyOf('third');
    const keys = await readKeyFiles([file]);
    const signature = await signHead(signer, 'anchor', anchor);
    const [header, payload, proof] = signature.split('.');
    const unprotected = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    for (const change of [
      { entry: 13 },
      { hash: 'b'.repeat(64) },
      { at: '2026-11-30T00:00:00.001Z' },
      { signature: `${header}.${payload}.${proof?.slice(0, -4)}AAAA` },
      { signature: `${unprotected}.${payload}.` },
      { signature: 'nothing' },
    ]) {
      expect(await checkSignature(keys, 'anchor', { ...anchor, signature, ...change })).toBe('forged');
    }
    expect(await checkSignature(keys, 'checkpoint', { ...anchor, signature })).toBe('forged');
  });

  it('needs a key of the right kind', async () => {
    const { publicKey, privateKey } = pair('secp256k1');
    const file = await store('k1.pem', privateKey);
    expect(readSigningKey(file)).toBeInstanceOf(Wrong);
    expect(readSigningKey('https://contoso.vault.azure.net/secrets/steward')).toBeInstanceOf(Wrong);
    expect(readSigningKey('https://contoso.vault.azure.net/keys/steward/0a1b')).toEqual({
      kind: 'vault',
      vaultUrl: 'https://contoso.vault.azure.net',
      name: 'steward',
      version: '0a1b',
    });
    await expect(readKeyFiles([await store('k1-public.pem', publicKey)])).rejects.toThrow(KeyFileError);
  });
});
