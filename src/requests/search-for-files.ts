import { readRequest } from '../database/request-rows.ts';
import { canSearchForFiles } from '../domain/directory-export.ts';
import { type Person, samePerson } from '../domain/people.ts';
import { requestId } from '../domain/request.ts';
import { enqueuePoll } from './poll.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import type { Outcome } from './transition.ts';

/** Enqueues a check whether Graph has written files after all, on the requester's press; the card shows the result. */
export async function searchForFiles(services: RequestServices, person: Person, number: number): Promise<Outcome> {
  const request = await readRequest(services.database.db, number);
  if (!request || !samePerson(request.requester, person)) {
    return { result: 'refused', refusal: { reason: 'not-the-requester' }, request };
  }
  if (!canSearchForFiles(request)) {
    return { result: 'refused', refusal: { reason: 'archive-gone', name: requestId(number) }, request };
  }
  await inTransaction(services, (trx) => enqueuePoll(services, trx, number, 0, 0));
  return { result: 'accepted', request };
}
