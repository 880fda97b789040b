import { median } from './parts/figures.ts';
import type { Job } from './parts/measured-run.ts';
import { measure, startPeer } from './parts/peers.ts';

/**
 * Export of a thousand small assets from a service that takes 20 ms to answer, against a plain serial loop and
 * against what latency and concurrency allow at best.
 */
const assets = 1_000;
const assetBytes = 20_000;
const latencyMs = 20;
/** The archive's own default. */
const concurrency = 16;
const rounds = 3;

const source = await startPeer('byte-source');
const sink = await startPeer('blob-sink');
const storage = { url: `${sink.url}/bench`, accountName: 'bench', accountKey: Buffer.from('bench').toString('base64') };

async function seconds(what: Job['what'], times: number): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const job: Job = { what, source: source.url, kind: 'table', assets, assetBytes, latencyMs, storage };
    taken.push((await measure(job)).seconds);
  }
  return median(taken);
}

const ideal = (latencyMs * assets) / concurrency / 1000;
const exported = await seconds('export', rounds);
const serial = await seconds('serial-loop', 1);
console.log(`\n${assets} assets of ${assetBytes} bytes, ${latencyMs} ms of latency each, ${concurrency} at a time`);
console.log(`  ideal (latency × requests ÷ concurrency)  ${ideal.toFixed(2)} s`);
console.log(
  `  export                                    ${exported.toFixed(2)} s, ${(exported / ideal).toFixed(2)} times the ideal (aim 1.25)`,
);
console.log(
  `  plain serial loop                         ${serial.toFixed(2)} s, ${(serial / exported).toFixed(1)} times the export (aim at least 5)`,
);

await Promise.all([source.close(), sink.close()]);
