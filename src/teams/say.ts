import type { Activity, TurnContext } from 'botbuilder';
import type { Clock } from '../domain/clock.ts';
import { reserveSend } from '../requests/outbox.ts';
import { messageWith, plainMessage, smallerSteps } from './card-message.ts';
import type { RenderedCard } from './cards/render.ts';
import { toConnectorError } from './connector.ts';
import { classifyStatus, retryDelayMs, sendingLimits } from './limits.ts';
import type { TeamsServices } from './teams-services.ts';

/** The most attempts of an answer inside a turn; only cards in the outbox are retried for longer. */
const mostAttempts = 4;

/**
 * Answers within a turn, within Teams' rate limits and with retries. A card that Teams rejects is sent in smaller sizes,
 * and finally as plain text. Throws ConnectorError.
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
    await waitForRateLimit(services, conversationId, signal);
    try {
      await context.sendActivity(messageAt(card, step) as Activity);
      return;
    } catch (cause) {
      const error = toConnectorError(cause);
      const answered = classifyStatus(error.status);
      if ((answered === 'too-large' || answered === 'not-accepted') && step <= smallerSteps.length) {
        step += 1;
        attempt = 0;
        services.log.warn('answer rejected by Teams, sending a smaller one', { status: error.status, step });
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
  return plainMessage(`${card.summary} Teams did not accept the whole answer. Please ask for less at a time.`);
}

/** Waits until one more call into the conversation is within Teams' rate limits, and counts it. */
async function waitForRateLimit(services: TeamsServices, conversationId: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const wait = await reserveSend(services, conversationId, sendingLimits);
    if (wait === 0) return;
    await services.clock.wait(wait, signal);
  }
}

/** Shows "typing" once after half a second. Returns a function that cancels it. */
export function typingSoon(clock: Clock, context: TurnContext): () => void {
  const cancelled = new AbortController();
  clock.wait(500, cancelled.signal).then(
    () => showTyping(context),
    () => undefined,
  );
  return () => cancelled.abort();
}

/** Shows "typing". Failures are ignored. */
export async function showTyping(context: TurnContext): Promise<void> {
  await context.sendActivity({ type: 'typing' }).catch(() => undefined);
}
