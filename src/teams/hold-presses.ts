import type { TurnContext } from 'botbuilder';
import type { HoldRefusal } from '../domain/legal-hold.ts';
import type { Person } from '../domain/people.ts';
import { isDirectoryFailure, isSourceFailure } from '../domain/service-failure.ts';
import { limitsOfHold } from '../holds/hold-limits.ts';
import { mayHold } from '../holds/hold-rights.ts';
import { confirmLift, declineLift, proposeLift } from '../holds/lift-holds.ts';
import { findHold } from '../holds/list-holds.ts';
import { confirmHold, declineHold, type HoldOutcome, proposeHold } from '../holds/place-holds.ts';
import { triedRoles } from '../requests/role-members.ts';
import { holdPress } from './cards/button-data.ts';
import type { RenderedCard } from './cards/render.ts';
import { holdCard, holdLiftCard, holdRefusalWords, incompleteHoldCard, readDraft } from './hold-cards.ts';
import { targetAgain } from './hold-target.ts';
import type { Actor } from './identity.ts';
import { respondWithCard, respondWithText } from './invoke-answers.ts';
import type { TeamsServices } from './teams-services.ts';

/** A card, or why there is none. */
export type HoldResponse = RenderedCard | { readonly refusal: HoldRefusal };

/**
 * Answers a press about a legal hold with its card. Who pressed comes from the activity, and what they may is read anew;
 * the data say only which hold is meant. A refusal is a sentence.
 */
export async function answerHoldPress(
  services: TeamsServices,
  context: TurnContext,
  { person, conversation }: Actor,
  data: unknown,
  signal: AbortSignal,
): Promise<void> {
  const read = holdPress.safeParse(data);
  if (!read.success) return respondWithText(context, 'That button is not one of mine, so nothing was changed.');
  if (conversation.kind !== 'personal') {
    return respondWithText(context, 'I answer about legal holds in our personal chat only. Nothing was changed.');
  }
  try {
    await triedRoles(services, signal);
    const response = await responseTo(services, person, read.data, signal);
    if (!('refusal' in response)) return await respondWithCard(context, response);
    services.log.info('a press was refused', { reason: response.refusal, objectId: person.objectId });
    await respondWithText(context, holdRefusalWords(services, response.refusal));
  } catch (error) {
    if (!isSourceFailure(error) && !isDirectoryFailure(error)) throw error;
    await respondWithText(context, `${error.message} Nothing was changed; please press again in a few minutes.`);
  }
}

type Press = ReturnType<typeof holdPress.parse>;

function responseTo(services: TeamsServices, by: Person, press: Press, signal: AbortSignal): Promise<HoldResponse> {
  if (!mayHold(services, by)) return Promise.resolve({ refusal: 'may-not-hold' });
  if ('draft' in press) return completeDraft(services, by, press, signal);
  if ('lift' in press) return decideLift(services, by, press);
  switch (press.choice) {
    case 'show':
      return showHold(services, by, press.hold);
    case 'lift':
      return startLift(services, by, press.hold, press.reason);
    case 'place':
      return outcomeOf(services, confirmHold(services, by, press.hold));
    case 'decline':
      return outcomeOf(services, declineHold(services, by, press.hold));
  }
}

/** Records a hold of which the reference and the reason were written into the card; nothing is held before its confirmation. */
async function completeDraft(
  services: TeamsServices,
  by: Person,
  { draft: json, reference = '', reason = '' }: Extract<Press, { draft: string }>,
  signal: AbortSignal,
): Promise<HoldResponse> {
  const draft = readDraft(json);
  const target = draft === null ? null : await targetAgain(services, by.tenantId, draft.target, signal);
  if (draft === null || target === null) return { refusal: 'unknown' };
  const { from, until, unreadEnd } = draft;
  const limits = await limitsOfHold(services, target, by.tenantId, signal);
  const outcome = await proposeHold(services, by, { target, reference, reason, from, until });
  if (outcome.result === 'accepted')
    return holdCard(services, outcome.hold, { limits, isNow: from === null, unreadEnd });
  const { refusal } = outcome;
  if (refusal !== 'words-needed') return { refusal };
  const written = { reference, reason };
  return incompleteHoldCard({ ...draft, target }, written, limits, holdRefusalWords(services, refusal));
}

/** A second or late press shows what holds. */
async function outcomeOf(services: TeamsServices, pressed: Promise<HoldOutcome>): Promise<HoldResponse> {
  const outcome = await pressed;
  if (outcome.result === 'accepted') return holdCard(services, outcome.hold);
  const { refusal, hold } = outcome;
  return hold !== null && (refusal === 'already-ended' || refusal === 'expired')
    ? holdCard(services, hold)
    : { refusal };
}

async function showHold(services: TeamsServices, by: Person, number: number): Promise<HoldResponse> {
  const hold = await findHold(services, by, number);
  return hold === null ? { refusal: 'unknown' } : holdCard(services, hold);
}

/** The preview of lifting a hold; without a reason, the card that asks for it. */
export async function startLift(
  services: TeamsServices,
  by: Person,
  number: number,
  reason: string | undefined,
  when: string | null = null,
): Promise<HoldResponse> {
  const hold = await findHold(services, by, number);
  if (hold === null) return { refusal: 'unknown' };
  const outcome = await proposeLift(services, by, number, reason ?? '');
  if (outcome.result === 'accepted') return holdLiftCard(services, outcome.hold, outcome.lift, { when });
  const { refusal } = outcome;
  if (refusal !== 'words-needed') return { refusal };
  if (reason === undefined) return holdLiftCard(services, hold, null, { when });
  return holdLiftCard(services, hold, null, { when, reason, problem: holdRefusalWords(services, refusal) });
}

async function decideLift(
  services: TeamsServices,
  by: Person,
  { lift: number, choice }: Extract<Press, { lift: number }>,
): Promise<HoldResponse> {
  const outcome =
    choice === 'confirm' ? await confirmLift(services, by, number) : await declineLift(services, by, number);
  if (outcome.result === 'accepted') return holdLiftCard(services, outcome.hold, outcome.lift);
  return { refusal: outcome.refusal };
}
