import { sql } from 'kysely';
import type { RecordRow, WrittenComment } from '../domain/record-events.ts';
import type { Connection } from './connection.ts';

/** Rows about assets that say the same are one; every other row stands alone. */
const grouped = sql`case when action like 'asset.delete.%' then action else sequence::text end`;

/** A page of the record of a request, oldest first, and how many rows all pages have. */
export async function readRecord(
  db: Connection,
  tenantId: string,
  requestNumber: number,
  from: number,
  limit: number,
): Promise<{ readonly rows: readonly RecordRow[]; readonly total: number }> {
  const { rows } = await sql<RecordRow & { total: number }>`
    select action, min(at) as at, max(at) as last_at, count(*)::int as count,
      (array_agg(actor order by sequence))[1] as actor,
      (array_agg(detail order by sequence))[1] as detail,
      (array_agg(policy_version order by sequence))[1] as policy_version,
      min(entry) as first_entry, max(entry) as last_entry, (count(*) filter (where entry is null))::int as unsealed,
      (count(*) over ())::int as total
    from audit
    where request_number = ${requestNumber} and tenant_id = ${tenantId}
    group by action, ${grouped}
    order by min(sequence)
    limit ${limit} offset ${from}`.execute(db);
  return { rows, total: rows[0]?.total ?? 0 };
}

/** How much of the record of a request is sealed, and under which entries. */
export async function readSealing(
  db: Connection,
  requestNumber: number,
): Promise<{ readonly first: number | null; readonly last: number | null; readonly unsealed: number }> {
  return db
    .selectFrom('audit')
    .select(({ fn }) => [fn.min('entry').as('first'), fn.max('entry').as('last')])
    .select(sql<number>`(count(*) filter (where entry is null))::int`.as('unsealed'))
    .where('requestNumber', '=', requestNumber)
    .executeTakeFirstOrThrow();
}

/** A row by which somebody decided or acted, with its request. */
export interface ActedRow {
  readonly action: string;
  readonly actor: string;
  readonly at: Date;
  readonly requestNumber: number;
}

/** Days, ISO 8601: from `after` on, and before `before`, in UTC. */
export interface Days {
  readonly after?: string;
  readonly before?: string;
}

/** The newest rows with these actions in a range of days; of these people, or of everybody. */
export async function readActed(
  db: Connection,
  tenantId: string,
  actors: readonly string[] | null,
  actions: readonly string[],
  { after, before }: Days,
  limit: number,
): Promise<readonly ActedRow[]> {
  let query = db
    .selectFrom('audit')
    .select(['action', 'actor', 'at', 'requestNumber'])
    .where('tenantId', '=', tenantId)
    .where('action', 'in', [...actions])
    .where('requestNumber', 'is not', null);
  if (actors !== null) query = query.where('actor', 'in', [...actors]);
  if (after !== undefined) query = query.where('at', '>=', new Date(`${after}T00:00:00Z`));
  if (before !== undefined) query = query.where('at', '<', new Date(`${before}T00:00:00Z`));
  const rows = await query.orderBy('sequence', 'desc').limit(limit).execute();
  return rows.map(({ requestNumber, ...row }) => ({ ...row, requestNumber: requestNumber ?? 0 }));
}

/** The newest requests about something of this name, in any letter case: deleted assets, what was named, a workspace. */
export async function requestsNaming(
  db: Connection,
  tenantId: string,
  name: string,
  limit: number,
): Promise<readonly number[]> {
  const { rows } = await sql<{ number: number }>`
    select distinct number from (
      select request_number as number from audit
        where tenant_id = ${tenantId} and action like 'asset.delete.%' and lower(detail ->> 'name') = lower(${name})
          and request_number is not null
      union all
      select number from requests where tenant_id = ${tenantId} and (
        lower(workspace ->> 'name') = lower(${name})
        or exists (select from jsonb_array_elements(ask -> 'mentions') as m where lower(m ->> 'name') = lower(${name})))
    ) as found
    order by number desc limit ${limit}`.execute(db);
  return rows.map(({ number }) => number);
}

/** The names of these accounts, as last seen, by object id in lower case. */
export async function readNames(
  db: Connection,
  tenantId: string,
  objectIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (objectIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('people')
    .select(['objectId', 'name'])
    .where('tenantId', '=', tenantId)
    .where('objectId', 'in', [...new Set(objectIds)])
    .execute();
  return new Map(rows.map(({ objectId, name }) => [objectId.toLowerCase(), name]));
}

/** Accounts known to the bot with this name, a word that it begins with, or this address, in any letter case. */
export async function accountsCalled(
  db: Connection,
  tenantId: string,
  said: string,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ objectId: string }>`
    select object_id from people where tenant_id = ${tenantId} and (
      lower(name) = lower(${said}) or starts_with(lower(name), lower(${said}) || ' ')
      or lower(user_principal_name) = lower(${said}) or lower(mail) = lower(${said}))
    order by object_id limit ${limit}`.execute(db);
  return rows.map(({ objectId }) => objectId);
}

/** All votes on a request, of every version. */
export function readAllVotes(
  db: Connection,
  requestNumber: number,
): Promise<readonly (WrittenComment & { readonly name: string })[]> {
  return db
    .selectFrom('votes')
    .select(['objectId', 'name', 'at', 'comment'])
    .where('requestNumber', '=', requestNumber)
    .execute();
}

/** Those who have a card of a request in their own chat, and whether they were only told of it. */
export async function recipientsOf(
  db: Connection,
  requestNumber: number,
): Promise<readonly { readonly objectId: string; readonly isTold: boolean }[]> {
  const rows = await db
    .selectFrom('cards')
    .select(['recipient', 'toldAs'])
    .where('requestNumber', '=', requestNumber)
    .where('audience', '=', 'approvers')
    .execute();
  return rows.map(({ recipient, toldAs }) => ({ objectId: recipient, isTold: toldAs !== null }));
}
