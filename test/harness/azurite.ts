import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Azurite, startAzurite } from '../../src/local/azurite.ts';

/** Starts a blob service of a test's own: free port, temporary folder, both gone after `close`. */
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
