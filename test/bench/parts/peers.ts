import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Job, type Result, resultSchema } from './measured-run.ts';
import { type RequestJob, type RequestResult, requestResultSchema } from './request-run.ts';
import { type StudioJob, studioJobSchema } from './studio-run.ts';

const program = (name: string) => fileURLToPath(new URL(`${name}.ts`, import.meta.url));

/** A process that prints its address when it listens. */
export interface Peer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts one of the serving processes, with its argument as JSON when it takes one. Its first line is its address. */
export async function startPeer(
  name: 'byte-source' | 'blob-sink' | 'large-studio' | 'studio-peer',
  argument?: object,
): Promise<Peer> {
  const given = argument === undefined ? [] : [JSON.stringify(argument)];
  const child = spawn(process.execPath, [program(name), ...given], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [url] = await once(createInterface({ input: child.stdout }), 'line');
  return {
    url: String(url),
    close: async () => {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

/** Lists, or prepares and carries out one request, in a fresh process. */
export async function measureRequest(job: RequestJob): Promise<RequestResult> {
  const given = ['--expose-gc', program('request-worker'), JSON.stringify(job)];
  const { stdout } = await promisify(execFile)(process.execPath, given);
  return requestResultSchema.parse(JSON.parse(stdout));
}

/** Does one job in a fresh process and says what that took. */
export async function measure(job: Job): Promise<Result> {
  const { stdout } = await promisify(execFile)(process.execPath, [program('worker'), JSON.stringify(job)]);
  return resultSchema.parse(JSON.parse(stdout));
}

/** Starts Studio's emulator with a generated workspace of datasets. */
export async function startStudio(
  datasets: number,
  bytes: number,
): Promise<{ peer: Peer; studio: StudioJob['studio'] }> {
  const peer = await startPeer('studio-peer', { datasets, bytes });
  return { peer, studio: studioJobSchema.shape.studio.parse(JSON.parse(peer.url)) };
}

/** Reads such a workspace in a fresh process and says what that took. */
export async function measureStudio(job: StudioJob): Promise<Result> {
  const { stdout } = await promisify(execFile)(process.execPath, [program('studio-worker'), JSON.stringify(job)]);
  return resultSchema.parse(JSON.parse(stdout));
}
