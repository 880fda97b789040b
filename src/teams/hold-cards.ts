import { z } from 'zod';
import { assetKinds } from '../domain/assets.ts';
import type { HoldLift, HoldLimit, HoldRefusal, HoldTarget, LegalHold } from '../domain/legal-hold.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import type { TeamsServices } from './teams-services.ts';
import { administratorWords } from './whom-to-ask.ts';

const text = z.string().max(400);
const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('workspace'), workspaceId: text, name: text }),
  z.strictObject({
    kind: z.literal('asset'),
    workspaceId: text,
    workspaceName: text,
    assetKind: z.enum(assetKinds),
    familyId: text,
    name: text,
  }),
  z.strictObject({
    kind: z.literal('person'),
    objectId: text.nullable(),
    name: text.nullable(),
    addresses: z.array(text).max(20).readonly(),
  }),
]);

const day = z.iso.datetime().transform((moment) => new Date(moment));
const draftShape = z.strictObject({ target, from: day.nullable(), until: day.nullable(), unreadEnd: text.nullable() });

/** A hold that is not recorded yet, as its button carries it. */
export type HoldDraftOnCard = z.output<typeof draftShape>;

/** The draft that a button sent back; null when it is none of the bot's. */
export function readDraft(json: string): HoldDraftOnCard | null {
  try {
    const read = draftShape.safeParse(JSON.parse(json));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** The card of a hold that lacks its reference or its reason, with fields for both. */
export function incompleteHoldCard(
  draft: HoldDraftOnCard,
  written: { readonly reference: string; readonly reason: string },
  limits: readonly HoldLimit[],
  problem: string | null = null,
): RenderedCard {
  return renderCard('hold', {
    hold: 0,
    draft: JSON.stringify(draft),
    state: 'incomplete',
    target: draft.target,
    ...written,
    from: draft.from,
    until: draft.until,
    unreadEnd: draft.unreadEnd,
    limits: [...limits],
    problem,
  });
}

/** The card of a recorded hold in any state; `isNow` says that it begins with its confirmation. */
export function holdCard(
  { clock }: Pick<TeamsServices, 'clock'>,
  hold: LegalHold,
  more: { readonly limits?: readonly HoldLimit[]; readonly isNow?: boolean; readonly unreadEnd?: string | null } = {},
): RenderedCard {
  const { state, expiresAt } = hold;
  return renderCard('hold', {
    hold: hold.number,
    state: state === 'proposed' && expiresAt.getTime() <= clock.now() ? 'expired' : state,
    target: hold.target,
    reference: hold.reference,
    reason: hold.reason,
    from: more.isNow === true ? null : hold.from,
    until: hold.until,
    unreadEnd: more.unreadEnd ?? null,
    placedBy: state === 'proposed' || state === 'declined' ? '' : hold.placedBy.name,
    reviewAt: hold.reviewAt,
    expiresAt,
    limits: [...(more.limits ?? [])],
  });
}

/** The card of lifting a hold; without its preview it asks for the reason. */
export function holdLiftCard(
  { clock }: Pick<TeamsServices, 'clock'>,
  hold: LegalHold,
  lift: HoldLift | null,
  more: { readonly when?: string | null; readonly reason?: string; readonly problem?: string } = {},
): RenderedCard {
  return renderCard('hold-lift', {
    hold: hold.number,
    lift: lift?.number ?? 0,
    state: liftState(clock.now(), lift),
    target: hold.target,
    reference: hold.reference,
    placedBy: hold.placedBy.name,
    reason: lift?.reason ?? more.reason ?? '',
    when: more.when ?? null,
    expiresAt: lift?.expiresAt ?? null,
    problem: more.problem ?? null,
  });
}

function liftState(now: number, lift: HoldLift | null) {
  if (lift === null) return 'incomplete';
  if (lift.outcome !== null) return lift.outcome === 'confirmed' ? 'lifted' : 'kept';
  return now < lift.expiresAt.getTime() ? 'waiting' : 'expired';
}

/** The list of holds, after a sentence. Only for who may see them. */
export function holdListCard(holds: readonly LegalHold[], note: string | null = null): RenderedCard {
  return renderCard('hold-list', {
    note,
    holds: holds.map(({ number, target: on, reference, from, until, placedBy, reviewAt }) => ({
      hold: number,
      target: on,
      reference,
      from,
      until,
      placedBy: placedBy.name,
      reviewAt,
    })),
  });
}

/** Who knows about holds, in words for everybody else. */
export function whoKnowsOfHolds(services: Pick<TeamsServices, 'settings'>): string {
  return administratorWords(services) ?? 'a Studio Steward administrator of your company';
}

/** The sentence for a person: what was refused, and what they can do instead. */
export function holdRefusalWords(services: Pick<TeamsServices, 'settings'>, refusal: HoldRefusal): string {
  switch (refusal) {
    case 'may-not-hold':
      return `You cannot see, place or lift legal holds, so nothing was changed. Please ask ${whoKnowsOfHolds(services)}.`;
    case 'not-your-preview':
      return 'Only the person who asked for this can confirm it.';
    case 'already-ended':
      return 'This was decided already.';
    case 'expired':
      return 'This was not confirmed in time, so nothing was changed. Please ask again.';
    case 'unknown':
      return 'I cannot find that hold, so nothing was changed. Write “list holds” to see those that stand.';
    case 'not-standing':
      return 'This hold does not stand any more, so there is nothing to lift.';
    case 'placed-by-you':
      return 'You placed this hold, so somebody else has to lift it. Ask another administrator to write “list holds” to me.';
    case 'held-yourself':
      return 'This hold is on you, so somebody else has to lift it.';
    case 'words-needed':
      return 'The reference and the reason are needed, in words: links, and what looks like a password or a key, are left out of them.';
    case 'wrong-dates':
      return 'Its end is over already, or before its beginning, so nothing is held. Please ask again with other dates.';
  }
}

/** The names by which a target is asked for. */
export function targetNames(on: HoldTarget): readonly string[] {
  if (on.kind === 'person') return [...(on.name === null ? [] : [on.name]), ...on.addresses];
  return on.kind === 'asset' ? [on.name, on.workspaceName] : [on.name];
}
