import { sql } from 'kysely';
import { finalStates } from '../domain/request.ts';
import type { Connection } from './connection.ts';
import { type HeldRecords, isIn } from './held-requests.ts';
import type { Tables } from './tables.ts';

/** Cut-off moments: rows from before them are old. */
export interface RetentionLimits {
  readonly requests: Date;
  readonly names: Date;
  readonly audit: Date;
  readonly people: Date;
  readonly hosts: Date;
  /** What legal holds keep, whatever its age. */
  readonly held: HeldRecords;
}

/**
 * Retention rule of each table: when its rows are deleted. A table without an entry here does not compile, and a table
 * of the database without one fails a test, so that every new kind of row gets a rule.
 */
export const retentionRules: Readonly<Record<keyof Tables, string>> = {
  requests: 'some time after the request has ended, once its archive is removed and it has no open retry',
  requestAssets: 'earlier than the request, when its names are erased; those of a preview that is not current at once',
  requestHistory: 'with its request; the names in it earlier',
  archiveParts: 'when the names of its request are erased, once the archive is removed',
  cards: 'with its request',
  directoryExports: 'with its request; the person’s name earlier',
  directoryFiles: 'when the names of its request are erased, once the files are removed',
  audit: 'after a longer time; the names in it when those of its request are erased',
  auditEntries: 'never: the chain names nobody',
  auditPeople: 'when the person is erased; for deletions, with their last audit row',
  people: 'when somebody has not been seen for long and has no open request, no schedule and no part in a deputyship',
  conversations: 'when they have not been used for long and no open request or known person needs them',
  conversationStates: 'an hour after the last turn',
  supersededCards: 'when its buttons are removed, and with its request',
  readMessages: 'a month after the message or its last edit',
  told: 'with its request',
  unclearMessages: 'after as many days as the settings say; without that setting none are kept',
  schedules: 'as early as the names of a request, once it has ended or was never confirmed',
  votes: 'with its request; the names in it earlier',
  sweeps: 'never: one row for each kind of sweep, with its continuation marker',
  sends: 'after an hour, when no rate limit needs them',
  hostLimits: 'when a host has not been called for long',
  addressLinks: 'never: without it a later owner of an address would inherit the rights of the account before',
  formerAddressLinks: 'never: two accounts that had the same address linked stay one person',
  addressChanges: 'as early as the names of a request',
  legalHolds:
    'as long as audit rows, once it is lifted or has ended; a preview that was not confirmed as early as the names of a request',
  holdLifts: 'with its hold',
  deputyships: 'as early as the names of a request, once it is over',
  addressCodes: 'two days after it was sent, when no rate limit needs it',
};

const ended = sql.join([...finalStates].map((state) => sql.lit(state)));

/** An ended request without an open retry, whose archive or files, if it had any, are removed. */
const isReleased = sql<boolean>`r.state in (${ended})
  and (r.archive_removed_at is not null or not exists (select from archive_parts p where p.request_number = r.number))
  and (r.archive_removed_at is not null
    or not exists (select from directory_exports d where d.request_number = r.number and d.asked_at is not null))
  and not exists (select from requests again where again.ask -> 'retry' is not null
    and again.ask -> 'retry' ->> 'of' = r.number::text and again.state not in (${ended}))`;

/**
 * Removes up to `limit` rows of snapshots that are not current for any request: of refused, failed, lost or replaced
 * previews.
 */
export async function removeOrphanedAssets(db: Connection, limit: number): Promise<number> {
  // A loose index scan: one look-up in the key for each snapshot, however many rows it has.
  const { rows } = await sql<{ requestNumber: number; snapshot: string }>`
    with recursive found as (
      (select request_number, snapshot from request_assets order by request_number, snapshot limit 1)
      union all
      select next.request_number, next.snapshot from found, lateral (
        select a.request_number, a.snapshot from request_assets a
        where (a.request_number, a.snapshot) > (found.request_number, found.snapshot)
        order by a.request_number, a.snapshot limit 1) next
    )
    select found.request_number, found.snapshot from found
    join requests r on r.number = found.request_number
    where r.state <> 'preparing' and r.snapshot is distinct from found.snapshot
    limit 1`.execute(db);
  const [orphan] = rows;
  if (orphan === undefined) return 0;
  const { requestNumber: number, snapshot } = orphan;
  return affected(
    sql`delete from request_assets where request_number = ${number} and snapshot = ${snapshot}
    and position in (select position from request_assets
      where request_number = ${number} and snapshot = ${snapshot} order by position limit ${limit})`.execute(db),
  );
}

