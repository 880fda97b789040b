import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { smallSeed } from './emulator.ts';

/** A copy of the small seed in a temporary folder. */
export interface NamedSeed {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * Copies the small seed and adds datasets with these names to Churn Lab. An upload would reject some of the names, but
 * they occur in real workspaces, because they are older than the rule or were created in another way.
 */
export async function seedWithDatasets(names: readonly string[]): Promise<NamedSeed> {
  const folder = await mkdtemp(path.join(tmpdir(), 'steward-named-'));
  await cp(smallSeed, folder, { recursive: true });
  const file = path.join(folder, 'free-churn-lab', 'workspace.json');
  const workspace = JSON.parse(await readFile(file, 'utf8')) as { datasets: object[] };
  for (const [index, name] of names.entries()) {
    const content = { generate: { kind: 'csv', topic: 'customers', seed: 500 + index, bytes: 2_000 } };
    const createdAt = new Date(Date.UTC(2017, 0, 1 + index)).toISOString().replace('.000Z', 'Z');
    workspace.datasets.push({
      name,
      key: `named ${index}`,
      dataTypeId: 'GenericCSV',
      owner: 'Alex Wilber',
      versions: [{ createdAt, content }],
    });
  }
  await writeFile(file, JSON.stringify(workspace));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
