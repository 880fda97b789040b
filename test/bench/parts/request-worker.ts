import { openDatabase } from '../../../src/database/connection.ts';
import { startQueue } from '../../../src/database/queue.ts';
import type { AssetSource } from '../../../src/domain/asset-source.ts';
import type { Ask } from '../../../src/domain/request.ts';
import { ask } from '../../../src/requests/create.ts';
import { press } from '../../../src/requests/press.ts';
import { findRequest } from '../../../src/requests/report.ts';
import { createStudioSource } from '../../../src/sources/studio-classic/source.ts';
import { systemClock } from '../../../src/system-clock.ts';
import { prepare } from '../../../src/workers/prepare-request.ts';
import { run } from '../../../src/workers/run-request.ts';
import { asker, jobServices } from '../../harness/job-services.ts';
import { type RequestJob, type RequestResult, requestJobSchema } from './request-run.ts';

/** A process that lists, or prepares and carries out one request with the product's own parts, and measures itself. */
const job = requestJobSchema.parse(JSON.parse(process.argv[2] ?? ''));
const signal = new AbortController().signal;
const studio = createStudioSource({
  connections: [
    { workspaceId: job.workspaceId, endpoint: job.studio, token: 'token-of-the-bench', registeredBy: asker.mail },
  ],
  clock: systemClock,
});

const live = () => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
let most = 0;
/** The product's source; whenever a list has come to its first asset, all of it is held, and the memory is looked at. */
const source: AssetSource = {
  ...studio,
  async *list(...of) {
    let looked = false;
    for await (const asset of studio.list(...of)) {
      if (!looked) most = Math.max(most, live());
      looked = true;
      yield asset;
    }
  },
};

const result = await (job.what === 'list' ? measured(list) : withServices(job));
console.log(JSON.stringify(result));
process.exit();

async function measured(work: () => Promise<number>): Promise<RequestResult> {
  const before = live();
  most = before;
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const assets = await work();
  const cpu = process.cpuUsage(cpuBefore);
  return {
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    liveBytes: most - before,
    assets,
  };
}

async function list(): Promise<number> {
  let assets = 0;
  for await (const _ of source.list(job.workspaceId, job.kind ?? 'dataset', signal)) assets += 1;
  return assets;
}

async function withServices({ what, kind, database: settings }: RequestJob): Promise<RequestResult> {
  const database = await openDatabase(settings, fail);
  const queue = await startQueue(database);
  const services = jobServices(database, queue, source, systemClock);
  const wish: Ask =
    kind === null
      ? { action: 'export', target: 'workspace', data: 'all', mentions: [] }
      : { action: 'delete', target: 'assets', data: 'customer', mentions: [], selection: { kind, except: [] } };
  const { number } = await ask(services, asker, { conversationId: 'bench', kind: 'personal', activityId: null }, wish);
  const read = async () => (await findRequest(services, number)) ?? fail(new Error('the request is gone'));
  const preview = async () => {
    await prepare(services, number, signal);
    const { state, refusal, progress } = await read();
    if (state !== 'awaiting-confirmation') fail(new Error(`${state}: ${JSON.stringify(refusal)}`));
    return progress.assetsTotal;
  };
  if (what === 'preview') return measured(preview);
  const total = await preview();
  const { version } = await read();
  await press(services, asker, { request: number, version, choice: 'delete' });
  return measured(async () => {
    await run(services, number, signal);
    const { state, verifiedAt } = await read();
    if (state !== 'succeeded' || verifiedAt === null) fail(new Error(`the deletion ended as ${state}`));
    return total;
  });
}

function fail(error: unknown): never {
  throw error;
}
