import { startTestAzurite } from '../harness/azurite.ts';
import { line, median, type PerGibibyte, perGibibyte } from './parts/figures.ts';
import type { Job, Result } from './parts/measured-run.ts';
import { measure, startPeer } from './parts/peers.ts';

/**
 * Export of a few large assets against a plain copy of the same bytes, alternately in fresh processes, into Azurite
 * and into a sink that throws everything away. The ratios are of the same run; the seconds depend on the machine.
 * `--quick` copies an eighth of the bytes; the sizes for memory stay.
 */
const scale = process.argv.includes('--quick') ? 8 : 1;
const gibibyte = 2 ** 30;
const assets = 4;
const largeBytes = (2 * gibibyte) / scale;

const source = await startPeer('byte-source');
const sink = await startPeer('blob-sink');
const azurite = await startTestAzurite();
const intoSink = {
  url: `${sink.url}/bench`,
  accountName: 'bench',
  accountKey: Buffer.from('bench').toString('base64'),
};
const intoAzurite = { url: azurite.url, accountName: azurite.accountName, accountKey: azurite.accountKey };

function job(what: Job['what'], bytes: number, storage: Job['storage'], kind: Job['kind'] = 'packed'): Job {
  return { what, source: source.url, kind, assets, assetBytes: bytes / assets, latencyMs: 0, storage };
}

async function compare(title: string, storage: Job['storage'], kind: Job['kind'], bytes: number, rounds: number) {
  const results: Record<'plain-copy' | 'block-copy' | 'export', Result[]> = {
    'plain-copy': [],
    'block-copy': [],
    export: [],
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const what of ['plain-copy', 'export', 'block-copy'] as const) {
      results[what].push(await measure(job(what, bytes, storage, kind)));
    }
  }
  const plain = perGibibyte(results['plain-copy'], bytes);
  const exported = perGibibyte(results.export, bytes);
  const shrunk = (results.export[0]?.writtenBytes ?? 0) / bytes;
  console.log(`\n${title}: ${(bytes / gibibyte).toFixed(2)} GiB in ${assets} assets, per GiB, median of ${rounds}`);
  console.log(line('plain copy (uploadStream)', plain));
  console.log(line('our block upload, no zip', perGibibyte(results['block-copy'], bytes)));
  console.log(line(`export (${(100 * shrunk).toFixed(0)} % of the bytes)`, exported));
  console.log(ratios(exported, plain));
}

function ratios(exported: PerGibibyte, plain: PerGibibyte): string {
  const throughput = plain.seconds / exported.seconds;
  const cpu = exported.cpuSeconds / plain.cpuSeconds;
  return `  against the plain copy: ${throughput.toFixed(2)} of its throughput (aim 0.90), ${cpu.toFixed(2)} times its CPU (aim 1.50)`;
}

await compare('Into a discarding sink, compressed assets (stored)', intoSink, 'packed', largeBytes, 3);
await compare('Into Azurite, compressed assets (stored)', intoAzurite, 'packed', largeBytes, 2);
await compare('Into a discarding sink, tables of text (deflated)', intoSink, 'table', largeBytes / 4, 3);
await compare('Into Azurite, tables of text (deflated)', intoAzurite, 'table', largeBytes / 4, 2);

console.log('\nPeak memory of the exporting process, median of 3');
const peaks: number[] = [];
for (const bytes of [100 * 2 ** 20, 2 * gibibyte, 4 * gibibyte]) {
  const runs: number[] = [];
  for (let round = 0; round < 3; round += 1) runs.push((await measure(job('export', bytes, intoSink))).peakBytes);
  const peakBytes = median(runs);
  peaks.push(peakBytes);
  console.log(
    `  ${(bytes / 2 ** 20).toFixed(0).padStart(5)} MiB in ${assets} assets: ${(peakBytes / 2 ** 20).toFixed(0)} MiB`,
  );
}
const [smallest = 1, ...larger] = peaks;
console.log(
  `  grows by ${(100 * (Math.max(...larger) / smallest - 1)).toFixed(0)} % from the smallest (aim: within 10 %)`,
);

await Promise.all([source.close(), sink.close(), azurite.close()]);
