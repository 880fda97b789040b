import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generatedWorkspace, slugOf, type WorkspaceOptions } from '../../src/local/generated-workspace.ts';

/** Counts of zero, to be spread before the counts that a workspace should have. */
export const nothing: WorkspaceOptions['counts'] = {
  datasets: 0,
  experiments: 0,
  models: 0,
  transforms: 0,
  modules: 0,
  projects: 0,
  notebooks: 0,
  webServices: 0,
};

/** Seeds of generated workspaces in a temporary folder, for the emulator's `furtherSeeds`. */
export interface GeneratedSeeds {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Writes a seed for each workspace. */
export async function generateSeeds(wishes: readonly WorkspaceOptions[]): Promise<GeneratedSeeds> {
  const folder = await mkdtemp(path.join(tmpdir(), 'steward-generated-'));
  for (const wish of wishes) {
    const own = path.join(folder, slugOf(wish.name));
    await mkdir(own);
    await writeFile(path.join(own, 'workspace.json'), JSON.stringify(generatedWorkspace(wish)));
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
