import { type OldCard, removeOldCard, takeOldCard } from '../database/superseded-card-rows.ts';
import { inTransaction, type RequestServices } from './request-services.ts';

/** An earlier message that may still show buttons, with this attempt counted; null when it has been seen to. */
export function takeOld(services: RequestServices, id: number): Promise<OldCard | null> {
  return takeOldCard(services.database.db, id);
}

/** Forgets an earlier message: its buttons are gone, or it is. */
export function forgetOldCard(services: RequestServices, id: number): Promise<void> {
  return removeOldCard(services.database.db, id);
}

/** Enqueues another attempt. */
export function retryOldCard(services: RequestServices, id: number, delayMs: number): Promise<void> {
  return inTransaction(services, (trx) =>
    services.queue.enqueue(
      trx,
      'retire-card',
      { old: id },
      { startAfter: new Date(services.clock.now() + delayMs), key: `old-${id}` },
    ),
  );
}
