import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGraphDirectory } from '../../src/directory/graph-directory.ts';
import type { Directory } from '../../src/domain/directory.ts';
import {
  type GraphEmulator,
  type GraphEmulatorOptions,
  startGraphEmulator,
} from '../../src/emulators/graph/graph-emulator.ts';
import { systemClock } from '../../src/system-clock.ts';

/** An emulator of a test's own, and the directory behind it. */
export interface TestGraph extends GraphEmulator {
  readonly directory: Directory;
  /** Lets something go wrong, as the Studio emulator's faults do. */
  fault(method: string, pathPattern: string, fault: object, more?: object): Promise<void>;
  clearFaults(): Promise<void>;
  /** Ids of all operations, and where they write to, which is secret. */
  operations(): Promise<{ readonly id: string; readonly storageLocation: string }[]>;
  /** "METHOD path" of every call so far. */
  calls(): Promise<string[]>;
  clearCalls(): Promise<void>;
}

/** Starts the emulator on a free port with a folder of its own; Megan is the administrator unless told otherwise. */
export async function startTestGraph(options: Partial<GraphEmulatorOptions> = {}): Promise<TestGraph> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'steward-graph-'));
  const emulator = await startGraphEmulator({
    clock: systemClock,
    dataFolder,
    port: 0,
    administrators: ['meganb@example.com'],
    ...options,
  });
  const control = `${emulator.url}/_control`;
  return {
    ...emulator,
    /** Each use is that of a process of its own: pauses and outages are remembered within one. */
    get directory() {
      return createGraphDirectory(graphSettings(emulator), systemClock);
    },
    fault: async (method, pathPattern, fault, more = {}) => {
      await fetch(`${control}/faults`, {
        method: 'POST',
        body: JSON.stringify([{ match: { method, pathPattern }, fault, ...more }]),
      });
    },
    clearFaults: async () => {
      await fetch(`${control}/faults`, { method: 'DELETE' });
    },
    operations: async () => JSON.parse(await readFile(join(dataFolder, 'operations.json'), 'utf8')),
    calls: async () => {
      const log = (await (await fetch(`${control}/log`)).json()) as { method: string; path: string }[];
      return log.map(({ method, path }) => `${method} ${path}`);
    },
    clearCalls: async () => {
      await fetch(`${control}/log`, { method: 'DELETE' });
    },
    close: async () => {
      await emulator.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** How Steward would sign in to it. */
export function graphSettings({ url, token }: Pick<GraphEmulator, 'url' | 'token'>) {
  const getToken = async () => ({ token, expiresOnTimestamp: systemClock.now() + 3_600_000 });
  return { endpoint: url, credential: { getToken } };
}
