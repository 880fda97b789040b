import type { Activity, TurnContext } from 'botbuilder';
import type { Clock } from '../domain/clock.ts';
import { countSend, sendsTo } from '../requests/deliveries.ts';
import type { RenderedCard } from './cards/render.ts';
import { toConnectorError } from './connector.ts';
import { messageWith } from './delivery.ts';
import { isWorthRetrying, longestWindowMs, retryDelayMs, waitForConversation } from './limits.ts';
import type { TeamsServices } from './services.ts';

/** How often an answer inside a turn is tried; longer patience is the outbox's business. */
const mostAttempts = 4;

/** Answers within a turn, keeping Teams' limits and trying again where that helps. Throws ConnectorError. */
export async function sayInTurn(
  services: TeamsServices,
  context: TurnContext,
  card: RenderedCard,
  signal: AbortSignal,
): Promise<void> {
  const conversationId = context.activity.conversation.id;
  for (let attempt = 1; ; attempt += 1) {
    const sent = await sendsTo(services, conversationId, longestWindowMs);
    await services.clock.wait(waitForConversation(sent, services.clock.now()), signal);
    await countSend(services, conversationId);
    try {
      await context.sendActivity(messageWith(card) as Activity);
      return;
    } catch (cause) {
      const error = toConnectorError(cause);
      if (attempt >= mostAttempts || !isWorthRetrying(error.status)) throw error;
      await services.clock.wait(retryDelayMs(attempt, services.random(), error.retryAfterMs), signal);
    }
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
