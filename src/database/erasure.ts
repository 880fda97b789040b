import { sql } from 'kysely';
import type { Account } from '../domain/people.ts';
import { finalStates } from '../domain/request.ts';
import type { Connection } from './connection.ts';

const ended = sql.join([...finalStates].map((state) => sql.lit(state)));

/** Every name that somebody is written down with. */
export async function namesOf(db: Connection, { tenantId, objectId }: Account): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from people where tenant_id = ${tenantId} and object_id = ${objectId} and name <> ''
    union select requester_name from requests
      where tenant_id = ${tenantId} and requester_object_id = ${objectId} and requester_name <> ''`.execute(db);
  return rows.map(({ name }) => name);
}

/** Takes somebody's name and addresses out of all requests, theirs and those that they decided; gives how many. */
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
    select request_number from audit where tenant_id = ${tenantId} and actor = ${objectId}
      and action in ('request.approved', 'request.disapproved'))`.execute(trx);
  await sql`update requests set ask = jsonb_set(ask, '{person}', '{"said": "somebody"}'), subject = null
    where ask ? 'person' and state in (${ended}) and number in (
      select request_number from directory_exports where person_id = ${objectId})`.execute(trx);
  await sql`update directory_exports set person_name = '', person_address = '' where person_id = ${objectId}
    and request_number in (select number from requests where state in (${ended}))`.execute(trx);
  const changed = await sql`update requests set requester_name = '', requester_user_principal_name = null,
    requester_mail = null, requester_addresses = '[]' where ${own}`.execute(trx);
  return Number(changed.numAffectedRows ?? 0n);
}

/** Removes who somebody is, what they said last and their own chat with the bot. True when they were known. */
export async function removePerson(trx: Connection, { tenantId, objectId }: Account): Promise<boolean> {
  const themselves = sql`tenant_id = ${tenantId} and object_id = ${objectId}`;
  const chat = sql`select personal_conversation_id from people where ${themselves}`;
  await sql`delete from conversation_states where ${themselves}`.execute(trx);
  await sql`delete from sends where conversation_id in (${chat})`.execute(trx);
  await sql`delete from conversations where id in (${chat})`.execute(trx);
  const removed = await sql`delete from people where ${themselves}`.execute(trx);
  return (removed.numAffectedRows ?? 0n) > 0n;
}

/** Ended requests whose assets are still listed. */
export async function endedRequestsWithAssets(db: Connection): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`select number from requests r where state in (${ended})
    and exists (select from request_assets a where a.request_number = r.number) order by number`.execute(db);
  return rows.map(({ number }) => number);
}

/** Takes these names out of the owners of a request's assets. */
export async function eraseOwner(db: Connection, number: number, names: readonly string[]): Promise<void> {
  await sql`update request_assets set owner = '' where request_number = ${number}
    and owner in (${sql.join([...names])})`.execute(db);
}
