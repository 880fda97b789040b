import { startDatabases } from './parts/databases.ts';
import { measureRequest, startPeer } from './parts/peers.ts';

/**
 * Deletion of many assets from a service that takes 20 ms to answer, against what latency and concurrency allow at
 * best. A dataset takes two calls (is it still what was confirmed, then the deletion); a trained model takes one, and
 * shares the list that tells what it is now. `--quick` deletes a fifth.
 */
const scale = process.argv.includes('--quick') ? 5 : 1;
const workspaceId = '7c0e6a1f52b84d0fa3c9d1e4b6f80a27';
const latencyMs = 20;
/** The calls at a time that Steward allows itself to one host. */
const concurrency = 8;
const databases = await startDatabases();

console.log(`\n${latencyMs} ms of latency a call, ${concurrency} calls at a time`);
for (const name of databases.names) {
  for (const [kind, count] of [
    ['dataset', 10_000 / scale],
    ['model', 10_000 / scale],
  ] as const) {
    const studio = await startPeer('large-studio', { workspaceId, [`${kind}s`]: count, latencyMs });
    const database = await databases.open(name);
    const job = { what: 'delete', studio: studio.url, workspaceId, kind, database } as const;
    const { seconds, cpuSeconds, peakBytes, assets } = await measureRequest(job);
    await studio.close();
    const ideal = ((kind === 'dataset' ? 2 : 1) * assets * latencyMs) / concurrency / 1000;
    console.log(
      `  ${assets} ${kind}s on ${name}: ${seconds.toFixed(1)} s, ${(seconds / ideal).toFixed(2)} times the ideal ` +
        `${ideal.toFixed(1)} s (aim 1.25), ${cpuSeconds.toFixed(1)} CPU s, ${(peakBytes / 2 ** 20).toFixed(0)} MiB`,
    );
  }
}
await databases.close();
