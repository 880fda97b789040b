import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { systemClock } from '../system-clock.ts';

export interface AzuriteOptions {
  /** Folder of the blobs and of the account with its key; created when missing. It survives a restart. */
  readonly dataFolder: string;
  /** 0 means any free port. */
  readonly port: number;
  /** True suppresses Azurite's own request log. */
  readonly silent: boolean;
  /** Used instead of the account stored in the data folder. The key is base64. */
  readonly account?: { readonly name: string; readonly key: string };
}

/** A running blob service on loopback. It ends when this process ends, even when this process is killed. */
export interface Azurite {
  /** Address of the account: host, port and account name, without a slash at the end. */
  readonly url: string;
  readonly accountName: string;
  /** Secret, though it is valid on this machine only. */
  readonly accountKey: string;
  /** Secret, though it is valid on this machine only. */
  readonly connectionString: string;
  readonly processId: number;
  /** Resolves with a sentence about the reason when the service has ended, whether intended or not. */
  readonly ended: Promise<string>;
  /** Makes the service write its data and end; resolves when it has ended. */
  close(): Promise<void>;
}

/** The blob service could not be started. `message` says why. */
export class AzuriteError extends Error {
  override readonly name = 'AzuriteError';
}

/**
 * Heap limit. Azurite streams blobs, so it holds only the list of blobs (about 1 KiB each), and needs the same again to
 * write the list out as one text.
 */
const heapMebibytes = 512;
/**
 * Limit of the young generation: most short-lived objects are stream chunks, and a larger space only increases memory
 * use.
 */
const semiSpaceMebibytes = 8;

const accountSchema = z.object({ name: z.string().regex(/^[a-z0-9]{3,24}$/u), key: z.base64() });

/** Starts Azurite's blob server as a child process; resolves once it accepts requests. Throws {@link AzuriteError}. */
export async function startAzurite(options: AzuriteOptions): Promise<Azurite> {
  await mkdir(options.dataFolder, { recursive: true });
  const account = options.account ?? (await readOrCreateAccount(path.join(options.dataFolder, 'account.json')));
  const runningFile = path.join(options.dataFolder, 'running.json');
  await waitForPredecessor(runningFile);
  const child = spawn(process.execPath, childArguments(options), {
    env: { AZURITE_ACCOUNTS: `${account.name}:${account.key}` },
    stdio: ['pipe', 'pipe', 'pipe'],
    // In its own process group, so that Ctrl-C in the terminal does not end it while other parts still write blobs.
    detached: true,
    windowsHide: true,
  });
  const errorOutput = lastLines(child.stderr);
  const ended = once(child, 'exit').then(
    ([code, signal]) => `Azurite ended (${code ?? signal})${errorOutput() === '' ? '.' : `: ${errorOutput()}`}`,
  );
  const close = async () => {
    child.stdin.destroy();
    await ended;
  };
  try {
    const address = await listeningAddress(child.stdout, ended);
    if (!(await answersAsAzurite(address))) throw new AzuriteError('The blob service listens but does not answer.');
    await writeFile(runningFile, JSON.stringify({ address, processId: child.pid ?? 0 }));
    const url = `${address}/${account.name}`;
    return {
      url,
      accountName: account.name,
      accountKey: account.key,
      connectionString: `DefaultEndpointsProtocol=http;AccountName=${account.name};AccountKey=${account.key};BlobEndpoint=${url};`,
      processId: child.pid ?? 0,
      ended,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function childArguments(options: AzuriteOptions): string[] {
  const program = createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js');
  const memory = [`--max-old-space-size=${heapMebibytes}`, `--max-semi-space-size=${semiSpaceMebibytes}`];
  const preload = ['--import', new URL('close-with-parent.ts', import.meta.url).href];
  const settings = ['--blobHost', '127.0.0.1', '--blobPort', String(options.port), '--location', options.dataFolder];
  const switches = ['--skipApiVersionCheck', '--disableTelemetry', ...(options.silent ? ['--silent'] : [])];
  return ['--no-warnings', ...memory, ...preload, program, ...settings, ...switches];
}

async function listeningAddress(output: Readable, ended: Promise<string>): Promise<string> {
  const lines = createInterface({ input: output });
  for await (const line of lines) {
    const found = /listens on (http:\/\/\S+)/u.exec(line)?.[1];
    if (found) {
      // Further output is discarded, but must be read, or the child would block on a full pipe.
      output.resume();
      return found;
    }
  }
  throw new AzuriteError(`The blob service did not start. ${await ended}`);
}

const runningSchema = z.object({ address: z.string(), processId: z.int() });
/** A little longer than a child needs to shut down (see `close-with-parent.ts`). */
const shutdownMs = 12_000;

/**
 * Waits for an earlier service on the same folder, which after a crash may still be writing: two services would
 * overwrite each other's list of blobs. Throws {@link AzuriteError} when it is not shutting down.
 */
async function waitForPredecessor(runningFile: string): Promise<void> {
  const kept = await readFile(runningFile, 'utf8').catch(() => '');
  const parsed = runningSchema.safeParse(kept === '' ? null : JSON.parse(kept));
  if (!parsed.success) return;
  const until = systemClock.now() + shutdownMs;
  while (isAlive(parsed.data.processId) && systemClock.now() < until) await systemClock.wait(50);
  // Process ids are reused, so a living process does not prove that it is Azurite.
  if (isAlive(parsed.data.processId) && (await answersAsAzurite(parsed.data.address))) {
    throw new AzuriteError(`Another blob service uses ${path.dirname(runningFile)}. Stop it first.`);
  }
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

async function answersAsAzurite(address: string): Promise<boolean> {
  try {
    const answer = await fetch(address);
    await answer.body?.cancel();
    return answer.headers.get('server')?.startsWith('Azurite') ?? false;
  } catch {
    return false;
  }
}

/** The account stored in a data folder; created with a random key at the first start. */
async function readOrCreateAccount(file: string): Promise<z.infer<typeof accountSchema>> {
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (kept !== null) return accountSchema.parse(JSON.parse(kept));
  const account = { name: 'studiolocal', key: randomBytes(64).toString('base64') };
  await writeFile(`${file}.new`, JSON.stringify(account), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return account;
}

function lastLines(output: Readable): () => string {
  const limit = 2_000;
  let kept = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    kept = (kept + text).slice(-limit);
  });
  return () => kept.trim();
}
