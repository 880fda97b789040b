import { requestsUnderWay } from '../database/request-rows.ts';
import { recordFault } from '../requests/backoff.ts';
import { enqueueWork } from '../requests/enqueue-work.ts';
import { inTransaction } from '../requests/request-services.ts';
import { resumeRevocations } from '../requests/revoke.ts';
import type { WorkflowServices } from '../workflows/workflow-services.ts';
import { giveUp } from './give-up.ts';

/**
 * Enqueues again what a worker was doing when its process died. Only for a database that no other process shares:
 * elsewhere the queue detects a worker without a heartbeat. The dead process's job is removed, so that its time-out is
 * not later counted as a failure of the new job.
 */
export async function resumeRequests(services: WorkflowServices): Promise<number> {
  const underWay = await requestsUnderWay(services.database.db);
  for (const { number, state } of underWay) {
    // A lost run is detected when the next run takes its lease; a preparation has no lease, so its loss is recorded
    // here.
    if (state !== 'preparing' || (await recordFault(services, { number, token: null }, 'preparation'))) continue;
    await giveUp(services, number);
  }
  await inTransaction(services, async (trx) => {
    for (const { number, state } of underWay) {
      const job = state === 'preparing' ? 'prepare' : 'run';
      await services.queue.forgetActive(trx, job, { request: number });
      // One waiting job is enough: a second one would take the lease from the first while it is running.
      if (await services.queue.isWaiting(trx, job, { request: number })) continue;
      await enqueueWork(services, trx, job, number);
    }
  });
  await resumeRevocations(services, true);
  return underWay.length;
}
