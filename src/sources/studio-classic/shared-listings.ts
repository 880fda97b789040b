import type { WorkspaceClient } from './workspace-client.ts';

/** Reads a list of a workspace once for any number of ids, and returns what it found by id. */
export type ListOnce<Found> = (
  client: WorkspaceClient,
  ids: ReadonlySet<string>,
  signal: AbortSignal,
) => Promise<ReadonlyMap<string, Found>>;

interface Batch<Found> {
  readonly ids: Set<string>;
  readonly found: Promise<ReadonlyMap<string, Found>>;
}

/** The batches of one signal in one workspace: at most one runs, and one collects the ids that arrive meanwhile. */
interface Batches<Found> {
  running: Promise<unknown>;
  pending: Batch<Found> | null;
}

/**
 * Request batching: callers that search for single items at the same time share one read of the list. The result was
 * always read after the call: a call during a running read waits for the next batch. Only callers with the same signal
 * share a batch, so that aborting one caller does not abort another.
 */
export function sharedListings<Found>(
  listOnce: ListOnce<Found>,
): (client: WorkspaceClient, id: string, signal: AbortSignal) => Promise<Found | null> {
  const byClient = new WeakMap<WorkspaceClient, WeakMap<AbortSignal, Batches<Found>>>();
  return async (client, id, signal) => {
    const bySignal = byClient.get(client) ?? new WeakMap<AbortSignal, Batches<Found>>();
    byClient.set(client, bySignal);
    const batches = bySignal.get(signal) ?? { running: Promise.resolve(), pending: null };
    bySignal.set(signal, batches);
    batches.pending ??= startBatch(batches, (ids) => listOnce(client, ids, signal));
    batches.pending.ids.add(id);
    return (await batches.pending.found).get(id) ?? null;
  };
}

function startBatch<Found>(
  batches: Batches<Found>,
  listOnce: (ids: ReadonlySet<string>) => Promise<ReadonlyMap<string, Found>>,
): Batch<Found> {
  const ids = new Set<string>();
  const found = batches.running.then(() => {
    batches.pending = null;
    return listOnce(ids);
  });
  // Only the callers of this batch get its failure; the next batch reads again.
  batches.running = found.catch(() => undefined);
  return { ids, found };
}
