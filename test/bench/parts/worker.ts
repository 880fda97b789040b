import { randomUUID } from 'node:crypto';
import { Agent, get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { type PlacedAsset, writeArchive } from '../../../src/archive/archive-writer.ts';
import { createArchiveStorage } from '../../../src/archive/storage.ts';
import type { AssetFile } from '../../../src/domain/asset-source.ts';
import type { Asset } from '../../../src/domain/assets.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import { type Job, jobSchema, type Result } from './measured-run.ts';

/** A process that does one job, measures itself, and prints the result as JSON. */
const job = jobSchema.parse(JSON.parse(process.argv[2] ?? ''));
const agent = new Agent({ keepAlive: true });
// The archive's own defaults, for the plain copy too.
const blockBytes = 4 << 20;
const blocksUnderWay = 4;
const clock: Clock = {
  now: () => Date.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
const storage = createArchiveStorage({
  url: job.storage.url,
  signIn: { kind: 'key', accountName: job.storage.accountName, accountKey: job.storage.accountKey },
  container: 'bench',
  allowHttp: true,
  clock,
  blockBytes,
  blocksUnderWay,
});
const run = randomUUID();
await storage.ensure();

const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
const writtenBytes = await work(job);
const cpu = process.cpuUsage(cpuBefore);
const result: Result = {
  seconds: (performance.now() - startedAt) / 1000,
  cpuSeconds: (cpu.user + cpu.system) / 1e6,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  writtenBytes,
};
console.log(JSON.stringify(result));
process.exit();

async function work({ what }: Job): Promise<number> {
  switch (what) {
    case 'plain-copy': {
      const credential = new StorageSharedKeyCredential(job.storage.accountName, job.storage.accountKey);
      const container = new BlobServiceClient(job.storage.url, credential).getContainerClient('bench');
      for (let i = 0; i < job.assets; i += 1) {
        await container.getBlockBlobClient(`${run}/${i}`).uploadStream(await open(), blockBytes, blocksUnderWay);
      }
      return job.assets * job.assetBytes;
    }
    case 'block-copy':
      for (let i = 0; i < job.assets; i += 1) {
        await pipeline(await open(), storage.upload(`${run}/${i}`, 'application/octet-stream'));
      }
      return job.assets * job.assetBytes;
    case 'serial-loop':
      for (let i = 0; i < job.assets; i += 1) await buffer(await open());
      return job.assets * job.assetBytes;
    case 'export':
      return exportAll();
  }
}

async function exportAll(): Promise<number> {
  const summary = await writeArchive({
    storage,
    clock,
    signal: new AbortController().signal,
    requestId: run,
    attempt: 'bench',
    workspace: { id: '0'.repeat(32), name: 'Bench', accountType: 'standard' },
    requestedBy: 'Alex Wilber',
    requestedAt: new Date(0),
    data: 'all',
    onlyNamed: false,
    personal: { scope: 'none', members: [] },
    assets: assets(),
    filesOf: async (asset) => [fileOf(asset)],
    workspaceFiles: null,
    recorded: [],
    onPart: async () => {},
  });
  if (summary.exceptions > 0) throw new Error(`${summary.exceptions} exceptions`);
  return summary.parts.reduce((sum, part) => sum + part.sizeBytes, 0);
}

async function* assets(): AsyncGenerator<PlacedAsset, void, void> {
  for (let position = 0; position < job.assets; position += 1) {
    const id = `${position}`;
    yield {
      position,
      asset: {
        kind: 'dataset',
        id,
        familyId: id,
        name: id,
        sizeBytes: job.assetBytes,
        createdAt: null,
        owner: '',
        versions: 1,
        revision: 'r',
      },
    };
  }
}

function fileOf(asset: Asset): AssetFile {
  return {
    name: `${asset.name}.${job.kind === 'packed' ? 'zip' : 'csv'}`,
    role: 'content',
    sizeBytes: job.assetBytes,
    compressed: job.kind === 'packed',
    source: job.source,
    open,
  };
}

function open(): Promise<IncomingMessage> {
  const address = `${job.source}/${job.kind}/${job.assetBytes}?latency=${job.latencyMs}`;
  return new Promise((resolve, reject) => get(address, { agent }, resolve).on('error', reject));
}
