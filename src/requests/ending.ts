import type { Connection } from '../database/connection.ts';
import type { RequestChange } from '../database/request-rows.ts';
import { storedJson } from '../database/storable.ts';
import type { Refusal } from '../domain/refusals.ts';
import { releaseArchive, scheduleUnfinishedRemoval } from './archive-keeping.ts';
import { backoffReset } from './backoff.ts';
import type { RequestServices } from './request-services.ts';

/**
 * The changes that every end of a run makes. A completed archive is released; it may be the only copy of what was
 * deleted, so it is never removed at once. An incomplete archive is not released (nothing can have been deleted then),
 * but after a failure its parts stay for a day.
 */
export function endingOf(
  services: RequestServices,
  number: number,
  refusal: Refusal | null,
  change: RequestChange = {},
): { readonly change: RequestChange; also(trx: Connection): Promise<void> } {
  return {
    change: { ...backoffReset, ...change, refusal: refusal === null ? null : storedJson(refusal) },
    also: async (trx: Connection) => {
      if (!(await releaseArchive(services, trx, number)))
        await scheduleUnfinishedRemoval(services, trx, number, refusal !== null);
    },
  };
}
