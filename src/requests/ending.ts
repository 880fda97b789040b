import { readParts } from '../database/archive-parts.ts';
import { oweCard } from '../database/cards.ts';
import type { Connection } from '../database/connection.ts';
import { type RequestChange, updateRequest } from '../database/requests.ts';
import { storedJson } from '../database/storable.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { RequestServices } from './services.ts';
import { settled } from './setback.ts';

/**
 * What belongs to every end of a run, however it ends. A whole archive is handed over: its links begin to live, the
 * requester's own chat gets them, and its removal is set for later. It may be the only copy of what was deleted, so
 * nothing ever removes it at once. An archive that did not become whole is of no use and goes; nothing can have been
 * deleted then.
 */
export function endingOf(
  services: RequestServices,
  number: number,
  refusal: Refusal | null,
  change: RequestChange = {},
): { readonly change: RequestChange; also(trx: Connection): Promise<void> } {
  const now = services.clock.now();
  const { linkLifetimeMs, archiveRetentionMs } = services.settings;
  return {
    change: { ...settled, ...change, refusal: refusal === null ? null : storedJson(refusal), phase: null },
    also: async (trx: Connection) => {
      const parts = await readParts(trx, number);
      if (parts.some(({ completes }) => completes)) {
        await updateRequest(trx, number, { link_expires_at: new Date(now + linkLifetimeMs) });
        await oweCard(trx, number, 'requester', null);
        const startAfter = new Date(now + archiveRetentionMs);
        await services.queue.enqueue(trx, 'remove-archive', { request: number }, { startAfter });
      } else if (parts.length > 0) {
        await services.queue.enqueue(trx, 'remove-archive', { request: number });
      }
    },
  };
}
