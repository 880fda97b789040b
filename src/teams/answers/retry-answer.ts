import { refusalSentence } from '../../domain/refusals.ts';
import { requestId, requestNumber } from '../../domain/request.ts';
import { newestRetryable, retryFailed } from '../../requests/retry.ts';
import { type RenderedCard, renderCard } from '../cards/render.ts';
import { refusalWords } from '../refusal-words.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';

/** "try again", "retry DSR-1042": creates a new request for what failed, with its own preview, like the button on the card. */
export async function retry(services: TeamsServices, turn: Turn): Promise<void> {
  const { person, conversation } = turn.actor;
  const typed = turn.reading.slots.request;
  if (typed !== undefined && requestNumber(typed) === null) {
    return turn.say(notice('refused', refusalSentence({ reason: 'unknown-request', name: typed }), ['status']));
  }
  const number = typed === undefined ? await newestRetryable(services, person) : requestNumber(typed);
  if (number === null) {
    return turn.say(notice('info', 'None of your latest requests has anything to retry.', ['status']));
  }
  const id = requestId(number);
  const outcome = await retryFailed(
    services,
    person,
    { conversationId: conversation.id, kind: conversation.kind },
    number,
  );
  switch (outcome.result) {
    case 'refused':
      return turn.say(
        notice('refused', refusalWords(services, outcome.refusal, person, conversation.kind === 'personal'), [
          'status',
        ]),
      );
    case 'repeated':
      return turn.say(notice('info', `What failed in ${id} is already being retried.`, [`status of ${id}`]));
    default:
      return turn.say(notice('info', `I am checking what failed in ${id}. A preview follows for you to confirm.`, []));
  }
}

function notice(severity: 'info' | 'refused', sentence: string, examples: readonly string[]): RenderedCard {
  return renderCard('notice', { severity, sentence, next: null, examples });
}
