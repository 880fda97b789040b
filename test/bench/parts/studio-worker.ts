import { randomUUID } from 'node:crypto';
import { type PlacedAsset, writeArchive } from '../../../src/archive/archive-writer.ts';

import { createArchiveStorage } from '../../../src/archive/storage.ts';
import { createStudioSource } from '../../../src/sources/studio-classic/source.ts';
import { systemClock } from '../../../src/system-clock.ts';
import type { Result } from './measured-run.ts';
import { studioJobSchema } from './studio-run.ts';

/** A process that reads a whole workspace over HTTP, measures itself, and prints the result as JSON. */
const job = studioJobSchema.parse(JSON.parse(process.argv[2] ?? ''));
const { endpoint, workspaceId, token } = job.studio;
const signal = new AbortController().signal;

const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
const writtenBytes = job.what === 'export' ? await exportAll() : await readOneByOne();
const cpu = process.cpuUsage(cpuBefore);
const result: Result = {
  seconds: (performance.now() - startedAt) / 1000,
  cpuSeconds: (cpu.user + cpu.system) / 1e6,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  writtenBytes,
};
console.log(JSON.stringify(result));
process.exit();

async function exportAll(): Promise<number> {
  const storage = createArchiveStorage({
    url: job.storage.url,
    signIn: { kind: 'key', accountName: job.storage.accountName, accountKey: job.storage.accountKey },
    container: 'bench',
    allowHttp: true,
    clock: systemClock,
  });
  await storage.ensure();
  const connections = [{ workspaceId, token, endpoint, registeredBy: null }];
  const source = createStudioSource({ connections, clock: systemClock });
  const assets = async function* (): AsyncGenerator<PlacedAsset, void, void> {
    let position = 0;
    for await (const asset of source.list(workspaceId, 'dataset', signal)) yield { position: position++, asset };
  };
  const summary = await writeArchive({
    storage,
    clock: systemClock,
    signal,
    requestId: randomUUID(),
    attempt: 'bench',
    workspace: { id: workspaceId, name: 'Bench', accountType: 'free' },
    requestedBy: 'Alex Wilber',
    requestedAt: new Date(0),
    data: 'all',
    onlyNamed: true,
    personal: { scope: 'none', members: [] },
    workspaceFiles: null,
    assets: assets(),
    filesOf: (asset, aborted) => source.files(workspaceId, asset, aborted),
    recorded: [],
    onPart: async () => {},
  });
  if (summary.exceptions > 0) throw new Error(`${summary.exceptions} exceptions`);
  return summary.bytes;
}

interface Place {
  readonly BaseUri: string | null;
  readonly Location: string;
  readonly AccessCredential: string;
}

/** As a person would script it: list, then each dataset's description, content, schema and visualisation in turn. */
async function readOneByOne(): Promise<number> {
  const base = `${endpoint}workspaces/${workspaceId}/datasources`;
  const read = async (path: string) => {
    const response = await fetch(base + path, { headers: { 'x-ms-metaanalytics-authorizationtoken': token } });
    return response.json();
  };
  let bytes = 0;
  for (const { Id } of (await read('')) as { Id: string }[]) {
    if (!Id.startsWith(workspaceId)) continue;
    const dataset = (await read(`/${Id}`)) as Record<string, Place>;
    for (const field of ['DownloadLocation', 'SchemaEndPoint', 'VisualizeEndPoint']) {
      const place = dataset[field];
      if (!place?.BaseUri) continue;
      const response = await fetch(place.BaseUri + place.Location + place.AccessCredential);
      bytes += (await response.arrayBuffer()).byteLength;
    }
  }
  return bytes;
}
