import { sql } from 'kysely';
import type { Account } from '../domain/people.ts';
import type { Connection } from './connection.ts';
import type { Audience } from './outbox-rows.ts';

/** A request in one version, of which a person may not have been informed. */
export interface UndeliveredCard {
  readonly number: number;
  readonly version: number;
}

/**
 * Requests whose card for an audience did not reach its people, and of which this person has not been informed since.
 * For `requester` their own ones; for `approvers` those that wait for an approval.
 */
export async function readUndelivered(
  db: Connection,
  person: Account,
  audience: Extract<Audience, 'requester' | 'approvers'>,
): Promise<UndeliveredCard[]> {
  return db
    .selectFrom('cards')
    .innerJoin('requests', 'requests.number', 'cards.requestNumber')
    .select(['requests.number', 'requests.version'])
    .where('cards.audience', '=', audience)
    .where(sql<boolean>`(cards.unreached_since is not null or cards.undeliverable is not null)`)
    .where(sql<boolean>`cards.wanted > cards.delivered`)
    .where('cards.toldAs', 'is', null)
    .distinct()
    .where('requests.tenantId', '=', person.tenantId)
    .$if(audience === 'requester', (query) => query.where('requests.requesterObjectId', '=', person.objectId))
    .$if(audience === 'approvers', (query) => query.where('requests.state', '=', 'awaiting-approval'))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('told')
            .select('told.objectId')
            .whereRef('told.requestNumber', '=', 'requests.number')
            .whereRef('told.version', '=', 'requests.version')
            .where('told.objectId', '=', person.objectId),
        ),
      ),
    )
    .orderBy('requests.number')
    .limit(15)
    .execute();
}

/** Records that a person has been informed of a request in this version. */
export async function markTold(
  db: Connection,
  person: Account,
  undelivered: readonly UndeliveredCard[],
  at: Date,
): Promise<void> {
  if (undelivered.length === 0) return;
  await db
    .insertInto('told')
    .values(
      undelivered.map(({ number, version }) => ({ requestNumber: number, version, objectId: person.objectId, at })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
