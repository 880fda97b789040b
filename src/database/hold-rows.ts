import { type Insertable, type Selectable, sql } from 'kysely';
import type { HoldActor, HoldLift, HoldTarget, LegalHold } from '../domain/legal-hold.ts';
import type { Account } from '../domain/people.ts';
import type { Connection } from './connection.ts';
import type { HoldTables } from './hold-tables.ts';
import { storedJson } from './storable.ts';

/** First key of the advisory lock on the holds of a tenant; the second one is the tenant. */
const lockClass = 29_001;

/**
 * Waits for whoever places or lifts a hold in the tenant, and keeps others from doing it until the transaction ends:
 * what is decided by the holds is decided before or after such a change, never beside it (shared lock).
 */
export async function shareHolds(trx: Connection, tenantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${lockClass}, hashtext(${tenantId}))`.execute(trx);
}

/** The exclusive right to change the holds of a tenant, until the transaction ends. */
export async function lockHolds(trx: Connection, tenantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockClass}, hashtext(${tenantId}))`.execute(trx);
}

/** Stores a hold for its preview. */
export async function insertHold(trx: Connection, row: Insertable<HoldTables['legalHolds']>): Promise<LegalHold> {
  return toHold(await trx.insertInto('legalHolds').values(row).returningAll().executeTakeFirstOrThrow());
}

/** A hold of a tenant; null when it is unknown there. `lock` holds it until the transaction ends. */
export async function readHold(
  db: Connection,
  tenantId: string,
  number: number,
  lock: 'lock' | 'no-lock' = 'no-lock',
): Promise<LegalHold | null> {
  const query = db.selectFrom('legalHolds').selectAll().where('number', '=', number).where('tenantId', '=', tenantId);
  const row = await (lock === 'lock' ? query.forUpdate() : query).executeTakeFirst();
  return row === undefined ? null : toHold(row);
}

/** A hold by its number, for jobs; null when it is unknown. */
export async function readHoldOfAnyTenant(db: Connection, number: number): Promise<LegalHold | null> {
  const row = await db.selectFrom('legalHolds').selectAll().where('number', '=', number).executeTakeFirst();
  return row === undefined ? null : toHold(row);
}

/** The holds of a tenant that were placed and neither lifted nor ended, also those that begin later, oldest first. */
export async function readPlacedHolds(db: Connection, tenantId: string): Promise<LegalHold[]> {
  const rows = await db
    .selectFrom('legalHolds')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('state', '=', 'placed')
    .orderBy('number')
    .execute();
  return rows.map(toHold);
}

/** Records that a hold was confirmed or declined. */
export async function endHoldPreview(
  trx: Connection,
  number: number,
  outcome:
    | { readonly state: 'placed'; readonly at: Date; readonly reviewAt: Date }
    | { readonly state: 'declined'; readonly at: Date },
): Promise<void> {
  const { state, at } = outcome;
  const change = state === 'placed' ? { placedAt: at, reviewAt: outcome.reviewAt } : { endedAt: at };
  await trx
    .updateTable('legalHolds')
    .set({ state, ...change })
    .where('number', '=', number)
    .execute();
}

/** Records that a hold was lifted. */
export async function recordLifted(
  trx: Connection,
  number: number,
  { by, at, reason }: NonNullable<LegalHold['lifted']>,
): Promise<void> {
  await trx
    .updateTable('legalHolds')
    .set({ state: 'lifted', liftedBy: by.objectId, liftedByName: by.name, liftReason: reason, endedAt: at })
    .where('number', '=', number)
    .execute();
}

/** Stores the preview of lifting a hold. */
export async function insertLift(trx: Connection, row: Insertable<HoldTables['holdLifts']>): Promise<HoldLift> {
  return toLift(await trx.insertInto('holdLifts').values(row).returningAll().executeTakeFirstOrThrow());
}

