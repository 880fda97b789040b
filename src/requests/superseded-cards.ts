import { claimSupersededCard, removeSupersededCard, type SupersededCard } from '../database/superseded-card-rows.ts';
import { inTransaction, type RequestServices } from './request-services.ts';

/** A superseded message that may still show buttons, with this attempt counted; null when it has been processed. */
export function takeOld(services: RequestServices, id: number): Promise<SupersededCard | null> {
  return claimSupersededCard(services.database.db, id);
}

/** Deletes the record of a superseded message: its buttons are removed, or the message is. */
export function forgetOldCard(services: RequestServices, id: number): Promise<void> {
  return removeSupersededCard(services.database.db, id);
}

/** Enqueues another attempt after a delay. */
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
