import { readParts } from '../database/archive-parts.ts';
import { anyDeleteBegun } from '../database/request-assets.ts';
import { finishRun, type Run } from '../requests/lease.ts';
import { reconfirm } from '../requests/reconfirm.ts';
import { checkHolds } from './hold-checks.ts';
import { checkPermission } from './permission.ts';
import { recheck } from './selection/recheck.ts';
import type { WorkflowServices } from './workflow-services.ts';

/**
 * Checks, before the first effect of a run, that the person may still do this, and that it is still what they
 * confirmed. False when it is not: then the request has ended, or has returned to its preview. Throws ServiceFailure and
 * RunSupersededError.
 */
export async function isReadyToRun(services: WorkflowServices, run: Run, signal: AbortSignal): Promise<boolean> {
  const refusal =
    (await checkPermission(services, run.request, signal)) ?? (await checkHolds(services, run.request, signal));
  if (refusal !== null) {
    await finishRun(services, run, { outcome: 'failed', refusal });
    return false;
  }
  const { db } = services.database;
  const parts = await readParts(db, run.number);
  // Once a part is finished or a deletion has begun, the request can no longer return to its preview.
  if (parts.length > 0 || (await anyDeleteBegun(db, run.number))) return true;
  const changedAsk = await recheck(services, run.request, null, signal);
  if (changedAsk === null) return true;
  await reconfirm(services, run, changedAsk);
  return false;
}