/** The preview of lifting a hold, locked until the transaction ends; null when it is unknown. */
export async function lockLift(trx: Connection, number: number): Promise<HoldLift | null> {
  const query = trx.selectFrom('holdLifts').selectAll().where('number', '=', number).forUpdate();
  const row = await query.executeTakeFirst();
  return row === undefined ? null : toLift(row);
}

/** Records how the preview of lifting a hold ended. */
export async function endLift(
  trx: Connection,
  number: number,
  outcome: NonNullable<HoldLift['outcome']>,
  at: Date,
): Promise<void> {
  await trx.updateTable('holdLifts').set({ outcome, endedAt: at }).where('number', '=', number).execute();
}

/** Placed holds whose end has come, or that are due for a review, oldest first. */
export async function holdsToFollow(db: Connection, now: Date, limit: number): Promise<LegalHold[]> {
  const rows = await db
    .selectFrom('legalHolds')
    .selectAll()
    .where('state', '=', 'placed')
    .where((where) => where.or([where('inForceUntil', '<=', now), where('reviewAt', '<=', now)]))
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map(toHold);
}

/** Records that the end of a hold has come, or when it is next to be reviewed. */
export async function recordFollowed(
  trx: Connection,
  number: number,
  change: { readonly endedAt: Date } | { readonly reviewAt: Date },
): Promise<void> {
  const columns = 'endedAt' in change ? { ...change, state: 'ended' as const } : change;
  await trx.updateTable('legalHolds').set(columns).where('number', '=', number).execute();
}

/**
 * Removes up to `limit` old holds: those that were lifted or ended with the audit rows of that time, previews that were not
 * confirmed with the names of requests.
 */
export async function removeOldHolds(
  db: Connection,
  { audit, names }: { readonly audit: Date; readonly names: Date },
  limit: number,
): Promise<number> {
  const removed = await sql`delete from legal_holds where number in (
    select number from legal_holds where (state in ('lifted', 'ended') and ended_at < ${audit})
      or (state in ('proposed', 'declined') and created_at < ${names})
    order by number limit ${limit})`.execute(db);
  return Number(removed.numAffectedRows ?? 0n);
}

/** Erases a person from holds: as whoever placed or lifted one, and as the target of one that stands no longer. */
export async function eraseFromHolds(trx: Connection, { tenantId, objectId }: Account): Promise<void> {
  const nobody: HoldTarget = { kind: 'person', objectId: null, name: null, addresses: [] };
  await sql`update legal_holds set placed_by_name = '' where tenant_id = ${tenantId} and placed_by = ${objectId}`.execute(
    trx,
  );
  await sql`update legal_holds set lifted_by_name = '' where tenant_id = ${tenantId} and lifted_by = ${objectId}`.execute(
    trx,
  );
  await sql`update legal_holds set target = ${storedJson(nobody)}::jsonb, reason = '', lift_reason = null
    where tenant_id = ${tenantId} and state <> 'placed' and target ->> 'objectId' = ${objectId}`.execute(trx);
}

function toHold(row: Selectable<HoldTables['legalHolds']>): LegalHold {
  const { number, tenantId, target, reference, reason, state, placedAt, reviewAt, expiresAt } = row;
  const lifter: HoldActor | null =
    row.liftedBy === null ? null : { objectId: row.liftedBy, name: row.liftedByName ?? '' };
  return {
    number,
    tenantId,
    target,
    reference,
    reason,
    state,
    from: row.inForceFrom,
    until: row.inForceUntil,
    placedBy: { objectId: row.placedBy, name: row.placedByName },
    placedAt,
    reviewAt,
    expiresAt,
    lifted: lifter && row.endedAt && { by: lifter, at: row.endedAt, reason: row.liftReason ?? '' },
  };
}

function toLift({ number, hold, askedBy, reason, expiresAt, outcome }: Selectable<HoldTables['holdLifts']>): HoldLift {
  return { number, hold, askedBy, reason, expiresAt, outcome };
}
