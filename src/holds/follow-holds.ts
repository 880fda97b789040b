import { holdsToFollow, lockHolds, readHold, recordFollowed } from '../database/hold-rows.ts';
import { inTransaction, type RequestServices } from '../requests/request-services.ts';
import { reviewEveryMs } from './place-holds.ts';
import { recordHold } from './record-hold.ts';

/** Holds of one sweep. */
const mostFollowed = 500;

/**
 * Records the end of holds whose last moment has passed, and that the administrators are reminded of those that are due for
 * a review, each with the job that tells them. A hold is over by its own date, whether or not this has run. Returns how
 * many of both there were.
 */
export async function followHolds(services: RequestServices): Promise<number> {
  const { database, clock, queue } = services;
  const due = await holdsToFollow(database.db, new Date(clock.now()), mostFollowed);
  for (const { number, tenantId } of due) {
    await inTransaction(services, async (trx) => {
      await lockHolds(trx, tenantId);
      const hold = await readHold(trx, tenantId, number, 'lock');
      if (hold?.state !== 'placed') return;
      const at = new Date(clock.now());
      const isOver = hold.until !== null && hold.until.getTime() <= at.getTime();
      // Another process has reminded of it meanwhile.
      if (!isOver && hold.reviewAt.getTime() > at.getTime()) return;
      const reviewAt = new Date(at.getTime() + reviewEveryMs);
      await recordFollowed(trx, number, isOver ? { endedAt: at } : { reviewAt });
      await recordHold(services, trx, hold, isOver ? 'hold.ended' : 'hold.review', 'system');
      await queue.enqueue(trx, 'tell-hold', { hold: number, event: isOver ? 'ended' : 'review' });
    });
  }
  return due.length;
}
