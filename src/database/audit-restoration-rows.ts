import { sql } from 'kysely';
import { type Restoration, restorationIn } from '../domain/audit-restorations.ts';
import type { Connection } from './connection.ts';

/** The restorations that sealed rows of the chain record, the oldest first. */
export async function readRestorations(db: Connection): Promise<readonly Restoration[]> {
  const rows = await db
    .selectFrom('auditEntries')
    .select('body')
    .where(sql<string>`body ->> 'action'`, '=', sql.lit('record.restored'))
    .orderBy('entry')
    .execute();
  return rows.map(({ body }) => restorationIn(body)).filter((found) => found !== null);
}
