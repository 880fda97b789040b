import type { Vote } from '../domain/votes.ts';
import type { Connection } from './connection.ts';

/** Stores a vote. The key has one row for an account and a version, so that nobody votes twice. */
export async function insertVote(trx: Connection, requestNumber: number, version: number, vote: Vote): Promise<void> {
  const { tenantId, objectId, name, userPrincipalName, mail, comment, at } = vote;
  const row = {
    requestNumber,
    version,
    tenantId,
    objectId,
    name,
    userPrincipalName,
    mail,
    vote: vote.vote,
    comment,
    at,
  };
  await trx.insertInto('votes').values(row).execute();
}

/** The votes on one version of a request, oldest first. */
export async function readVotes(db: Connection, requestNumber: number, version: number): Promise<Vote[]> {
  return db
    .selectFrom('votes')
    .select(['tenantId', 'objectId', 'name', 'userPrincipalName', 'mail', 'vote', 'comment', 'at'])
    .where('requestNumber', '=', requestNumber)
    .where('version', '=', version)
    .orderBy('at')
    .orderBy('objectId')
    .execute();
}

/** The votes on the newest version of a request that anybody voted on, oldest first. */
export async function readLatestVotes(db: Connection, requestNumber: number): Promise<Vote[]> {
  const newest = await db
    .selectFrom('votes')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('requestNumber', '=', requestNumber)
    .executeTakeFirst();
  const version = newest?.version ?? null;
  return version === null ? [] : readVotes(db, requestNumber, version);
}
