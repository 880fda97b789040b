import { defaultHttpSettings } from '../../src/azure/http/http-settings.ts';
import { median } from './parts/figures.ts';
import { measureStudio, startPeer, startStudio } from './parts/peers.ts';
import type { StudioJob } from './parts/studio-run.ts';

/**
 * Full export of a thousand small datasets from a service that takes 20 ms for each call, by Steward's own client over
 * HTTP, against a plain serial loop over the same files and against what latency and concurrency allow at best.
 * `--quick` takes a tenth of the datasets.
 */
const datasets = process.argv.includes('--quick') ? 100 : 1_000;
const latencyMs = 20;
const rounds = 3;
/** Calls to one host at a time that Steward allows itself; all of them go to one host here. */
const concurrency = defaultHttpSettings.maxConcurrentCalls;

const { peer, studio } = await startStudio(datasets, 20_000 * datasets);
const sink = await startPeer('blob-sink');
const storage = { url: `${sink.url}/bench`, accountName: 'bench', accountKey: Buffer.from('bench').toString('base64') };

const control = (path: string, method: string, body?: unknown) =>
  fetch(`${studio.url}/_control/${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
const lateBy = [{ match: {}, fault: { kind: 'latency', milliseconds: latencyMs } }];
await control('faults', 'POST', lateBy);

async function run(what: StudioJob['what'], times: number) {
  const seconds: number[] = [];
  const calls: number[] = [];
  for (let i = 0; i < times; i += 1) {
    await control('log', 'DELETE');
    seconds.push((await measureStudio({ what, studio, storage })).seconds);
    const log: unknown = await (await control('log', 'GET')).json();
    calls.push(Array.isArray(log) ? log.length : 0);
  }
  return { seconds: median(seconds), calls: median(calls) };
}

const exported = await run('export', rounds);
const serial = await run('serial-loop', 1);
const ideal = (latencyMs * exported.calls) / concurrency / 1000;
console.log(`\n${datasets} datasets of 20 kB on average with their descriptions, ${latencyMs} ms of latency a call`);
console.log(`  ideal (latency × ${exported.calls} calls ÷ ${concurrency})      ${ideal.toFixed(2)} s`);
console.log(
  `  export                              ${exported.seconds.toFixed(2)} s, ${(exported.seconds / ideal).toFixed(2)} times the ideal (aim 1.25)`,
);
console.log(
  `  plain serial loop (${serial.calls} calls)      ${serial.seconds.toFixed(2)} s, ${(serial.seconds / exported.seconds).toFixed(1)} times the export (aim at least 5)`,
);

await Promise.all([peer.close(), sink.close()]);
