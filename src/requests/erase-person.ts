import { eraseFromAudit } from '../database/audit-erasure.ts';
import { removeDeputyshipsOf } from '../database/deputy-rows.ts';
import * as rows from '../database/erasure.ts';
import { isErasureHeld } from '../database/held-requests.ts';
import { appendAudit } from '../database/history.ts';
import { eraseFromHolds, shareHolds } from '../database/hold-rows.ts';
import { lockOpenRequests, openRequestNumbers } from '../database/request-rows.ts';
import { removeSchedulesOf } from '../database/schedule-rows.ts';
import { removalActions } from '../domain/audit-removals.ts';
import type { Account } from '../domain/people.ts';
import { inTransaction, type RequestServices } from './request-services.ts';

/** The result of erasing a person. */
export type Erasure =
  | { readonly result: 'erased'; readonly requests: number; readonly wasKnown: boolean }
  /** Nothing was changed: these requests have to end first, since their cards still have to reach the person. */
  | { readonly result: 'has-open-requests'; readonly numbers: readonly number[] }
  /** Nothing was changed: a legal hold stands on the person, or on what requests of theirs are about. */
  | { readonly result: 'held' };

/** The most open requests that are listed. */
const maxListed = 100;

/**
 * Erases a person from Steward's records, unless a legal hold keeps them: their contact data, their conversation state,
 * their schedules, who was their deputy, and their name
 * and addresses in every request and history. In the record a pseudonym takes the place of their id, that nobody stands
 * behind any more; but who asked for, approved and carried out a deletion stays recorded under the account's id until the
 * end of its retention. Idempotent.
 *
 * The link between an address and an account stays, otherwise a person who is given the address later would inherit its
 * rights.
 */
export async function erasePerson(
  services: Pick<RequestServices, 'database' | 'clock'>,
  account: Account,
  policyVersion: string,
): Promise<Erasure> {
  const { db } = services.database;
  const erasure = await inTransaction(services, async (trx): Promise<Erasure & { names?: readonly string[] }> => {
    await shareHolds(trx, account.tenantId);
    if (await isErasureHeld(trx, account, services.clock.now())) return { result: 'held' };
    await lockOpenRequests(trx, account);
    const numbers = await openRequestNumbers(trx, account, maxListed);
    if (numbers.length > 0) return { result: 'has-open-requests', numbers };
    const schedules = await removeSchedulesOf(trx, account);
    await removeDeputyshipsOf(trx, account);
    const names = await rows.namesOf(trx, account);
    const requests = await rows.eraseFromRequests(trx, account, names);
    await eraseFromHolds(trx, account);
    const wasKnown = await rows.removePerson(trx, account);
    await eraseFromAudit(trx, account, (pseudonym) =>
      appendAudit(trx, {
        at: new Date(services.clock.now()),
        tenantId: account.tenantId,
        actor: 'system',
        policyVersion,
        action: removalActions.person,
        requestNumber: null,
        workspaceId: null,
        detail: { objectId: pseudonym, requests, schedules },
      }),
    );
    return { result: 'erased', requests, wasKnown, names };
  });
  const { names = [], ...outcome } = erasure;
  // There may be many assets, and their owners are free text from Studio: each request in a transaction of its own.
  for (const number of names.length === 0 ? [] : await rows.endedRequestsWithAssets(db)) {
    await rows.eraseOwner(db, number, names);
  }
  return outcome;
}
