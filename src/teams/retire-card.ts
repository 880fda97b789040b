import { requestId } from '../domain/request.ts';
import { recallConversation } from '../requests/contacts.ts';
import { forgetOldCard, retryOldCard, takeOld } from '../requests/superseded-cards.ts';
import { messageWith } from './card-message.ts';
import { renderCard } from './cards/render.ts';
import { type Connector, toConnectorError } from './connector.ts';
import { classifyStatus, isRetryBudgetUsedUp, retryDelayMs } from './limits.ts';
import type { TeamsServices } from './teams-services.ts';

/**
 * Removes the buttons from an earlier message of a request's card after a newer one has replaced it. A press on it would
 * still be checked like every other, but nobody should be offered outdated buttons.
 */
export async function retireCard(services: TeamsServices, connector: Connector, id: number): Promise<void> {
  const old = await takeOld(services, id);
  if (old === null) return;
  const facts = { request: old.requestNumber, attempt: old.attempts };
  const conversation = await recallConversation(services, old.conversationId);
  if (conversation === null) return forgetOldCard(services, id);
  const request = requestId(old.requestNumber);
  try {
    const card = renderCard('notice', {
      severity: 'info',
      title: request,
      sentence: `This card of ${request} is out of date. Another card in this conversation shows its current state.`,
      next: `Write “status of ${request}” to see it here.`,
    });
    await connector.update(conversation, old.activityId, messageWith(card));
    await forgetOldCard(services, id);
    services.log.info('buttons removed from an earlier card', facts);
  } catch (cause) {
    const error = toConnectorError(cause);
    const answered = classifyStatus(error.status);
    services.log.warn('could not update an earlier card', { ...facts, status: error.status });
    if (isRetryBudgetUsedUp(answered, old.attempts, services.clock.now() - old.since.getTime())) {
      // Most likely the message was deleted, so there is nothing left to update.
      return forgetOldCard(services, id);
    }
    await retryOldCard(services, id, retryDelayMs(old.attempts, services.random(), error.retryAfterMs));
  }
}
