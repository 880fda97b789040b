import type { Activity, TurnContext } from 'botbuilder';
import type { Clock } from '../domain/clock.ts';
import { reserveSend } from '../requests/outbox.ts';
import { messageWith, plainMessage, smallerSteps } from './card-message.ts';
import type { RenderedCard } from './cards/render.ts';
import { toConnectorError } from './connector.ts';
import { readStatus, retryDelayMs, sendingLimits } from './limits.ts';
import type { TeamsServices } from './teams-services.ts';

/** How often an answer inside a turn is tried; longer patience is the outbox's business. */
const mostAttempts = 4;

/**
 * Answers within a turn, keeping Teams' limits and trying again where that helps. A card that Teams does not take
 * becomes smaller, and at last plain words. Throws ConnectorError.
 */
export async function sayInTurn(
  services: TeamsServices,
  context: TurnContext,
  card: RenderedCard,
  signal: AbortSignal,
): Promise<void> {
  const conversationId = context.activity.conversation.id;
  let step = 0;
  for (let attempt = 1; ; attempt += 1) {
    await takePlace(services, conversationId, signal);
    try {
      await context.sendActivity(messageAt(card, step) as Activity);
      return;
    } catch (cause) {
      const error = toConnectorError(cause);
      const answered = readStatus(error.status);
      if ((answered === 'too-large' || answered === 'not-accepted') && step <= smallerSteps.length) {
        step += 1;
        attempt = 0;
        services.log.warn('an answer was not taken and is sent smaller', { status: error.status, step });
        continue;
      }
      if (attempt >= mostAttempts) throw error;
      await services.clock.wait(retryDelayMs(attempt, services.random(), error.retryAfterMs), signal);
    }
  }
}

function messageAt(card: RenderedCard, step: number): Partial<Activity> {
  if (step === 0) return messageWith(card);
  const smaller = smallerSteps[step - 1];
  if (smaller !== undefined) return messageWith(card.smaller(smaller.bytes));
  return plainMessage(`${card.summary} Teams did not take the whole answer. Please ask for less at a time.`);
}

/** Waits until one more call into the conversation keeps Teams' limits, and counts it. */
async function takePlace(services: TeamsServices, conversationId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const wait = await reserveSend(services, conversationId, sendingLimits);
    if (wait === 0) return;
    await services.clock.wait(wait, signal);
  }
}

/** Shows "typing" once, if nothing has been said after half a second. Returns what calls it off. */
export function typingSoon(clock: Clock, context: TurnContext): () => void {
  const calledOff = new AbortController();
  clock.wait(500, calledOff.signal).then(
    () => showTyping(context),
    () => undefined,
  );
  return () => calledOff.abort();
}

/** Shows "typing". A failure is of no consequence. */
export async function showTyping(context: TurnContext): Promise<void> {
  await context.sendActivity({ type: 'typing' }).catch(() => undefined);
}
