import { readRequest } from '../database/request-rows.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { transition } from './transition.ts';

/** Expires a request that nobody acted on, unless it has changed since the timer was set. */
export async function expire(services: RequestServices, number: number, version: number): Promise<void> {
  await transition(services, number, { type: 'expired', version });
}

/** Starts a request whose cooling-off period is over, unless it has changed since the timer was set. */
export async function startCooledOff(services: RequestServices, number: number, version: number): Promise<void> {
  const request = await readRequest(services.database.db, number);
  if (request?.state !== 'cooling-off' || request.version !== version) return;
  const now = services.clock.now();
  if (request.startsAt !== null && request.startsAt.getTime() > now) {
    // Fetched early by a process whose clock is ahead.
    const { startsAt } = request;
    await inTransaction(services, (trx) =>
      services.queue.enqueue(trx, 'end-cooling-off', { request: number, version }, { startAfter: startsAt }),
    );
    return;
  }
  await transition(services, number, { type: 'waited', version });
}
