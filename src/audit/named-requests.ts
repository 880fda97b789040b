import type { Connection } from '../database/connection.ts';
import { requestsNaming } from '../database/record-rows.ts';

/**
 * Numbers of the newest requests about something of this name: what was named, what was deleted, a workspace. They say
 * nothing about who may read them. Throws the database's error.
 */
export function requestsCalled(
  db: Connection,
  tenantId: string,
  name: string,
  limit: number,
): Promise<readonly number[]> {
  return requestsNaming(db, tenantId, name, limit);
}
