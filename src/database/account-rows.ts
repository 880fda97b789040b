import type { Account } from '../domain/people.ts';
import { finalStates } from '../domain/request.ts';
import type { Connection } from './connection.ts';

/** The accounts with an unfinished request, an active schedule or a part in a deputyship, each once, in the order of their ids. */
export async function accountsWithWork(db: Connection, limit: number): Promise<readonly Account[]> {
  return db
    .selectFrom('requests')
    .select(['tenantId', 'requesterObjectId as objectId'])
    .where('state', 'not in', [...finalStates])
    .union(db.selectFrom('schedules').select(['tenantId', 'objectId']).where('state', '=', 'active'))
    .union(namedIn(db, 'awayId'))
    .union(namedIn(db, 'deputyId'))
    .orderBy('objectId')
    .limit(limit)
    .execute();
}

function namedIn(db: Connection, part: 'awayId' | 'deputyId') {
  const named = db.selectFrom('deputyships').where('outcome', '=', 'named').where('endedBecause', 'is', null);
  return named.select(['tenantId', `${part} as objectId`]);
}
