import type { TurnContext } from 'botbuilder';
import { type NotServed, notServedSentence } from '../domain/speaker.ts';
import { renderCard } from './cards/render.ts';
import { respondWithText } from './invoke-answers.ts';
import { sayInTurn } from './say.ts';
import type { TeamsServices } from './teams-services.ts';

/**
 * Tells a sender why they are not served. Bots get no message, to avoid endless loops of two bots; nor do senders of
 * activities that ask for nothing. A press is always answered.
 */
export async function explainNotServed(
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
    services.log.error('could not tell a sender why they are not served', error, { reason });
  }
}
