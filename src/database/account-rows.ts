import type { Account } from '../domain/people.ts';
import { finalStates } from '../domain/request.ts';
import type { Connection } from './connection.ts';

/** The accounts with an unfinished request or an active schedule, each once, in the order of their ids. */
export async function accountsWithWork(db: Connection, limit: number): Promise<readonly Account[]> {
  return db
    .selectFrom('requests')
    .select(['tenantId', 'requesterObjectId as objectId'])
    .where('state', 'not in', [...finalStates])
    .union(db.selectFrom('schedules').select(['tenantId', 'objectId']).where('state', '=', 'active'))
    .orderBy('objectId')
    .limit(limit)
    .execute();
}
