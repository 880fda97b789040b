import type { TurnContext } from 'botbuilder';
import { isSourceFailure } from '../domain/service-failure.ts';
import {
  type AddressOutcome,
  confirmAddressChange,
  declineAddressChange,
  findAddressChange,
  rightsOfAddress,
} from '../requests/address-changes.ts';
import { triedRoles } from '../requests/role-members.ts';
import { addressCard, addressRefusalWords } from './address-cards.ts';
import { addressPress } from './cards/button-data.ts';
import type { Actor } from './identity.ts';
import { respondWithCard, respondWithText } from './invoke-answers.ts';
import { unreadWords } from './obstacle.ts';
import type { TeamsServices } from './teams-services.ts';

/**
 * Answers a press on the preview of a link with its card. What the address gives is read once more, so that only what
 * the card shows is confirmed. A refusal is a sentence.
 */
export async function answerAddressPress(
  services: TeamsServices,
  context: TurnContext,
  { person, conversation }: Actor,
  data: unknown,
  signal: AbortSignal,
): Promise<void> {
  const read = addressPress.safeParse(data);
  if (!read.success) return respondWithText(context, 'That button is not one of mine, so nothing was changed.');
  if (conversation.kind !== 'personal') {
    return respondWithText(context, 'I change links of addresses in our personal chat only. Nothing was changed.');
  }
  const { change: number, choice } = read.data;
  await triedRoles(services, signal);
  const shown = await findAddressChange(services, person, number);
  if (shown === null) return respondWithText(context, addressRefusalWords(services, 'unknown'));
  let outcome: AddressOutcome;
  try {
    outcome =
      choice === 'decline'
        ? await declineAddressChange(services, person, number)
        : await confirmAddressChange(
            services,
            person,
            number,
            await rightsOfAddress(services, person.tenantId, shown.address, signal),
          );
  } catch (error) {
    if (!isSourceFailure(error)) throw error;
    return respondWithText(
      context,
      `${unreadWords(error.message)} Nothing was changed; please press again in a few minutes.`,
    );
  }
  if (outcome.result === 'accepted') return respondWithCard(context, await addressCard(services, outcome.change));
  const { refusal, change } = outcome;
  services.log.info('a press was refused', { reason: refusal, objectId: person.objectId, change: number });
  // A second press on the same button, or a late one: the card shows what holds.
  if (change !== null && (refusal === 'already-ended' || refusal === 'expired'))
    return respondWithCard(context, await addressCard(services, change));
  return respondWithText(context, addressRefusalWords(services, refusal));
}
