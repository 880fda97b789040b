import type { Activity, TurnContext } from 'botbuilder';
import type { Clock } from '../domain/clock.ts';
import { reserveSend } from '../requests/deliveries.ts';
import type { RenderedCard } from './cards/render.ts';
import { toConnectorError } from './connector.ts';
import { messageWith } from './delivery.ts';
import { isWorthRetrying, retryDelayMs, sendingLimits } from './limits.ts';
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
    await takePlace(services, conversationId, signal);
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
