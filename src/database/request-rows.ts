import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import { isPolled } from '../domain/actions.ts';
import type { Lane } from '../domain/fair-queue.ts';
import type { Account } from '../domain/people.ts';
import { finalStates, type RequestRecord, requestStates } from '../domain/request.ts';
import type { Connection } from './connection.ts';
import { requestByAction } from './request-by-action.ts';
import type { Tables } from './tables.ts';

type Row = Selectable<Tables['requests']>;
export type NewRequest = Insertable<Tables['requests']>;
export type RequestChange = Omit<Updateable<Tables['requests']>, 'number'>;

/** A locked request with the fencing token of the worker run that may write to it. */
export interface LockedRequest {
  readonly record: RequestRecord;
  readonly runToken: string | null;
  /** Transient failures since the last success. */
  readonly retries: number;
  readonly retryingSince: Date | null;
  /** Its lane and turn in the fair queue; null until it was confirmed. */
  readonly lane: 'small' | 'large' | null;
  readonly turn: number | null;
  /** The most progress of any run, in assets and bytes together. */
  readonly furthest: number;
  /** Attempts since the last progress that ended for an unknown reason, and since when. */
  readonly faults: number;
  readonly faultsSince: Date | null;
}

const unfinished = requestStates.filter((state) => !finalStates.has(state));

