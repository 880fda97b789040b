import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { shareOut } from '../../../src/emulators/studio-classic/generated/plan.ts';
import { generatedWorkspace } from '../../../src/local/generated-workspace.ts';
import { startTestEmulator } from '../../harness/emulator.ts';
import { studioJobSchema } from './studio-run.ts';

/**
 * A process with Studio's emulator and a generated workspace of datasets, so that the service's work is not counted
 * as ours. Argument: how many datasets, and their bytes in all, as JSON. Prints how to reach it. It ends with its standard input.
 */
const { datasets, bytes } = z
  .strictObject({ datasets: z.int(), bytes: z.int() })
  .parse(JSON.parse(process.argv[2] ?? ''));
const folder = await mkdtemp(path.join(tmpdir(), 'steward-bench-'));
const counts = { ...shareOut(0, {}), datasets };
const wish = { name: 'Bench', type: 'free', owner: 'alexw@example.com', counts, bytes, seed: 1 } as const;
await mkdir(path.join(folder, 'bench'));
await writeFile(path.join(folder, 'bench', 'workspace.json'), JSON.stringify(generatedWorkspace(wish)));
const emulator = await startTestEmulator({ furtherSeeds: folder });
const { endpoint, workspaceId, token } = emulator.workspace('Bench');
const reached = studioJobSchema.shape.studio.parse({ url: emulator.url, endpoint, workspaceId, token });
console.log(JSON.stringify(reached));
process.stdin
  .on('end', async () => {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
    process.exit();
  })
  .resume();
