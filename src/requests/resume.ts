import { requestsUnderWay } from '../database/request-rows.ts';
import { recordFault } from './backoff.ts';
import { enqueueWork } from './enqueue-work.ts';
import { giveUp } from './expire.ts';
import { inTransaction, type RequestServices } from './request-services.ts';

/**
 * Enqueues anew what a worker was busy with when its process died. Only for a database that no other process
 * shares: elsewhere the queue notices a silent worker by itself. The dead process's own job is forgotten, so that its
 * loss is not noticed later and taken for a failure of the new one.
 */
export async function resumeRequests(services: RequestServices): Promise<number> {
  const underWay = await requestsUnderWay(services.database.db);
  for (const { number, state } of underWay) {
    // A run is found to be lost when it is taken over; a preparation leaves no such trace.
    if (state !== 'preparing' || (await recordFault(services, { number, token: null }, 'preparation'))) continue;
    await giveUp(services, number);
  }
  await inTransaction(services, async (trx) => {
    for (const { number, state } of underWay) {
      const job = state === 'preparing' ? 'prepare' : 'run';
      await services.queue.forgetActive(trx, job, { request: number });
      // One that waits is enough: a second one would take the run over while the first is at work.
      if (await services.queue.isWaiting(trx, job, { request: number })) continue;
      await enqueueWork(services, trx, job, number);
    }
  });
  return underWay.length;
}
