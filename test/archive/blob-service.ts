import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A running Azurite of a test's own. */
export interface BlobService {
  readonly url: string;
  readonly accountName: string;
  readonly accountKey: string;
  stop(): Promise<void>;
}

const main = createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js');

/** Starts Azurite's blob server on a free port with its data in a temporary folder. */
export async function startBlobService(extra: readonly string[] = []): Promise<BlobService> {
  const folder = await mkdtemp(join(tmpdir(), 'azurite-'));
  const accountName = 'stewardtest';
  const accountKey = Buffer.from('a key for tests only, of some length').toString('base64');
  const child = spawn(
    process.execPath,
    [
      main,
      '--blobPort',
      '0',
      '--location',
      folder,
      '--silent',
      '--disableTelemetry',
      '--skipApiVersionCheck',
      ...extra,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, AZURITE_ACCOUNTS: `${accountName}:${accountKey}` } },
  );
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const address = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`Azurite ended with ${code} before it listened.`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /listens on (https?:\/\/\S+)/u.exec(line)?.[1];
      if (found) resolve(found);
    });
  });
  return {
    url: `${address}/${accountName}`,
    accountName,
    accountKey,
    stop: async () => {
      child.kill();
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
