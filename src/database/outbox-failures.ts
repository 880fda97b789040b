import { sql, type UpdateQueryBuilder, type UpdateResult } from 'kysely';
import type { Connection } from './connection.ts';
import type { OutboxCard } from './outbox-rows.ts';
import { addLeftBehind } from './superseded-card-rows.ts';
import type { FailureScope, Tables } from './tables.ts';

export type { FailureScope };

/** A call that failed, and what follows from it. */
export interface Failure {
  readonly scope: FailureScope;
  readonly at: Date;
  readonly retryAt: Date;
  /** Whether others are told from now on that these people have not been reached. */
  readonly unreached: boolean;
}

/** Notes that the call failed and will be tried again. */
export async function markFailed(trx: Connection, card: OutboxCard, failure: Failure): Promise<void> {
  await trx
    .updateTable('cards')
    .set({
      sending_since: null,
      failing_since: card.failingSince ?? failure.at,
      failure: failure.scope,
      retry_at: failure.retryAt,
      unreached_since: failure.unreached ? (card.unreachedSince ?? failure.at) : card.unreachedSince,
    })
    .where('id', '=', card.id)
    .execute();
}

/** True when no card that was made earlier fails for the same reason: this one then finds out for all of them. */
export async function isFirstToFail(trx: Connection, card: OutboxCard, scope: FailureScope): Promise<boolean> {
  const earlier = await trx
    .selectFrom('cards')
    .select('id')
    .where('id', '<', card.id)
    .where('failing_since', 'is not', null)
    .where('undeliverable', 'is', null)
    .where('failure', '=', scope)
    .where(sql<boolean>`wanted > delivered`)
    .$if(scope === 'conversation', (query) => query.where('conversation_id', '=', card.conversationId))
    .limit(1)
    .executeTakeFirst();
  return scope !== 'card' && earlier === undefined;
}

/** How many calls are under way in a conversation that began after `since`, this card's own left out. */
export async function callsUnderWay(trx: Connection, card: OutboxCard, since: Date): Promise<number> {
  const { count } = await trx
    .selectFrom('cards')
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .where('conversation_id', '=', card.conversationId)
    .where('id', '!=', card.id)
    .where('sending_since', '>', since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Gives a card up until its people can be reached again, with the reason for those who run the bot. */
export async function markUndeliverable(trx: Connection, card: OutboxCard, reason: string, at: Date): Promise<void> {
  await trx
    .updateTable('cards')
    .set((expression) => ({
      undeliverable: reason,
      sending_since: null,
      retry_at: null,
      given_up_at: at,
      times_given_up: expression('times_given_up', '+', 1),
      failing_since: card.failingSince ?? at,
      unreached_since: card.unreachedSince ?? at,
    }))
    .where('id', '=', card.id)
    .execute();
}

/** Which cards are tried again at once. */
export interface Revival {
  /** Conversations that can be written into. */
  readonly conversationIds: readonly string[];
  /** A service that answers; cards that failed because it did not are due. */
  readonly serviceUrl: string | null;
  /** Somebody whose personal chat is known to be open. */
  readonly person?: { readonly tenantId: string; readonly objectId: string; readonly conversationId: string };
}

/**
 * Makes cards due at once that waited for another try or were given up, and gives their ids, and those of messages
 * that they leave behind. Cards that another transaction holds are left out (skip locked): they are being seen to.
 */
export async function reviveCards(
  trx: Connection,
  { conversationIds, serviceUrl, person }: Revival,
  at: Date,
): Promise<{ due: number[]; leftBehind: number[] }> {
  const rows = await trx
    .selectFrom('cards')
    .leftJoin('conversations', 'conversations.id', 'cards.conversation_id')
    .innerJoin('requests', 'requests.number', 'cards.request_number')
    .select(['cards.id', 'cards.audience', 'requests.tenant_id', 'requests.requester_object_id'])
    .where((where) => where.or([where('cards.retry_at', 'is not', null), where('cards.undeliverable', 'is not', null)]))
    .where(sql<boolean>`cards.wanted > cards.delivered`)
    .where((where) =>
      where.or([
        where('cards.conversation_id', 'in', ['', ...conversationIds]),
        ...(serviceUrl === null
          ? []
          : [
              where.and([
                where('cards.failure', '=', 'service'),
                where.or([
                  where('cards.conversation_id', 'is', null),
                  where(sql<string>`conversations.reference->>'serviceUrl'`, '=', serviceUrl),
                ]),
              ]),
            ]),
        ...(person === undefined
          ? []
          : [
              where.and([
                where('cards.audience', '=', 'requester'),
                where('requests.tenant_id', '=', person.tenantId),
                where('requests.requester_object_id', '=', person.objectId),
              ]),
            ]),
      ]),
    )
    .orderBy('cards.id')
    .forUpdate('cards')
    .skipLocked()
    .execute();
  if (rows.length === 0) return { due: [], leftBehind: [] };
  const ids = rows.map(({ id }) => id);
  await makeDue(trx, (query) => query.where('id', 'in', ids));
  const moving = rows.filter(({ audience }) => audience === 'requester').map(({ id }) => id);
  const leftBehind =
    person !== undefined && moving.length > 0 ? await moveCards(trx, moving, person.conversationId, at) : [];
  return { due: ids, leftBehind };
}

/** Owes cards in another conversation. Gives the ids of the messages that stay behind in the earlier one. */
async function moveCards(trx: Connection, ids: readonly number[], conversationId: string, at: Date): Promise<number[]> {
  const leftBehind = await addLeftBehind(trx, ids, conversationId, at);
  await trx
    .updateTable('cards')
    .set({ conversation_id: conversationId, activity_id: null })
    .where('id', 'in', [...ids])
    .where(sql<boolean>`conversation_id is distinct from ${conversationId}`)
    .execute();
  return leftBehind;
}

/** Lets all cards be tried again that were given up since a moment. Gives their ids. */
export async function reviveGivenUp(trx: Connection, since: Date): Promise<number[]> {
  const ids = await makeDue(trx, (query) =>
    query
      .where('undeliverable', 'is not', null)
      .where((where) => where.or([where('given_up_at', 'is', null), where('given_up_at', '>', since)])),
  );
  return ids.sort((a, b) => a - b);
}

type Selection = UpdateQueryBuilder<Tables, 'cards', 'cards', UpdateResult>;

/** Ends a wait; what was given up begins anew with its tries. */
async function makeDue(trx: Connection, select: (query: Selection) => Selection): Promise<number[]> {
  const begun = sql<boolean>`undeliverable is not null`;
  const rows = await select(trx.updateTable('cards'))
    .set({
      retry_at: null,
      undeliverable: null,
      attempts: sql<number>`case when ${begun} then 0 else attempts end`,
      failing_since: sql<Date | null>`case when ${begun} then null else failing_since end`,
    })
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}
