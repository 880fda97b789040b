import { storedJson } from '../database/storable.ts';
import type { Ask } from '../domain/request.ts';
import { noChanges } from '../domain/snapshot-changes.ts';
import { backoffReset } from './backoff.ts';
import { type Run, stopRun } from './lease.ts';
import type { RequestServices } from './request-services.ts';
import { transition } from './transition.ts';

/**
 * Returns a request to its preview, which shows what changed, to be confirmed and approved again; unless a stop was
 * requested. Only for a run that has not changed or finished anything yet. `ask` must describe what is left of the
 * request in the same workspace. Throws RunSupersededError.
 */
export async function reconfirm(services: RequestServices, run: Run, ask: Ask): Promise<void> {
  const workspaceId = run.request.workspace?.id;
  const { result } = await transition(
    services,
    run.number,
    { type: 'changed', untouched: true },
    {
      runToken: run.token,
      change: {
        ask: storedJson(workspaceId === undefined ? ask : { ...ask, workspaceId }),
        changes: storedJson(noChanges),
        // The next run is a new one, with a full retry budget.
        ...backoffReset,
        refusal: null,
        runToken: null,
        lane: null,
        turn: null,
        furthest: 0,
        startedAt: null,
        decidedByName: null,
        requesterReason: null,
      },
    },
  );
  // A stop was requested at the same moment.
  if (result === 'refused') await stopRun(services, run);
}
