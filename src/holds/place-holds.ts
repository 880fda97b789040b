import { endHoldPreview, insertHold, lockHolds, readHold } from '../database/hold-rows.ts';
import { withLinked } from '../database/linked-identities.ts';
import { storedJson } from '../database/storable.ts';
import { fieldText, statedReason } from '../domain/field-text.ts';
import { type HoldRefusal, type HoldTarget, type LegalHold, refusalOfPlacing } from '../domain/legal-hold.ts';
import { foldName } from '../domain/name-folding.ts';
import { type Person, plainAddress } from '../domain/people.ts';
import { day } from '../domain/retention.ts';
import { inTransaction, type RequestServices } from '../requests/request-services.ts';
import { mayHold } from './hold-rights.ts';
import { recordHold } from './record-hold.ts';

/** How long after its placing, and after each review, the administrators are reminded of a hold, in milliseconds. */
export const reviewEveryMs = 90 * day;

/** The longest reference that is kept, in UTF-16 units. */
const maxReferenceLength = 120;

/** A hold as somebody wants it. */
export interface HoldDraft {
  readonly target: HoldTarget;
  /** The matter that it is for, as written. */
  readonly reference: string;
  readonly reason: string;
  /** Null begins with the confirmation. */
  readonly from: Date | null;
  /** Null is without an end. */
  readonly until: Date | null;
}

/** The result of a wish or a press. */
export type HoldOutcome =
  | { readonly result: 'accepted'; readonly hold: LegalHold }
  | { readonly result: 'refused'; readonly refusal: HoldRefusal; readonly hold: LegalHold | null };

/** Records a hold for its confirmation. Nothing is held before that. */
export async function proposeHold(services: RequestServices, by: Person, draft: HoldDraft): Promise<HoldOutcome> {
  const { from, until } = draft;
  const target = plainTarget(draft.target);
  const now = services.clock.now();
  const refused = (refusal: HoldRefusal) => ({ result: 'refused', refusal, hold: null }) as const;
  if (!mayHold(services, by)) return refused('may-not-hold');
  const reference = fieldText(draft.reference, maxReferenceLength);
  const reason = statedReason(draft.reason);
  if (reference === null || reason === null || target === null) return refused('words-needed');
  if (until !== null && until.getTime() <= Math.max(now, from?.getTime() ?? now)) return refused('wrong-dates');
  const hold = await inTransaction(services, (trx) =>
    insertHold(trx, {
      tenantId: by.tenantId,
      target: storedJson(target),
      reference,
      reason,
      state: 'proposed',
      inForceFrom: from ?? new Date(now),
      inForceUntil: until,
      placedBy: by.objectId,
      placedByName: by.name,
      createdAt: new Date(now),
      expiresAt: new Date(now + services.settings.waitsForPeopleMs),
      reviewAt: new Date(now + reviewEveryMs),
    }),
  );
  return { result: 'accepted', hold };
}

/** A target whose addresses are in plain form; null for a person of whom nothing is said. */
function plainTarget(target: HoldTarget): HoldTarget | null {
  if (target.kind !== 'person') return target;
  const addresses = target.addresses.map(plainAddress).filter((address) => address !== null);
  const name = target.name === null || foldName(target.name) === '' ? null : target.name;
  return target.objectId === null && name === null && addresses.length === 0 ? null : { ...target, name, addresses };
}

/**
 * Places the hold of a preview: its state, the audit row and the job that tells the administrators commit in one
 * transaction. From its commit on no deletion that it covers is confirmed, approved or called. `by` comes from the
 * authenticated activity.
 */
export async function confirmHold(services: RequestServices, by: Person, number: number): Promise<HoldOutcome> {
  return inTransaction(services, async (trx): Promise<HoldOutcome> => {
    await lockHolds(trx, by.tenantId);
    const hold = await readHold(trx, by.tenantId, number, 'lock');
    if (hold === null) return { result: 'refused', refusal: 'unknown', hold: null };
    const now = services.clock.now();
    const facts = { now, by: await withLinked(trx, by), mayHold: mayHold(services, by) };
    const refusal = refusalOfPlacing(hold, facts);
    if (refusal === 'not-your-preview') return { result: 'refused', refusal, hold: null };
    if (refusal !== null) return { result: 'refused', refusal, hold };
    const at = new Date(now);
    await endHoldPreview(trx, number, { state: 'placed', at, reviewAt: new Date(now + reviewEveryMs) });
    const placed = await readHold(trx, by.tenantId, number);
    if (placed === null) throw new Error(`hold ${number} vanished inside its own transaction`);
    await recordHold(services, trx, placed, 'hold.placed', by.objectId);
    await services.queue.enqueue(trx, 'tell-hold', { hold: number, event: 'placed' });
    return { result: 'accepted', hold: placed };
  });
}

/** Declines a hold; nothing is held. One that was confirmed stays as it is. */
export async function declineHold(services: RequestServices, by: Person, number: number): Promise<HoldOutcome> {
  return inTransaction(services, async (trx): Promise<HoldOutcome> => {
    const hold = await readHold(trx, by.tenantId, number, 'lock');
    if (hold === null) return { result: 'refused', refusal: 'unknown', hold: null };
    if (hold.placedBy.objectId !== by.objectId) return { result: 'refused', refusal: 'not-your-preview', hold: null };
    if (hold.state !== 'proposed') return { result: 'refused', refusal: 'already-ended', hold };
    await endHoldPreview(trx, number, { state: 'declined', at: new Date(services.clock.now()) });
    await recordHold(services, trx, hold, 'hold.declined', by.objectId);
    return { result: 'accepted', hold: { ...hold, state: 'declined' } };
  });
}