/** Stores a new request; null when the same message was stored before (a redelivery). */
export async function insertRequest(db: Connection, row: NewRequest): Promise<RequestRecord | null> {
  const inserted = await db
    .insertInto('requests')
    .values(row)
    .onConflict((conflict) => conflict.columns(['origin_conversation_id', 'origin_activity_id']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return inserted ? toRecord(inserted) : null;
}

/** The current request, or null. */
export async function readRequest(db: Connection, number: number): Promise<RequestRecord | null> {
  const row = await db.selectFrom('requests').selectAll().where('number', '=', number).executeTakeFirst();
  return row ? toRecord(row) : null;
}

/** The request, locked until the transaction ends so that no other one changes it meanwhile; null when unknown. */
export async function lockRequest(trx: Connection, number: number): Promise<LockedRequest | null> {
  const row = await trx.selectFrom('requests').selectAll().where('number', '=', number).forUpdate().executeTakeFirst();
  if (!row) return null;
  return {
    record: toRecord(row),
    runToken: row.run_token,
    retries: row.retries,
    retryingSince: row.retrying_since,
    lane: row.lane,
    turn: row.turn,
    furthest: row.furthest,
    faults: row.faults,
    faultsSince: row.faults_since,
  };
}

/** The newest turn of a person's runs in a lane; null when they have none. */
export async function newestTurnOf(trx: Connection, lane: Lane, of: Account): Promise<number | null> {
  const row = await trx
    .selectFrom('requests')
    .select('turn')
    .where('lane', '=', lane)
    .where('turn', 'is not', null)
    .where('tenant_id', '=', of.tenantId)
    .where('requester_object_id', '=', of.objectId)
    .orderBy('turn', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.turn ?? null;
}

/** How many of the newest runs are read: more than workers ever begin before an older one of the same person. */
const newestRunsRead = 100;

/**
 * The newest turn that has begun in a lane; null when none has. Workers that fetch jobs at the same moment can begin a
 * person's third run before their first. Such a run counts only as the turn before that person's oldest waiting run;
 * otherwise a new person would be queued behind the waiting one.
 */
export async function newestTurnBegun(trx: Connection, lane: Lane): Promise<number | null> {
  const begun = await trx
    .selectFrom('requests as run')
    .select('run.turn')
    .select(({ selectFrom }) =>
      selectFrom('requests as waiting')
        .select(({ fn }) => fn.min('waiting.turn').as('turn'))
        .where('waiting.lane', '=', lane)
        .where('waiting.state', '=', 'scheduled')
        .where('waiting.started_at', 'is', null)
        .whereRef('waiting.tenant_id', '=', 'run.tenant_id')
        .whereRef('waiting.requester_object_id', '=', 'run.requester_object_id')
        .whereRef('waiting.turn', '<', 'run.turn')
        .as('overtaken'),
    )
    .where('run.lane', '=', lane)
    .where('run.turn', 'is not', null)
    .where('run.started_at', 'is not', null)
    .orderBy('run.turn', 'desc')
    .limit(newestRunsRead)
    .execute();
  const turns = begun.map(({ turn, overtaken }) => (overtaken === null ? (turn ?? 0) : overtaken - 1));
  return turns.length === 0 ? null : Math.max(...turns);
}

/** How many unfinished runs of the same lane, turn and workspace come before a request. */
export async function countRunsAhead(
  trx: Connection,
  { number, workspace }: RequestRecord,
  { lane, turn }: { readonly lane: 'small' | 'large'; readonly turn: number },
): Promise<number> {
  if (workspace === null) return 0;
  const row = await trx
    .selectFrom('requests')
    .select(({ fn }) => fn.countAll<number>().as('ahead'))
    .where('lane', '=', lane)
    .where('turn', '=', turn)
    .where('number', '<', number)
    .where('state', 'in', ['scheduled', 'running'])
    .where(sql<string>`workspace ->> 'id'`, '=', workspace.id)
    .executeTakeFirst();
  return Number(row?.ahead ?? 0);
}

/** Advisory lock per person: one transaction at a time counts or adds a person's requests. */
export async function lockOpenRequests(trx: Connection, { tenantId, objectId }: Account): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`open requests of ${tenantId}/${objectId}`}, 0))`.execute(
    trx,
  );
}

/** Numbers of a person's unfinished requests, oldest first. */
export async function openRequestNumbers(trx: Connection, person: Account, limit: number): Promise<number[]> {
  const rows = await trx
    .selectFrom('requests')
    .select('number')
    .where('tenant_id', '=', person.tenantId)
    .where('requester_object_id', '=', person.objectId)
    .where('state', 'in', unfinished)
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map(({ number }) => number);
}

/** How many other requests of the same person are being prepared. */
export async function countPreparing(trx: Connection, { number, requester }: RequestRecord): Promise<number> {
  const row = await trx
    .selectFrom('requests')
    .select(({ fn }) => fn.countAll<number>().as('preparing'))
    .where('tenant_id', '=', requester.tenantId)
    .where('requester_object_id', '=', requester.objectId)
    .where('state', '=', 'preparing')
    .where('number', '!=', number)
    .executeTakeFirst();
  return Number(row?.preparing ?? 0);
}

/** The facts that decide whether a run may continue; null when there is no such request. Takes no lock. */
export async function readRequestFacts(
  db: Connection,
  number: number,
): Promise<(Pick<LockedRequest, 'runToken'> & Pick<RequestRecord, 'state' | 'stopRequested'>) | null> {
  const row = await db
    .selectFrom('requests')
    .select(['state', 'run_token', 'stop_requested'])
    .where('number', '=', number)
    .executeTakeFirst();
  return row ? { state: row.state, runToken: row.run_token, stopRequested: row.stop_requested } : null;
}

/** Transient failures of a request since its last success. */
export async function readRetries(db: Connection, number: number): Promise<number> {
  const row = await db.selectFrom('requests').select('retries').where('number', '=', number).executeTakeFirst();
  return row?.retries ?? 0;
}

/** Writes the named columns of one request. */
export async function updateRequest(trx: Connection, number: number, change: RequestChange): Promise<void> {
  await trx.updateTable('requests').set(change).where('number', '=', number).execute();
}

/** The request that a message asked for, or null. */
export async function requestOfMessage(
  db: Connection,
  conversationId: string,
  activityId: string,
): Promise<RequestRecord | null> {
  const row = await db
    .selectFrom('requests')
    .selectAll()
    .where('origin_conversation_id', '=', conversationId)
    .where('origin_activity_id', '=', activityId)
    .executeTakeFirst();
  return row ? toRecord(row) : null;
}

/** The newest request that a message asked for, in its first version or an edited one. */
export async function requestOfAnyWording(
  db: Connection,
  conversationId: string,
  activityId: string,
): Promise<RequestRecord | null> {
  const row = await db
    .selectFrom('requests')
    .selectAll()
    .where('origin_conversation_id', '=', conversationId)
    .where((where) =>
      where.or([
        where('origin_activity_id', '=', activityId),
        sql<boolean>`starts_with(origin_activity_id, ${`${activityId};edit=`})`,
      ]),
    )
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toRecord(row) : null;
}

/** The newest retry of what failed in another request, or null. */
export async function newestRetry(db: Connection, number: number): Promise<RequestRecord | null> {
  const row = await db
    .selectFrom('requests')
    .selectAll()
    .where(sql<boolean>`ask -> 'retry' is not null`)
    .where(sql<string>`ask -> 'retry' ->> 'of'`, '=', String(number))
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toRecord(row) : null;
}

/** A person's newest requests, newest first. */
export async function requestsOf(
  db: Connection,
  person: Account,
  limit: number,
  only: 'all' | 'unfinished' = 'all',
): Promise<RequestRecord[]> {
  let query = db
    .selectFrom('requests')
    .selectAll()
    .where('tenant_id', '=', person.tenantId)
    .where('requester_object_id', '=', person.objectId);
  if (only === 'unfinished') query = query.where('state', 'in', unfinished);
  const rows = await query.orderBy('number', 'desc').limit(limit).execute();
  return rows.map(toRecord);
}

/** Requests of a tenant that wait for an approver, oldest first. */
export async function requestsAwaitingApproval(
  db: Connection,
  tenantId: string,
  limit: number,
): Promise<RequestRecord[]> {
  const rows = await db
    .selectFrom('requests')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'awaiting-approval')
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map(toRecord);
}

/** All requests that need a worker. */
export async function requestsUnderWay(db: Connection): Promise<{ number: number; state: RequestRecord['state'] }[]> {
  return db
    .selectFrom('requests')
    .select(['number', 'state'])
    .where('state', 'in', ['preparing', 'scheduled', 'running'])
    .orderBy('number')
    .execute();
}

/** Numbers of the running requests in a phase in which they are polled and no worker runs. */
export async function requestsToPoll(db: Connection): Promise<number[]> {
  const rows = await db
    .selectFrom('requests')
    .select(['number', 'action', 'state', 'phase'])
    .where('state', '=', 'running')
    .where('phase', 'is not', null)
    .orderBy('number')
    .execute();
  return rows.filter(isPolled).map(({ number }) => number);
}

function toRecord(row: Row): RequestRecord {
  return {
    ...requestByAction(row),
    number: row.number,
    requester: {
      tenantId: row.tenant_id,
      objectId: row.requester_object_id,
      name: row.requester_name,
      userPrincipalName: row.requester_user_principal_name,
      mail: row.requester_mail,
      role: row.requester_role,
      addresses: row.requester_addresses,
    },
    originConversationId: row.origin_conversation_id,
    state: row.state,
    version: row.version,
    needsApproval: row.needs_approval,
    stopRequested: row.stop_requested,
    totals: row.totals ?? [],
    choice: row.choice,
    changes: row.changes,
    refusal: row.refusal,
    personalData: row.personal_data,
    decidedBy: row.decided_by_name,
    progress: {
      phase: row.phase,
      assetsDone: row.assets_done,
      assetsTotal: row.assets_total,
      bytesDone: row.bytes_done,
      bytesTotal: row.bytes_total,
    },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    expiresAt: row.expires_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    linkExpiresAt: row.link_expires_at,
    archiveRemovedAt: row.archive_removed_at,
    removeAfter: row.remove_after,
    verifiedAt: row.verified_at,
  };
}
