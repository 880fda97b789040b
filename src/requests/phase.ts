import type { RequestChange } from '../database/request-rows.ts';
import type { Phase } from '../domain/actions.ts';
import { decide } from '../domain/lifecycle.ts';
import type { RequestRecord } from '../domain/request.ts';
import { lifecycleOf } from './transition.ts';

/**
 * The column of a running request that goes on to another phase of its work; null takes back a call that had no effect.
 * Only `decide` says which phase may follow which. Throws RangeError for a phase that may not, since the run is wrong.
 */
export function phaseChange(request: RequestRecord, phase: Phase | null): RequestChange {
  const decision = decide(lifecycleOf(request), { type: 'entered', phase });
  if (decision.accepted) return { phase: decision.next.phase };
  throw new RangeError(`request ${request.number} cannot go from phase ${request.progress.phase} to ${phase}`);
}
