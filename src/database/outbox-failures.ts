import { sql, type UpdateQueryBuilder, type UpdateResult } from 'kysely';
import type { FailureScope } from './cards-table.ts';
import type { Connection } from './connection.ts';
import { hasRecipient, type OutboxCard } from './outbox-rows.ts';
import { addSupersededCards } from './superseded-card-rows.ts';
import type { Tables } from './tables.ts';

export type { FailureScope };

/** A failed delivery and what follows from it. */
export interface Failure {
  readonly scope: FailureScope;
  readonly at: Date;
  readonly retryAt: Date;
  /** Whether the request's other cards say from now on that these people have not been reached. */
  readonly unreached: boolean;
}

/** Records that a delivery failed and when it is retried. */
export async function markFailed(trx: Connection, card: OutboxCard, failure: Failure): Promise<void> {
  await trx
    .updateTable('cards')
    .set({
      sendingSince: null,
      failingSince: card.failingSince ?? failure.at,
      failure: failure.scope,
      retryAt: failure.retryAt,
      unreachedSince: failure.unreached ? (card.unreachedSince ?? failure.at) : card.unreachedSince,
    })
    .where('id', '=', card.id)
    .execute();
}

/**
 * True when no card that was made earlier fails for the same reason: the retries of this one then probe for all of
 * them.
 */
export async function isFirstToFail(trx: Connection, card: OutboxCard, scope: FailureScope): Promise<boolean> {
  const earlier = await trx
    .selectFrom('cards')
    .select('id')
    .where('id', '<', card.id)
    .where('failingSince', 'is not', null)
    .where('undeliverable', 'is', null)
    .where('failure', '=', scope)
    .where(sql<boolean>`wanted > delivered`)
    .$if(scope === 'conversation', (query) => query.where('conversationId', '=', card.conversationId))
    .limit(1)
    .executeTakeFirst();
  return scope !== 'card' && earlier === undefined;
}

/** How many calls that began after `since` are under way in a conversation, this card's own left out. */
export async function callsUnderWay(trx: Connection, card: OutboxCard, since: Date): Promise<number> {
  const { count } = await trx
    .selectFrom('cards')
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .where('conversationId', '=', card.conversationId)
    .where('id', '!=', card.id)
    .where('sendingSince', '>', since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Marks a card as undeliverable until its people can be reached again; the reason is for operators. */
export async function markUndeliverable(trx: Connection, card: OutboxCard, reason: string, at: Date): Promise<void> {
  await trx
    .updateTable('cards')
    .set((expression) => ({
      undeliverable: reason,
      sendingSince: null,
      retryAt: null,
      givenUpAt: at,
      timesGivenUp: expression('timesGivenUp', '+', 1),
      failingSince: card.failingSince ?? at,
      unreachedSince: card.unreachedSince ?? at,
    }))
    .where('id', '=', card.id)
    .execute();
}

/** Which cards are retried at once. */
export interface Revival {
  /** Conversations into which the bot can write. */
  readonly conversationIds: readonly string[];
  /** A service that answers again; cards that failed because of it are due. */
  readonly serviceUrl: string | null;
  /** A person whose personal chat is known to be open. */
  readonly person?: { readonly tenantId: string; readonly objectId: string; readonly conversationId: string };
}

/**
 * Makes cards due at once that wait for a retry or are undeliverable. Returns their ids, and those of the messages that
 * are superseded by it. Cards that another transaction has locked are skipped (skip locked): it is handling them.
 */
export async function reviveCards(
  trx: Connection,
  { conversationIds, serviceUrl, person }: Revival,
  at: Date,
): Promise<{ due: number[]; leftBehind: number[] }> {
  const rows = await trx
    .selectFrom('cards')
    .leftJoin('conversations', 'conversations.id', 'cards.conversationId')
    .innerJoin('requests', 'requests.number', 'cards.requestNumber')
    .select(['cards.id', 'cards.audience', 'cards.recipient', 'cards.conversationId'])
    .where((where) => where.or([where('cards.retryAt', 'is not', null), where('cards.undeliverable', 'is not', null)]))
    .where(sql<boolean>`cards.wanted > cards.delivered`)
    .where((where) =>
      where.or([
        where('cards.conversationId', 'in', ['', ...conversationIds]),
        ...(serviceUrl === null
          ? []
          : [
              where.and([
                where('cards.failure', '=', 'service'),
                where.or([
                  where('cards.conversationId', 'is', null),
                  where(sql<string>`conversations.reference->>'serviceUrl'`, '=', serviceUrl),
                ]),
              ]),
            ]),
        ...(person === undefined
          ? []
          : [
              where.and([
                where('requests.tenantId', '=', person.tenantId),
                where.or([
                  where('cards.recipient', '=', person.objectId),
                  where.and([
                    where('cards.audience', '=', 'requester'),
                    where('requests.requesterObjectId', '=', person.objectId),
                  ]),
                ]),
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
  const moving = rows.filter((row) => row.audience === 'requester' || hasRecipient(row)).map(({ id }) => id);
  const leftBehind =
    person !== undefined && moving.length > 0 ? await moveCards(trx, moving, person.conversationId, at) : [];
  return { due: ids, leftBehind };
}

/** Moves cards to another conversation. Returns the ids of the superseded messages in the earlier one. */
async function moveCards(trx: Connection, ids: readonly number[], conversationId: string, at: Date): Promise<number[]> {
  const leftBehind = await addSupersededCards(trx, ids, conversationId, at);
  await trx
    .updateTable('cards')
    .set({ conversationId, activityId: null })
    .where('id', 'in', [...ids])
    .where(sql<boolean>`conversation_id is distinct from ${conversationId}`)
    .execute();
  return leftBehind;
}

/** Makes all cards due that became undeliverable since a moment. Returns their ids. */
export async function reviveGivenUp(trx: Connection, since: Date): Promise<number[]> {
  const ids = await makeDue(trx, (query) =>
    query
      .where('undeliverable', 'is not', null)
      .where((where) => where.or([where('givenUpAt', 'is', null), where('givenUpAt', '>', since)])),
  );
  return ids.sort((a, b) => a - b);
}

type Selection = UpdateQueryBuilder<Tables, 'cards', 'cards', UpdateResult>;

/** Makes cards due now; an undeliverable one starts again without failed attempts. */
async function makeDue(trx: Connection, select: (query: Selection) => Selection): Promise<number[]> {
  const wasUndeliverable = sql<boolean>`undeliverable is not null`;
  const rows = await select(trx.updateTable('cards'))
    .set({
      retryAt: null,
      undeliverable: null,
      attempts: sql<number>`case when ${wasUndeliverable} then 0 else attempts end`,
      failingSince: sql<Date | null>`case when ${wasUndeliverable} then null else failing_since end`,
    })
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}
