import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import { isPolled } from '../domain/actions.ts';
import type { Lane } from '../domain/fair-queue.ts';
import type { Account } from '../domain/people.ts';
import { finalStates, type RequestRecord, requestStates } from '../domain/request.ts';
import type { Vote } from '../domain/votes.ts';
import type { Connection } from './connection.ts';
import { requestByAction } from './request-by-action.ts';
import type { Tables } from './tables.ts';
import { readLatestVotes } from './vote-rows.ts';

type Row = Selectable<Tables['requests']>;
export type NewRequest = Insertable<Tables['requests']>;
export type RequestChange = Omit<Updateable<Tables['requests']>, 'number'>;

/** A locked request with the fencing token of the worker run that may write to it. */
export interface LockedRequest extends Readonly<Pick<Row, RunColumn>> {
  readonly record: RequestRecord;
}

type RunColumn = 'runToken' | 'retries' | 'retryingSince' | 'lane' | 'turn' | 'furthest' | 'faults' | 'faultsSince';

const unfinished = requestStates.filter((state) => !finalStates.has(state));

/** Stores a new request; null when the same message was stored before (a redelivery). */
export async function insertRequest(db: Connection, row: NewRequest): Promise<RequestRecord | null> {
  const inserted = await db
    .insertInto('requests')
    .values(row)
    .onConflict((conflict) => conflict.columns(['originConversationId', 'originActivityId']).doNothing())
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
  const { runToken, retries, retryingSince, lane, turn, furthest, faults, faultsSince } = row;
  return { record: toRecord(row), runToken, retries, retryingSince, lane, turn, furthest, faults, faultsSince };
}

/** The newest turn of a person's runs in a lane; null when they have none. */
export async function newestTurnOf(trx: Connection, lane: Lane, of: Account): Promise<number | null> {
  const row = await trx
    .selectFrom('requests')
    .select('turn')
    .where('lane', '=', lane)
    .where('turn', 'is not', null)
    .where('tenantId', '=', of.tenantId)
    .where('requesterObjectId', '=', of.objectId)
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
        .where('waiting.startedAt', 'is', null)
        .whereRef('waiting.tenantId', '=', 'run.tenantId')
        .whereRef('waiting.requesterObjectId', '=', 'run.requesterObjectId')
        .whereRef('waiting.turn', '<', 'run.turn')
        .as('overtaken'),
    )
    .where('run.lane', '=', lane)
    .where('run.turn', 'is not', null)
    .where('run.startedAt', 'is not', null)
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
    .where('tenantId', '=', person.tenantId)
    .where('requesterObjectId', '=', person.objectId)
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
    .where('tenantId', '=', requester.tenantId)
    .where('requesterObjectId', '=', requester.objectId)
    .where('state', '=', 'preparing')
    .where('number', '!=', number)
    .executeTakeFirst();
  return Number(row?.preparing ?? 0);
}

/** The facts that decide whether a run may continue; null when there is no such request. Takes no lock. */
export async function readRequestFacts(db: Connection, number: number): Promise<RequestFacts | null> {
  const row = await db
    .selectFrom('requests')
    .select(['state', 'runToken', 'stopRequested', 'approvalsNeeded'])
    .where('number', '=', number)
    .executeTakeFirst();
  return row === undefined ? null : { ...row, votes: await readLatestVotes(db, number) };
}

type RequestFacts = Pick<LockedRequest, 'runToken'> &
  Pick<RequestRecord, 'state' | 'stopRequested' | 'approvalsNeeded'> & { readonly votes: readonly Vote[] };

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
    .where('originConversationId', '=', conversationId)
    .where('originActivityId', '=', activityId)
    .executeTakeFirst();
  return row ? toRecord(row) : null;
}

/**
 * The requests that a message asked for, newest first, in its first version or an edited one. A message about several
 * workspaces makes one request each, whose ids are the message's with a suffix.
 */
export async function requestsOfAnyWording(
  db: Connection,
  conversationId: string,
  activityId: string,
): Promise<RequestRecord[]> {
  const rows = await db
    .selectFrom('requests')
    .selectAll()
    .where('originConversationId', '=', conversationId)
    .where((where) =>
      where.or([
        where('originActivityId', '=', activityId),
        sql<boolean>`starts_with(origin_activity_id, ${`${activityId};`})`,
      ]),
    )
    .orderBy('number', 'desc')
    .limit(mostOfOneMessage)
    .execute();
  return rows.map(toRecord);
}

/** More than a message can ask for, in all its versions that are still linked to it. */
const mostOfOneMessage = 100;

/** The id under which a message is the origin of a request; null when it was withdrawn. */
export async function originActivityOf(db: Connection, number: number): Promise<string | null> {
  const row = await db
    .selectFrom('requests')
    .select('originActivityId')
    .where('number', '=', number)
    .executeTakeFirst();
  return row?.originActivityId ?? null;
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
  only: 'all' | 'unfinished' | 'with-archive' = 'all',
): Promise<RequestRecord[]> {
  let query = db
    .selectFrom('requests')
    .selectAll()
    .where('tenantId', '=', person.tenantId)
    .where('requesterObjectId', '=', person.objectId);
  if (only === 'unfinished') query = query.where('state', 'in', unfinished);
  if (only === 'with-archive') {
    query = query.where('linkExpiresAt', 'is not', null).where('archiveRemovedAt', 'is', null);
  }
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
    .where('tenantId', '=', tenantId)
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

/** Requests that have cooled off by this moment and have not started. */
export async function requestsCooledOff(db: Connection, by: Date): Promise<{ number: number; version: number }[]> {
  return db
    .selectFrom('requests')
    .select(['number', 'version'])
    .where('state', '=', 'cooling-off')
    .where('startsAt', '<', by)
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

/** Columns that a record names alike come as they are, the others in its form. */
function toRecord(row: Row): RequestRecord {
  const { phase, assetsDone, assetsTotal, bytesDone, bytesTotal } = row;
  return {
    ...row,
    ...requestByAction(row),
    requester: {
      tenantId: row.tenantId,
      objectId: row.requesterObjectId,
      name: row.requesterName,
      userPrincipalName: row.requesterUserPrincipalName,
      mail: row.requesterMail,
      role: row.requesterRole,
      addresses: row.requesterAddresses,
    },
    totals: row.totals ?? [],
    decidedBy: row.decidedByName,
    progress: { phase, assetsDone, assetsTotal, bytesDone, bytesTotal },
  };
}
