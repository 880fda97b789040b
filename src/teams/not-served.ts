import type { TurnContext } from 'botbuilder';
import { type NotServed, notServedSentence } from '../domain/speaker.ts';
import { renderCard } from './cards/render.ts';
import { respondWithText } from './invoke-answers.ts';
import { sayInTurn } from './say.ts';
import type { TeamsServices } from './teams-services.ts';

/**
 * Tells somebody who is not served why. Bots get no message, since two that answer each other never end; nor does
 * whoever has not asked for anything. A press is always answered.
 */
export async function tellNotServed(
  services: TeamsServices,
  context: TurnContext,
  reason: NotServed,
  signal: AbortSignal,
): Promise<void> {
  const { type, conversation } = context.activity;
  const sentence = notServedSentence(reason);
  if (type === 'invoke') return respondWithText(context, sentence);
  const asksForSomething = type === 'message' || type === 'messageUpdate';
  if (!asksForSomething || reason === 'bot' || !conversation?.id) return;
  try {
    await sayInTurn(
      services,
      context,
      renderCard('notice', { severity: 'refused', sentence, next: null, examples: [] }),
      signal,
    );
  } catch (error) {
    services.log.error('somebody could not be told why they are not served', error, { reason });
  }
}
