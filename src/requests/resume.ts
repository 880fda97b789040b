import { requestsUnderWay } from '../database/requests.ts';
import { inTransaction, type RequestServices } from './services.ts';

/**
 * Enqueues anew what a worker was busy with when its process died. Only for a database that no other process
 * shares: elsewhere the queue notices a silent worker by itself. The dead process's own job is forgotten, so that its
 * loss is not noticed later and taken for a failure of the new one.
 */
export async function resumeRequests(services: RequestServices): Promise<number> {
  const underWay = await requestsUnderWay(services.database.db);
  await inTransaction(services, async (trx) => {
    for (const { number, state } of underWay) {
      const job = state === 'preparing' ? 'prepare' : 'run';
      await services.queue.forgetActive(trx, job, { request: number });
      await services.queue.enqueue(trx, job, { request: number });
    }
  });
  return underWay.length;
}
