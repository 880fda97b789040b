import { readDirectoryExport } from '../database/directory-exports.ts';
import { readRequest } from '../database/request-rows.ts';
import { type Refusal, refusalSentence } from '../domain/refusals.ts';
import { endDirectoryExport } from './directory-export-end.ts';
import { endingOf } from './ending.ts';
import type { RequestServices } from './request-services.ts';
import { transition } from './transition.ts';
import { recordByHand } from './workspace-deletion.ts';

/** Expires a request that nobody acted on, unless it has changed since the timer was set. */
export async function expire(services: RequestServices, number: number, version: number): Promise<void> {
  await transition(services, number, { type: 'expired', version });
}

/**
 * Ends a request whose retry budget is used up. The last failure stays as its reason, and an archive that was completed
 * before is released. When the deletion of a workspace may have been sent, the rest is left to the person instead.
 */
export async function giveUp(services: RequestServices, number: number): Promise<void> {
  const request = await readRequest(services.database.db, number);
  if (request?.state === 'running' && request.progress.phase === 'removing') {
    // It is unknown whether the workspace still exists, so the request stays open: a person has to check, or delete it.
    const why = refusalSentence(request.refusal ?? { reason: 'gave-up' });
    return recordByHand(services, { number, token: null, request }, why);
  }
  if (request?.state === 'running' && request.progress.phase === 'asking') {
    const directoryExport = await readDirectoryExport(services.database.db, number);
    const name = directoryExport?.person.name ?? '';
    return endDirectoryExport(services, { number, token: null, request }, name, { kind: 'in-doubt' });
  }
  const unknownFailure: Refusal = { reason: 'gave-up' };
  const ending = endingOf(services, number, request?.refusal ?? unknownFailure);
  await transition(services, number, { type: 'gave-up' }, ending);
}
