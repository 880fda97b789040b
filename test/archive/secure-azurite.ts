import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import type { TokenCredential } from '@azure/identity';

/** An Azurite that uses https and accepts Entra ID tokens, as a storage account does. */
export interface SecureAzurite {
  readonly url: string;
  readonly accountName: string;
  /** A credential of an identity in a made-up tenant. */
  readonly credential: TokenCredential;
  close(): Promise<void>;
}

const program = createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js');

/**
 * Starts it on a free port with a certificate that this process trusts from then on: one for loopback, or one for the
 * host names of Azure.
 */
export async function startSecureAzurite(
  names: 'self-signed-for-loopback' | 'names-of-microsoft' = 'self-signed-for-loopback',
): Promise<SecureAzurite> {
  const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${names}/${name}`, import.meta.url));
  const certificate = await readFile(fixture('certificate.pem'), 'utf8');
  setDefaultCACertificates([...getCACertificates('default'), certificate]);
  const folder = await mkdtemp(join(tmpdir(), 'azurite-'));
  const account = 'stewardtest';
  const tls = ['--oauth', 'basic', '--cert', fixture('certificate.pem'), '--key', fixture('key.pem')];
  const child = spawn(
    process.execPath,
    [
      program,
      '--blobPort',
      '0',
      '--location',
      folder,
      '--silent',
      '--disableTelemetry',
      '--skipApiVersionCheck',
      ...tls,
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { AZURITE_ACCOUNTS: `${account}:${Buffer.from('key').toString('base64')}` },
    },
  );
  const exited = once(child, 'exit');
  let address = '';
  for await (const line of createInterface({ input: child.stdout })) {
    address = /listens on (https:\/\/\S+)/u.exec(line)?.[1] ?? '';
    if (address !== '') break;
  }
  child.stdout.resume();
  return {
    url: `${address}/${account}`,
    accountName: account,
    credential: { getToken: async () => ({ token: unsignedToken(), expiresOnTimestamp: Date.now() + 3_600_000 }) },
    close: async () => {
      child.kill();
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Azurite checks the claims of a token, but not its signature. */
function unsignedToken(): string {
  const now = Math.floor(Date.now() / 1000);
  const tenant = '0b7d3a52-6d4e-4a1e-9c55-5b8f3f0e2a11';
  const claims = {
    aud: 'https://storage.azure.com',
    iss: `https://sts.windows.net/${tenant}/`,
    iat: now - 60,
    nbf: now - 60,
    exp: now + 3600,
    oid: '3f1d2c4b-0a9e-4d77-8b61-2f6c1e5a7d90',
    tid: tenant,
  };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}.${Buffer.from('unsigned').toString('base64url')}`;
}
