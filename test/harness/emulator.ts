import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type StudioEmulator,
  type StudioEmulatorOptions,
  startStudioEmulator,
  type WorkspaceRegistration,
} from '../../src/emulators/studio-classic/studio-emulator.ts';
import type { Azurite } from '../../src/local/azurite.ts';
import { systemClock } from '../../src/system-clock.ts';
import { startTestAzurite } from './azurite.ts';

/** A small seed: people and workspaces of the default seed, with few assets of some kilobytes. */
export const smallSeed = path.join(import.meta.dirname, 'seeds', 'small');

export interface TestEmulator extends StudioEmulator {
  readonly azurite: Azurite;
  readonly dataFolder: string;
  /** The registration of the workspace with this name. */
  workspace(name: string): WorkspaceRegistration;
  /** Closes the emulator and its parts, and removes their folders. */
  close(): Promise<void>;
  /** Ends the emulator and starts it again with the same state and port, as after a crash. */
  restart(): Promise<void>;
}

/** Starts an emulator for one test on free ports in temporary folders, by default with the small seed. */
export async function startTestEmulator(options: Partial<StudioEmulatorOptions> = {}): Promise<TestEmulator> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'steward-studio-'));
  const azurite = await startTestAzurite();
  const start = (port: number) =>
    startStudioEmulator({
      clock: systemClock,
      blobClock: systemClock,
      dataFolder,
      seedFolder: smallSeed,
      blobs: azurite,
      onError: (error) => console.error(error),
      ...options,
      port,
    });
  let emulator = await start(options.port ?? 0);
  return {
    azurite,
    dataFolder,
    url: emulator.url,
    resourceManager: emulator.resourceManager,
    registrations: () => emulator.registrations(),
    workspaceNames: () => emulator.workspaceNames(),
    workspace: (name) => {
      const names = emulator.workspaceNames();
      const found = emulator.registrations().find((one) => names.get(one.workspaceId) === name);
      if (!found) throw new RangeError(`No workspace is called ${name}.`);
      return found;
    },
    restart: async () => {
      await emulator.close();
      emulator = await start(Number(new URL(emulator.url).port));
    },
    close: async () => {
      await emulator.close();
      await azurite.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
