import * as rows from '../database/erasure.ts';
import { appendAudit } from '../database/history.ts';
import { holdOpenRequests, openRequestNumbers } from '../database/request-rows.ts';
import type { Account } from '../domain/people.ts';
import { inTransaction, type RequestServices } from './request-services.ts';

/** What became of the wish to erase somebody. */
export type Erasure =
  | { readonly result: 'erased'; readonly requests: number; readonly wasKnown: boolean }
  /** Nothing was changed: these requests have to end first, since they still need to reach the person. */
  | { readonly result: 'has-open-requests'; readonly numbers: readonly number[] };

/** Open requests that are named at the most. */
const mostNamed = 100;

/**
 * Erases somebody from Steward's records: who they are, where they are reached, what they said last, and their name
 * and addresses in every request and history. What was done stays on record with the account's id. Safe to repeat.
 *
 * One thing stays: which account an address belongs to, or whoever is given the address later would inherit rights.
 */
export async function erasePerson(
  services: Pick<RequestServices, 'database' | 'clock'>,
  account: Account,
): Promise<Erasure> {
  const { db } = services.database;
  const erasure = await inTransaction(services, async (trx): Promise<Erasure & { names?: readonly string[] }> => {
    await holdOpenRequests(trx, account);
    const numbers = await openRequestNumbers(trx, account, mostNamed);
    if (numbers.length > 0) return { result: 'has-open-requests', numbers };
    const names = await rows.namesOf(trx, account);
    const requests = await rows.eraseFromRequests(trx, account, names);
    const wasKnown = await rows.removePerson(trx, account);
    await appendAudit(trx, {
      at: new Date(services.clock.now()),
      tenantId: account.tenantId,
      actor: 'system',
      action: 'person.erased',
      requestNumber: null,
      workspaceId: null,
      detail: { objectId: account.objectId, requests },
    });
    return { result: 'erased', requests, wasKnown, names };
  });
  const { names = [], ...told } = erasure;
  // Assets are many, and their owners names that Studio gave: each request by itself.
  for (const number of names.length === 0 ? [] : await rows.endedRequestsWithAssets(db)) {
    await rows.eraseOwner(db, number, names);
  }
  return told;
}
