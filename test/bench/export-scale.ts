import { measureStudio, startPeer, startStudio } from './parts/peers.ts';

/**
 * Export of a growing number of small datasets by Steward's own client over HTTP, into a sink that throws everything
 * away: what an asset costs should not grow with their number (aim: flat within 20 %), nor should the manifest and the
 * lists of files take the memory. `--quick` ends at 4,000 datasets; the largest run takes long.
 */
const sizes = process.argv.includes('--quick') ? [1_000, 4_000] : [1_000, 10_000, 100_000];
const sink = await startPeer('blob-sink');
const storage = { url: `${sink.url}/bench`, accountName: 'bench', accountKey: Buffer.from('bench').toString('base64') };

const costs: number[] = [];
for (const size of sizes) {
  const { peer, studio } = await startStudio(size, 1_000 * size);
  const { seconds, cpuSeconds, peakBytes } = await measureStudio({ what: 'export', studio, storage });
  await peer.close();
  const cost = (1e6 * cpuSeconds) / size;
  costs.push(cost);
  console.log(
    `  ${String(size).padStart(7)} datasets of 1 kB: ${seconds.toFixed(1)} s, ${cost.toFixed(0)} µs CPU an asset, ` +
      `${(peakBytes / 2 ** 20).toFixed(0)} MiB resident at most`,
  );
}
const [first = 1, ...larger] = costs;
const growth = Math.max(...larger) / first - 1;
console.log(
  `  the dearest of the larger ones costs ${(100 * growth).toFixed(0)} % more an asset than the smallest (aim 20 %)`,
);
await sink.close();
