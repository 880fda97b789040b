import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { inject } from 'vitest';
import type { Settings } from '../../src/config.ts';

/** Steward in a child process. */
export interface StewardChild {
  readonly endpoint: string;
  /** Ends it like a power failure: SIGKILL, without any clean-up. */
  kill(): Promise<void>;
}

/** Starts Steward in a child process. Resolves when it is ready; rejects when it ends before that. */
export async function startStewardChild(settings: Settings): Promise<StewardChild> {
  const child: ChildProcess = spawn(process.execPath, [path.join(import.meta.dirname, 'steward-child.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: inject('compiledCode') },
  });
  const ended = once(child, 'exit');
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('the child has no pipes');
  stdin.write(`${JSON.stringify({ ...settings, roles: [...settings.roles] })}\n`);
  const [port] = await Promise.race([
    once(createInterface({ input: stdout }), 'line') as Promise<[string]>,
    ended.then(([code]) => Promise.reject(new Error(`Steward ended with ${code} before it was ready`))),
  ]);
  return {
    endpoint: `http://127.0.0.1:${port}/api/messages`,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
