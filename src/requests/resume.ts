import { requestsUnderWay } from '../database/requests.ts';
import { inTransaction, type RequestServices } from './services.ts';

/**
 * Enqueues anew what a worker was busy with when its process died. Only for a database that no other process
 * shares: elsewhere the queue notices a silent worker by itself. A job too many does no harm, since the later run
 * takes the request over and the earlier one stops.
 */
export async function resumeRequests(services: RequestServices): Promise<number> {
  const underWay = await requestsUnderWay(services.database.db);
  await inTransaction(services, async (trx) => {
    for (const { number, state } of underWay) {
      await services.queue.enqueue(trx, state === 'preparing' ? 'prepare' : 'run', { request: number });
    }
  });
  return underWay.length;
}
