import type { WorkspaceClient } from './workspace-client.ts';

/** Looks into a workspace once for any number of ids, and gives what it found by id. */
export type ListOnce<Found> = (
  client: WorkspaceClient,
  ids: ReadonlySet<string>,
  signal: AbortSignal,
) => Promise<ReadonlyMap<string, Found>>;

interface Round<Found> {
  readonly ids: Set<string>;
  readonly found: Promise<ReadonlyMap<string, Found>>;
}

/** The rounds of one caller in one workspace: at most one runs, and one gathers who comes meanwhile. */
interface Rounds<Found> {
  running: Promise<unknown>;
  gathering: Round<Found> | null;
}

/**
 * Lets callers that look for single things at the same time share one look. What a caller gets was always read after
 * it asked: whoever comes while a look is under way waits for the next one. Only callers with the same signal share,
 * so that nobody is stopped by somebody else's end.
 */
export function sharedListings<Found>(
  listOnce: ListOnce<Found>,
): (client: WorkspaceClient, id: string, signal: AbortSignal) => Promise<Found | null> {
  const everybody = new WeakMap<WorkspaceClient, WeakMap<AbortSignal, Rounds<Found>>>();
  return async (client, id, signal) => {
    const callers = everybody.get(client) ?? new WeakMap<AbortSignal, Rounds<Found>>();
    everybody.set(client, callers);
    const rounds = callers.get(signal) ?? { running: Promise.resolve(), gathering: null };
    callers.set(signal, rounds);
    rounds.gathering ??= begin(rounds, (ids) => listOnce(client, ids, signal));
    rounds.gathering.ids.add(id);
    return (await rounds.gathering.found).get(id) ?? null;
  };
}

function begin<Found>(
  rounds: Rounds<Found>,
  listOnce: (ids: ReadonlySet<string>) => Promise<ReadonlyMap<string, Found>>,
): Round<Found> {
  const ids = new Set<string>();
  const found = rounds.running.then(() => {
    rounds.gathering = null;
    return listOnce(ids);
  });
  // A failure is told to those who asked; the next round looks for itself.
  rounds.running = found.catch(() => undefined);
  return { ids, found };
}
