import { readRequest, requestsCooledOff } from '../database/request-rows.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { transition } from './transition.ts';

/** Expires a request that nobody acted on, unless it has changed since the timer was set. */
export async function expire(services: RequestServices, number: number, version: number): Promise<void> {
  await transition(services, number, { type: 'expired', version });
}

/** How long after its time a request is looked at again, when the clocks of two machines differ, in milliseconds. */
const recheckMs = 5_000;

/** Starts a request whose cooling-off period is over, unless it has changed since the timer was set. */
export async function startCooledOff(services: RequestServices, number: number, version: number): Promise<void> {
  const request = await readRequest(services.database.db, number);
  if (request?.state !== 'cooling-off' || request.version !== version) return;
  const now = services.clock.now();
  if (request.startsAt !== null && request.startsAt.getTime() > now) {
    // This process's clock is behind that of the queue: it asks again, and not at once.
    const startsAt = new Date(request.startsAt.getTime() + recheckMs);
    await inTransaction(services, (trx) =>
      services.queue.enqueue(trx, 'end-cooling-off', { request: number, version }, { startAfter: startsAt }),
    );
    return;
  }
  await transition(services, number, { type: 'waited', version });
}

/** Starts every request whose time has come, should the job for it be lost. */
export async function startDue(services: RequestServices): Promise<void> {
  const due = await requestsCooledOff(services.database.db, new Date(services.clock.now()));
  for (const { number, version } of due) await startCooledOff(services, number, version);
}
