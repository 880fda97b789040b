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
  /** Holds the blobs, the account and its key. Made when missing; a later start finds everything again. */
  readonly dataFolder: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** True keeps its own request log off our output. */
  readonly silent: boolean;
  /** Used instead of the account kept in the data folder. The key is base64. */
  readonly account?: { readonly name: string; readonly key: string };
}

/** A running blob service on loopback. It ends with this process, however this process ends. */
export interface Azurite {
  /** Address of the account: host, port and account name, without a slash at the end. */
  readonly url: string;
  readonly accountName: string;
  /** Secret, though a local one. */
  readonly accountKey: string;
  /** Secret, though a local one. */
  readonly connectionString: string;
  readonly processId: number;
  /** Resolves when the service has ended, wanted or not, with a sentence about it. */
  readonly ended: Promise<string>;
  /** Asks it to write its data and end; resolves when it has. */
  close(): Promise<void>;
}

/** The blob service could not be started. `message` says why. */
export class AzuriteError extends Error {
  override readonly name = 'AzuriteError';
}

/**
 * Azurite streams, so a small heap is enough: it holds the list of blobs (about 1 KiB each),
 * and the list is written out as one text, which needs the same again.
 */
const heapMebibytes = 512;
/** Young objects are mostly stream chunks; larger spaces only raise the resident size. */
const semiSpaceMebibytes = 8;

const accountSchema = z.object({ name: z.string().regex(/^[a-z0-9]{3,24}$/u), key: z.base64() });

/** Starts Azurite's blob server as a child process and resolves once it answers. Fails with an {@link AzuriteError}. */
export async function startAzurite(options: AzuriteOptions): Promise<Azurite> {
  await mkdir(options.dataFolder, { recursive: true });
  const account = options.account ?? (await keptAccount(path.join(options.dataFolder, 'account.json')));
  const tracks = path.join(options.dataFolder, 'running.json');
  await predecessorGone(tracks);
  const child = spawn(process.execPath, childArguments(options), {
    env: { AZURITE_ACCOUNTS: `${account.name}:${account.key}` },
    stdio: ['pipe', 'pipe', 'pipe'],
    // A Ctrl-C in the terminal is for us alone: whoever still writes blobs decides when this ends.
    detached: true,
    windowsHide: true,
  });
  const complaints = lastLines(child.stderr);
  const ended = once(child, 'exit').then(
    ([code, signal]) => `Azurite ended (${code ?? signal})${complaints() === '' ? '.' : `: ${complaints()}`}`,
  );
  const close = async () => {
    child.stdin.destroy();
    await ended;
  };
  try {
    const address = await listeningAddress(child.stdout, ended);
    if (!(await answersAsAzurite(address))) throw new AzuriteError('The blob service listens but does not answer.');
    await writeFile(tracks, JSON.stringify({ address, processId: child.pid ?? 0 }));
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
  const ending = ['--import', new URL('close-with-parent.ts', import.meta.url).href];
  const settings = ['--blobHost', '127.0.0.1', '--blobPort', String(options.port), '--location', options.dataFolder];
  const switches = ['--skipApiVersionCheck', '--disableTelemetry', ...(options.silent ? ['--silent'] : [])];
  return ['--no-warnings', ...memory, ...ending, program, ...settings, ...switches];
}

async function listeningAddress(output: Readable, ended: Promise<string>): Promise<string> {
  const lines = createInterface({ input: output });
  for await (const line of lines) {
    const found = /listens on (http:\/\/\S+)/u.exec(line)?.[1];
    if (found) {
      // What it prints later goes nowhere, but must be read or it would stop at a full pipe.
      output.resume();
      return found;
    }
  }
  throw new AzuriteError(`The blob service did not start. ${await ended}`);
}

const runningSchema = z.object({ address: z.string(), processId: z.int() });
/** A little longer than a child takes that was told to stop (`close-with-parent.ts`). */
const shutdownMs = 12_000;

/**
 * Two services on one folder would overwrite each other's list of blobs. After a crash the one before may still be
 * writing its own: it is waited for. One that is not about to end is a mistake of whoever starts the second.
 */
async function predecessorGone(tracks: string): Promise<void> {
  const kept = await readFile(tracks, 'utf8').catch(() => '');
  const parsed = runningSchema.safeParse(kept === '' ? null : JSON.parse(kept));
  if (!parsed.success) return;
  const until = systemClock.now() + shutdownMs;
  while (isAlive(parsed.data.processId) && systemClock.now() < until) await systemClock.wait(50);
  // Process ids are used again, so a living one proves nothing by itself.
  if (isAlive(parsed.data.processId) && (await answersAsAzurite(parsed.data.address))) {
    throw new AzuriteError(`Another blob service uses ${path.dirname(tracks)}. Stop it first.`);
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

/** The account of a data folder: made at the first start, with a key of its own. */
async function keptAccount(file: string): Promise<z.infer<typeof accountSchema>> {
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