/** Numbers of requests that are due to be anonymised, oldest first. */
export async function requestsToAnonymise(
  db: Connection,
  { names, held }: RetentionLimits,
  limit: number,
): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`select r.number from requests r
    where r.finished_at < ${names} and r.names_removed_at is null and ${isReleased}
      and not ${isIn(sql`r.number`, held.requests)}
    order by r.finished_at limit ${limit}`.execute(db);
  return rows.map(({ number }) => number);
}

/** Removes up to `limit` of a request's asset rows, of any snapshot. */
export function removeAssets(db: Connection, number: number, limit: number): Promise<number> {
  return affected(
    sql`delete from request_assets where request_number = ${number}
    and (snapshot, position) in (select snapshot, position from request_assets
      where request_number = ${number} order by snapshot, position limit ${limit})`.execute(db),
  );
}

/** The tenant of a request that has names in its audit rows; null when it has none. */
export async function tenantWithAuditNames(db: Connection, number: number): Promise<string | null> {
  const { rows } = await sql<{ tenantId: string }>`select tenant_id from audit
    where request_number = ${number} and detail ? 'name' limit 1`.execute(db);
  return rows[0]?.tenantId ?? null;
}

/**
 * Erases the names in up to `limit` of a request's audit rows; the ids stay. Where rows are sealed, an audit row has to
 * record it before.
 */
export function eraseAuditNames(db: Connection, number: number, limit: number): Promise<number> {
  return affected(
    sql`update audit set detail = detail - 'name', salts = salts - '/detail/name' where sequence in (
    select sequence from audit where request_number = ${number} and detail ? 'name'
    order by sequence limit ${limit})`.execute(db),
  );
}

/**
 * Erases every remaining name in a request and the rows that belong to it, in the transaction that locks the request.
 */
export async function eraseNames(trx: Connection, number: number, summary: object, at: Date): Promise<void> {
  await sql`delete from archive_parts where request_number = ${number}`.execute(trx);
  await sql`delete from directory_files where request_number = ${number}`.execute(trx);
  await sql`update directory_exports set person_name = '', person_address = '' where request_number = ${number}`.execute(
    trx,
  );
  await sql`update request_history set actor = '' where request_number = ${number} and actor <> 'system'`.execute(trx);
  await sql`update requests set
      ask = case when ask ? 'person' then jsonb_set(ask, '{person}', '{"said": "somebody"}') else ask end
        - 'picked' - 'selection' || '{"mentions": []}',
      choice = null, changes = null, refusal = ${JSON.stringify(summary)}::jsonb, workspace = workspace - 'removal',
      subject = null, snapshot = null, requester_reason = null, names_removed_at = ${at}
    where number = ${number}`.execute(trx);
  await sql`update votes set name = '', user_principal_name = null, mail = null, comment = null
    where request_number = ${number}`.execute(trx);
}

/** Removes up to `limit` old requests with everything that belongs to them, in one transaction. */
export async function removeRequests(
  trx: Connection,
  { requests, held }: RetentionLimits,
  limit: number,
): Promise<number> {
  const { rows } = await sql<{ number: number }>`select r.number from requests r
    where r.finished_at < ${requests} and r.names_removed_at is not null and ${isReleased}
      and not ${isIn(sql`r.number`, held.requests)}
    order by r.finished_at limit ${limit} for update skip locked`.execute(trx);
  if (rows.length === 0) return 0;
  const numbers = sql.join(rows.map(({ number }) => number));
  for (const table of ['requestHistory', 'cards', 'archiveParts', 'directoryFiles', 'directoryExports']) {
    await sql`delete from ${sql.table(table)} where request_number in (${numbers})`.execute(trx);
  }
  return affected(sql`delete from requests where number in (${numbers})`.execute(trx));
}

