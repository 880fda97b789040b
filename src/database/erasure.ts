import { sql } from 'kysely';
import type { Account } from '../domain/people.ts';
import { finalStates } from '../domain/request.ts';
import type { Connection } from './connection.ts';

const ended = sql.join([...finalStates].map((state) => sql.lit(state)));

/** Every name that is stored for a person. */
export async function namesOf(db: Connection, { tenantId, objectId }: Account): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from people where tenant_id = ${tenantId} and object_id = ${objectId} and name <> ''
    union select requester_name from requests
      where tenant_id = ${tenantId} and requester_object_id = ${objectId} and requester_name <> ''`.execute(db);
  return rows.map(({ name }) => name);
}

/**
 * Erases a person's name, addresses and words from all requests: their own and those that they approved or refused.
 * Returns how many of their own there are.
 */
export async function eraseFromRequests(
  trx: Connection,
  { tenantId, objectId }: Account,
  names: readonly string[],
): Promise<number> {
  const own = sql`tenant_id = ${tenantId} and requester_object_id = ${objectId}`;
  const actors = sql.join(names.length === 0 ? [''] : names);
  await sql`update request_history set actor = '' where actor in (${actors}) and request_number in (
    select number from requests where ${own})`.execute(trx);
  await sql`update request_history set actor = '' where idempotency_key like ${`%:${objectId}`}`.execute(trx);
  await sql`update requests set decided_by_name = 'somebody' where decided_by_name is not null and number in (
    select request_number from audit where tenant_id = ${tenantId}
      and action in ('request.approved', 'request.disapproved')
      and (actor = ${objectId} or detail -> 'deputyFor' @> ${JSON.stringify([{ objectId }])}::jsonb))`.execute(trx);
  await sql`update requests set refusal = jsonb_set(refusal, '{name}', '"Somebody"')
    where refusal ->> 'reason' = 'stopped-by-other' and number in (
      select request_number from audit where tenant_id = ${tenantId} and actor = ${objectId}
        and action = 'request.cancelled')`.execute(trx);
  await sql`update votes set name = '', user_principal_name = null, mail = null, comment = null
    where tenant_id = ${tenantId} and object_id = ${objectId}`.execute(trx);
  await sql`update requests set ask = jsonb_set(ask, '{person}', '{"said": "somebody"}'), subject = null
    where ask ? 'person' and state in (${ended}) and number in (
      select request_number from directory_exports where person_id = ${objectId})`.execute(trx);
  await sql`update directory_exports set person_name = '', person_address = '' where person_id = ${objectId}
    and request_number in (select number from requests where state in (${ended}))`.execute(trx);
  const changed = await sql`update requests set requester_name = '', requester_user_principal_name = null,
    requester_mail = null, requester_addresses = '[]', requester_reason = null where ${own}`.execute(trx);
  return Number(changed.numAffectedRows ?? 0n);
}

/** Deletes a person's row, conversation states, previews of links and personal chat with the bot. True when the person was known. */
export async function removePerson(trx: Connection, { tenantId, objectId }: Account): Promise<boolean> {
  const isPerson = sql`tenant_id = ${tenantId} and object_id = ${objectId}`;
  const chat = sql`select personal_conversation_id from people where ${isPerson}`;
  await sql`delete from conversation_states where ${isPerson}`.execute(trx);
  await sql`delete from address_codes where ${isPerson}`.execute(trx);
  await sql`delete from address_changes where ${isPerson}`.execute(trx);
  await sql`delete from sends where conversation_id in (${chat})`.execute(trx);
  await sql`delete from conversations where id in (${chat})`.execute(trx);
  const removed = await sql`delete from people where ${isPerson}`.execute(trx);
  return (removed.numAffectedRows ?? 0n) > 0n;
}

/** Ended requests that still have asset rows. */
export async function endedRequestsWithAssets(db: Connection): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`select number from requests r where state in (${ended})
    and exists (select from request_assets a where a.request_number = r.number) order by number`.execute(db);
  return rows.map(({ number }) => number);
}

/** Erases these names from the owners of a request's assets. */
export async function eraseOwner(db: Connection, number: number, names: readonly string[]): Promise<void> {
  await sql`update request_assets set owner = '' where request_number = ${number}
    and owner in (${sql.join([...names])})`.execute(db);
}
