import { requestId } from '../domain/request.ts';
import { recallConversation } from '../requests/contacts.ts';
import { forgetOldCard, retryOldCard, takeOld } from '../requests/superseded-cards.ts';
import { messageWith } from './card-message.ts';
import { renderCard } from './cards/render.ts';
import { type Connector, toConnectorError } from './connector.ts';
import { isHopeless, readStatus, retryDelayMs } from './limits.ts';
import type { TeamsServices } from './teams-services.ts';

/**
 * Takes the buttons off an earlier message of a request's card: a newer one has taken its place. A press on it would
 * be checked like every other, but nobody should be offered what is out of date.
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
      sentence: `This card of ${request} is out of date. Another one in this conversation shows how it stands now.`,
      next: `Write “status of ${request}” to see it here.`,
    });
    await connector.update(conversation, old.activityId, messageWith(card));
    await forgetOldCard(services, id);
    services.log.info('an earlier card has lost its buttons', facts);
  } catch (cause) {
    const error = toConnectorError(cause);
    const answered = readStatus(error.status);
    services.log.warn('an earlier card could not be changed', { ...facts, status: error.status });
    if (isHopeless(answered, old.attempts, services.clock.now() - old.since.getTime())) {
      // Most likely the message was deleted, which is as good.
      return forgetOldCard(services, id);
    }
    await retryOldCard(services, id, retryDelayMs(old.attempts, services.random(), error.retryAfterMs));
  }
}
