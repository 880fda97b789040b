import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Azurite, startAzurite } from '../../src/local/azurite.ts';

/** Starts a blob service for one test: on a free port and in a temporary folder, which `close` removes. */
export async function startTestAzurite(): Promise<Azurite> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'steward-azurite-'));
  const azurite = await startAzurite({ dataFolder, port: 0, silent: true });
  return {
    ...azurite,
    close: async () => {
      await azurite.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
