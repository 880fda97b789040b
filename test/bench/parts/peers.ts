import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Job, type Result, resultSchema } from './measured-run.ts';

const program = (name: string) => fileURLToPath(new URL(`${name}.ts`, import.meta.url));

/** A process that prints its address when it listens. */
export interface Peer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts `byte-source` or `blob-sink`. */
export async function startPeer(name: 'byte-source' | 'blob-sink'): Promise<Peer> {
  const child = spawn(process.execPath, [program(name)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [url] = await once(createInterface({ input: child.stdout }), 'line');
  return {
    url: String(url),
    close: async () => {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

/** Does one job in a fresh process and says what that took. */
export async function measure(job: Job): Promise<Result> {
  const { stdout } = await promisify(execFile)(process.execPath, [program('worker'), JSON.stringify(job)]);
  return resultSchema.parse(JSON.parse(stdout));
}