const isOldAudit = ({ audit, held: { requests, people, workspaces } }: RetentionLimits) =>
  sql<boolean>`a.at < ${audit} and (r.number is null or r.state in (${ended}))
    and not coalesce(${isIn(sql`a.request_number`, requests)} or ${isIn(sql`a.workspace_id`, workspaces)}
      or ${isIn(sql`a.actor`, people)}, false)
    and ${sql.join([sql`true`, ...people.map((id) => sql`strpos(a.detail::text, ${id}) = 0`)], sql` and `)}`;

/** The tenant of an old audit row; null when there is none to remove. */
export async function tenantWithOldAudit(db: Connection, limits: RetentionLimits): Promise<string | null> {
  const { rows } = await sql<{ tenantId: string }>`select a.tenant_id from audit a
    left join requests r on r.number = a.request_number where ${isOldAudit(limits)} limit 1`.execute(db);
  return rows[0]?.tenantId ?? null;
}

/**
 * Removes up to `limit` old audit rows; those of open requests stay. Where rows are sealed, an audit row has to record it
 * before; the entries of the chain stay.
 */
export function removeAudit(db: Connection, limits: RetentionLimits, limit: number): Promise<number> {
  return affected(
    sql`delete from audit where sequence in (
    select a.sequence from audit a left join requests r on r.number = a.request_number
    where ${isOldAudit(limits)} order by a.at limit ${limit})`.execute(db),
  );
}

/** Forgets whom the pseudonyms in rows about deletions stand for, where no audit row of the person is left. */
export function removePseudonyms(db: Connection): Promise<number> {
  return affected(
    sql`delete from audit_people p where for_deletions and not exists (
    select from audit a where a.tenant_id = p.tenant_id and a.actor = p.object_id)`.execute(db),
  );
}

/** Removes up to `limit` people who have not been seen for long and whom no open request, schedule or deputyship needs. */
export function removePeople(db: Connection, { people, held }: RetentionLimits, limit: number): Promise<number> {
  return affected(
    sql`delete from people where (tenant_id, object_id) in (
    select p.tenant_id, p.object_id from people p where p.seen_at < ${people}
    and not ${isIn(sql`p.object_id`, held.people)}
    and not exists (select from requests r where r.tenant_id = p.tenant_id and r.requester_object_id = p.object_id
      and r.state not in (${ended}))
    and not exists (select from schedules s where s.tenant_id = p.tenant_id and s.object_id = p.object_id
      and s.state = 'active')
    and not exists (select from deputyships d where d.tenant_id = p.tenant_id and d.outcome = 'named'
      and d.ended_because is null and p.object_id in (d.away_id, d.deputy_id))
    order by p.seen_at limit ${limit})`.execute(db),
  );
}

/**
 * Removes up to `limit` conversations that have not been used for long and that no open request, its cards, a schedule or
 * a known person needs; never `kept`.
 */
export function removeConversations(
  db: Connection,
  { people }: RetentionLimits,
  kept: readonly string[],
  limit: number,
): Promise<number> {
  return affected(
    sql`delete from conversations where id in (
    select c.id from conversations c where c.updated_at < ${people} and c.id not in (${sql.join(['', ...kept])})
    and not exists (select from people p where p.personal_conversation_id = c.id)
    and not exists (select from requests r where r.origin_conversation_id = c.id and r.state not in (${ended}))
    and not exists (select from cards k join requests r on r.number = k.request_number
      where k.conversation_id = c.id and r.state not in (${ended}))
    and not exists (select from schedules s where s.conversation_id = c.id and s.state = 'active')
    order by c.updated_at limit ${limit})`.execute(db),
  );
}

/** Removes the shared limits of up to `limit` hosts that have not been called for long. */
export function removeHosts(db: Connection, { hosts }: RetentionLimits, limit: number): Promise<number> {
  return affected(
    sql`delete from host_limits where host in (
    select host from host_limits where updated_at < ${hosts} order by host limit ${limit})`.execute(db),
  );
}

async function affected(done: Promise<{ readonly numAffectedRows?: bigint }>): Promise<number> {
  return Number((await done).numAffectedRows ?? 0n);
}
