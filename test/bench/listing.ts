import { startDatabases } from './parts/databases.ts';
import { median } from './parts/figures.ts';
import { measureRequest, startPeer } from './parts/peers.ts';
import type { RequestJob, RequestResult } from './parts/request-run.ts';

/**
 * Lists and previews of workspaces of growing size, each in a fresh process, with Studio and PostgreSQL in processes
 * of their own. What an asset costs should not grow with their number (aim: flat within 20 %), nor the memory that is
 * alive grow by more than a few hundred bytes for each. `--quick` ends at 10,000 assets.
 */
const sizes = process.argv.includes('--quick') ? [1_000, 10_000] : [1_000, 10_000, 100_000];
const workspaceId = '7c0e6a1f52b84d0fa3c9d1e4b6f80a27';
const databases = await startDatabases();

async function measure(title: string, job: (studio: string) => Promise<RequestJob>): Promise<void> {
  console.log(`\n${title}`);
  const perAsset: number[] = [];
  for (const size of sizes) {
    const studio = await startPeer('large-studio', { workspaceId, datasets: size, experiments: 4 * size });
    const results: RequestResult[] = [];
    for (let round = 0; round < (size > 10_000 ? 1 : 3); round += 1) {
      results.push(await measureRequest(await job(studio.url)));
    }
    await studio.close();
    const of = (figure: (result: RequestResult) => number) => median(results.map(figure));
    const assets = of((result) => result.assets);
    const cpu = (1e6 * of(({ cpuSeconds }) => cpuSeconds)) / assets;
    perAsset.push(cpu);
    const cells = [
      `${assets} assets`,
      `${of(({ seconds }) => seconds).toFixed(2)} s`,
      `${cpu.toFixed(0)} µs CPU an asset`,
      `${mebibytes(of(({ peakBytes }) => peakBytes))} resident at most`,
      `${mebibytes(of(({ liveBytes }) => liveBytes))} more alive than at the start`,
    ];
    console.log(`  ${cells.join(', ')}`);
  }
  const [, ...larger] = perAsset;
  const [first = 1] = larger;
  if (larger.length > 1) {
    console.log(`  CPU an asset from ${sizes[1]} to ${sizes.at(-1)}: ${percent((larger.at(-1) ?? 1) / first - 1)}`);
  }
}

const base = { workspaceId, database: { kind: 'embedded', folder: '' } } as const;
await measure('List of datasets', async (studio) => ({ ...base, what: 'list', kind: 'dataset', studio }));
await measure('List of experiments, four runs each', async (studio) => ({
  ...base,
  what: 'list',
  kind: 'experiment',
  studio,
}));
for (const name of databases.names) {
  const database = () => databases.open(name);
  await measure(`Preview of “export my workspace” (datasets and experiments) on ${name}`, async (studio) => ({
    ...base,
    what: 'preview',
    kind: null,
    studio,
    database: await database(),
  }));
  await measure(`Preview of “delete all my datasets” on ${name}`, async (studio) => ({
    ...base,
    what: 'preview',
    kind: 'dataset',
    studio,
    database: await database(),
  }));
}
await databases.close();

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}

function percent(share: number): string {
  return `${share >= 0 ? '+' : ''}${(100 * share).toFixed(0)} % (aim within 20 %)`;
}
