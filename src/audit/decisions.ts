import type { Connection } from '../database/connection.ts';
import { type ActedRow, accountsCalled, type Days, readActed, readNames } from '../database/record-rows.ts';
import type { Person } from '../domain/people.ts';

/** A row of the record about a person, with their name where it is kept. */
export interface ActedEvent extends ActedRow {
  readonly name: string | null;
}

/** Rows by which somebody decides about what others asked for. */
export const decisionActions = ['request.approved', 'request.disapproved'] as const;

/** Rows by which somebody has something done. */
export const actingActions = ['request.asked', 'request.confirmed', 'request.cancelled'] as const;

/** Accounts that one name may stand for. */
const mostAccounts = 20;

/** Object ids of those whom somebody names: `me`, an address, a name or its first word. Nobody for an unknown one. */
export async function peopleCalled(db: Connection, asker: Person, said: string): Promise<readonly string[]> {
  if (said === 'me') return [asker.objectId];
  return accountsCalled(db, asker.tenantId, said, mostAccounts);
}

/** What these people did, or everybody, in a range of days, newest first. Throws the database's error. */
export async function actedEvents(
  db: Connection,
  tenantId: string,
  people: readonly string[] | null,
  actions: readonly string[],
  days: Days,
  limit: number,
): Promise<readonly ActedEvent[]> {
  if (people?.length === 0) return [];
  const rows = await readActed(db, tenantId, people, actions, days, limit);
  const names = await readNames(
    db,
    tenantId,
    rows.map(({ actor }) => actor),
  );
  return rows.map((row) => ({ ...row, name: names.get(row.actor.toLowerCase()) ?? null }));
}
