import type { TurnContext } from 'botbuilder';
import {
  admitDeputy,
  confirmDeputy,
  type DeputyOutcome,
  declineDeputy,
  endDeputy,
  shownDeputyship,
} from '../requests/deputyships.ts';
import { triedRoles } from '../requests/role-members.ts';
import { deputyPress } from './cards/button-data.ts';
import { deputyCard, deputyRefusalWords } from './deputy-cards.ts';
import type { Actor } from './identity.ts';
import { respondWithCard, respondWithText } from './invoke-answers.ts';
import type { TeamsServices } from './teams-services.ts';

const presses = { confirm: confirmDeputy, decline: declineDeputy, admit: admitDeputy, end: endDeputy } as const;

/** Refusals of a second or late press, after which the card shows what holds. */
const repeated: ReadonlySet<string> = new Set(['already-decided', 'already-admitted', 'already-ended', 'expired']);

/** Answers a press about a deputy with its card. A refusal is a sentence, and shows nothing of other people’s. */
export async function answerDeputyPress(
  services: TeamsServices,
  context: TurnContext,
  { person, conversation }: Actor,
  data: unknown,
  signal: AbortSignal,
): Promise<void> {
  const read = deputyPress.safeParse(data);
  if (!read.success) return respondWithText(context, 'That button is not one of mine, so nothing was changed.');
  if (conversation.kind !== 'personal') {
    return respondWithText(context, 'I answer about deputies in our personal chat only. Nothing was changed.');
  }
  await triedRoles(services, signal);
  const { deputyship: number, choice } = read.data;
  const outcome: DeputyOutcome = await presses[choice](services, person, number);
  if (outcome.result === 'refused') {
    const { refusal } = outcome;
    services.log.info('a press was refused', { reason: refusal, objectId: person.objectId, deputyship: number });
    if (!repeated.has(refusal)) return respondWithText(context, deputyRefusalWords(services, refusal));
  }
  const shown = await shownDeputyship(services, number);
  if (shown === null) return respondWithText(context, deputyRefusalWords(services, 'unknown'));
  await respondWithCard(context, await deputyCard(services, shown, person));
}
