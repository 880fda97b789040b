import { storedJson } from '../database/storable.ts';
import type { Ask } from '../domain/request.ts';
import { noChanges } from '../domain/snapshot-changes.ts';
import { backoffReset } from './backoff.ts';
import { type Run, stopRun } from './lease.ts';
import type { RequestServices } from './request-services.ts';
import { transition } from './transition.ts';

/**
 * Sends a request back to its preview, which will show what changed, to be confirmed and approved anew; unless the
 * person asked to stop. Only for a run that has not done anything yet. `ask` says the same as before about what is
 * left of it, in the same workspace. Throws RunSupersededError.
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
        // Its next run is a new one, with all patience before it.
        ...backoffReset,
        refusal: null,
        run_token: null,
        phase: null,
        lane: null,
        turn: null,
        furthest: 0,
        started_at: null,
        decided_by_name: null,
      },
    },
  );
  // The person asked to stop in the same moment.
  if (result === 'refused') await stopRun(services, run);
}
