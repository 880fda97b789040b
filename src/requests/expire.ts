import { readDirectoryExport } from '../database/directory-exports.ts';
import { readRequest } from '../database/request-rows.ts';
import { type Refusal, refusalSentence } from '../domain/refusals.ts';
import { endDirectoryExport } from './directory-export-end.ts';
import { endingOf } from './ending.ts';
import type { RequestServices } from './request-services.ts';
import { transition } from './transition.ts';
import { recordByHand } from './workspace-deletion.ts';

/** Ends a request that nobody acted on, unless it has moved on since the timer was set. */
export async function expire(services: RequestServices, number: number, version: number): Promise<void> {
  await transition(services, number, { type: 'expired', version });
}

/**
 * Ends a request that was tried in vain for as long as it may be. The last setback stays as its reason, and an
 * archive that was finished before is handed over. A workspace whose deletion may have been asked for is left to the
 * person instead.
 */
export async function giveUp(services: RequestServices, number: number): Promise<void> {
  const request = await readRequest(services.database.db, number);
  if (request?.state === 'running' && request.progress.phase === 'removing') {
    // Whether the workspace is gone is not known, so the request cannot end here: a person has to look, or do it.
    const why = refusalSentence(request.refusal ?? { reason: 'gave-up' });
    return recordByHand(services, { number, token: null, request }, why);
  }
  if (request?.state === 'running' && request.progress.phase === 'asking') {
    const wanted = await readDirectoryExport(services.database.db, number);
    const name = wanted?.person.name ?? '';
    return endDirectoryExport(services, { number, token: null, request }, name, { kind: 'in-doubt' });
  }
  const unexplained: Refusal = { reason: 'gave-up' };
  const ending = endingOf(services, number, request?.refusal ?? unexplained);
  await transition(services, number, { type: 'gave-up' }, ending);
}
