import type { Connection } from '../database/connection.ts';
import { readHeldPerson } from '../database/held-people.ts';
import { endLift, insertLift, lockHolds, lockLift, readHold, recordLifted } from '../database/hold-rows.ts';
import { withLinked } from '../database/linked-identities.ts';
import { statedReason } from '../domain/field-text.ts';
import { type HoldLift, type HoldRefusal, type LegalHold, refusalOfLifting } from '../domain/legal-hold.ts';
import { type Person, samePerson } from '../domain/people.ts';
import { inTransaction, type RequestServices } from '../requests/request-services.ts';
import { accountWithLinks, mayHold, needsAnother } from './hold-rights.ts';
import { recordHold } from './record-hold.ts';

/** The result of the wish to lift a hold, or of a press on its preview. */
export type LiftOutcome =
  | { readonly result: 'accepted'; readonly hold: LegalHold; readonly lift: HoldLift }
  | { readonly result: 'refused'; readonly refusal: HoldRefusal; readonly hold: LegalHold | null };

const unknown = { result: 'refused', refusal: 'unknown', hold: null } as const;

/** Records for its confirmation that somebody wants to lift a hold, and why. The hold stands on. */
export async function proposeLift(
  services: RequestServices,
  by: Person,
  holdNumber: number,
  reason: string,
): Promise<LiftOutcome> {
  return inTransaction(services, async (trx): Promise<LiftOutcome> => {
    const hold = await readHold(trx, by.tenantId, holdNumber);
    const refusal = hold === null ? 'unknown' : await whyNotLifted(services, trx, by, hold);
    if (hold === null || refusal !== null) return refusedFor(services, by, refusal ?? 'unknown', hold);
    const stated = statedReason(reason);
    if (stated === null) return { result: 'refused', refusal: 'words-needed', hold };
    const now = services.clock.now();
    const lift = await insertLift(trx, {
      hold: holdNumber,
      askedBy: by.objectId,
      reason: stated,
      createdAt: new Date(now),
      expiresAt: new Date(now + services.settings.waitsForPeopleMs),
    });
    return { result: 'accepted', hold, lift };
  });
}

/**
 * Lifts the hold of a preview: its end, the audit row and the job that tells the administrators commit in one
 * transaction. `by` comes from the authenticated activity.
 */
export async function confirmLift(services: RequestServices, by: Person, liftNumber: number): Promise<LiftOutcome> {
  return inTransaction(services, async (trx): Promise<LiftOutcome> => {
    await lockHolds(trx, by.tenantId);
    const found = await liftOf(trx, by, liftNumber);
    if (found === null) return unknown;
    const { lift, hold } = found;
    if (lift.askedBy !== by.objectId) return { result: 'refused', refusal: 'not-your-preview', hold: null };
    if (lift.outcome !== null) return refusedFor(services, by, 'already-ended', hold);
    const now = services.clock.now();
    const refusal = await whyNotLifted(services, trx, by, hold);
    if (refusal !== null) return refusedFor(services, by, refusal, hold);
    if (now >= lift.expiresAt.getTime()) return { result: 'refused', refusal: 'expired', hold };
    const lifted = { by: { objectId: by.objectId, name: by.name }, at: new Date(now), reason: lift.reason };
    await recordLifted(trx, hold.number, lifted);
    await endLift(trx, liftNumber, 'confirmed', lifted.at);
    const ended: LegalHold = { ...hold, state: 'lifted', lifted };
    await recordHold(services, trx, ended, 'hold.lifted', by.objectId);
    await services.queue.enqueue(trx, 'tell-hold', { hold: hold.number, event: 'lifted' });
    return { result: 'accepted', hold: ended, lift: { ...lift, outcome: 'confirmed' } };
  });
}

/** Declines lifting a hold, which stands on. */
export async function declineLift(services: RequestServices, by: Person, liftNumber: number): Promise<LiftOutcome> {
  return inTransaction(services, async (trx): Promise<LiftOutcome> => {
    const found = await liftOf(trx, by, liftNumber);
    if (found === null) return unknown;
    const { lift, hold } = found;
    if (lift.askedBy !== by.objectId) return { result: 'refused', refusal: 'not-your-preview', hold: null };
    if (lift.outcome !== null) return refusedFor(services, by, 'already-ended', hold);
    await endLift(trx, liftNumber, 'declined', new Date(services.clock.now()));
    return { result: 'accepted', hold, lift: { ...lift, outcome: 'declined' } };
  });
}

/** A preview of lifting a hold of the person's tenant, locked, with the hold; null when there is none. */
async function liftOf(
  trx: Connection,
  by: Person,
  liftNumber: number,
): Promise<{ readonly lift: HoldLift; readonly hold: LegalHold } | null> {
  const lift = await lockLift(trx, liftNumber);
  const hold = lift === null ? null : await readHold(trx, by.tenantId, lift.hold, 'lock');
  return lift === null || hold === null ? null : { lift, hold };
}

async function whyNotLifted(
  services: RequestServices,
  trx: Connection,
  by: Person,
  hold: LegalHold,
): Promise<HoldRefusal | null> {
  const account = { tenantId: hold.tenantId, objectId: hold.placedBy.objectId };
  const placer = samePerson(by, account) ? await withLinked(trx, by) : await accountWithLinks(trx, account);
  return refusalOfLifting(hold, {
    now: services.clock.now(),
    by: await withLinked(trx, by),
    mayHold: mayHold(services, by),
    placer,
    byAnother: needsAnother(services, placer),
    held: await readHeldPerson(trx, hold),
  });
}

/** A refusal, with the hold only for who may see it. */
function refusedFor(services: RequestServices, by: Person, refusal: HoldRefusal, hold: LegalHold | null): LiftOutcome {
  return { result: 'refused', refusal, hold: mayHold(services, by) ? hold : null };
}
