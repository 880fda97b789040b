import { sql } from 'kysely';
import { type JsonObject, withoutPerson } from '../domain/audit-chain.ts';
import type { Account } from '../domain/people.ts';
import { lockChain, pseudonymFor, rowConcernsDeletion } from './audit-entries.ts';
import type { Connection } from './connection.ts';
import { storedJson } from './storable.ts';

/**
 * Erases a person from the record, sealed rows and others, but not from rows about deletions: their pseudonym takes the
 * place of their object id, and whom it stands for is forgotten. `record` adds the audit row that says so, which has to
 * be there first. The chain stays as it is. Call it in a transaction.
 */
export async function eraseFromAudit(
  trx: Connection,
  { tenantId, objectId }: Account,
  record: (pseudonym: string) => Promise<void>,
): Promise<void> {
  // No row of the person gets an entry between the search and the end of the transaction.
  await lockChain(trx);
  const pseudonym = await pseudonymFor(trx, { tenantId, objectId, forDeletions: false });
  await record(pseudonym);
  const rows = await trx
    .selectFrom('audit')
    .leftJoin('auditEntries as e', 'e.entry', 'audit.entry')
    .leftJoin('requests', 'requests.number', 'audit.requestNumber')
    .select(['audit.sequence', 'audit.actor', 'audit.detail', 'audit.entry', 'requests.action'])
    .where('audit.tenantId', '=', tenantId)
    .where((where) =>
      where.or([
        where('audit.actor', '=', objectId),
        sql<boolean>`strpos(audit.detail::text, ${JSON.stringify(objectId)}) > 0`,
      ]),
    )
    .where((where) =>
      where.or([
        where('audit.entry', 'is', null),
        sql<boolean>`strpos(e.body::text, ${JSON.stringify(pseudonym)}) > 0`,
      ]),
    )
    .execute();
  for (const { sequence, actor, detail, entry, action } of rows) {
    if (entry === null && rowConcernsDeletion(action)) continue;
    await trx
      .updateTable('audit')
      .set({
        actor: actor === objectId ? pseudonym : actor,
        detail: storedJson(withoutPerson(detail as JsonObject, objectId, pseudonym)),
      })
      .where('sequence', '=', sequence)
      .execute();
  }
  await trx.deleteFrom('auditPeople').where('pseudonym', '=', pseudonym).execute();
}
