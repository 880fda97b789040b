import { traitsOf } from '../../domain/actions.ts';
import { requestId } from '../../domain/request.ts';
import { renderCard } from '../cards/render.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';
import { waitingRequests } from './follow-up-answers.ts';

const copyFirst = /\b(?:cop(?:y|ies)|back(?:ed)? ?(?:it |them |that )?up|backup|export(?:ed)?|save it)\b/iu;
const first = /\b(?:first|before|beforehand|then delete|afterwards)\b/iu;

/**
 * A message that nothing understands, while one request of the person waits for an answer here: which one, with the
 * sentences that show and cancel it, since most such messages are about it. False when none or several wait.
 */
export async function answerIfWaiting(services: TeamsServices, turn: Turn): Promise<boolean> {
  const { actor, text } = turn;
  if (actor.conversation.kind !== 'personal') return false;
  const waiting = await waitingRequests(services, turn);
  const [request, ...others] = waiting.filter((each) => each.originConversationId === actor.conversation.id);
  if (request === undefined || others.length > 0) return false;
  const id = requestId(request.number);
  const { deletes, archives } = traitsOf(request.action);
  const asksForCopy = deletes !== 'nothing' && !archives && copyFirst.test(text) && first.test(text);
  if (asksForCopy && request.state === 'awaiting-confirmation') {
    const sentence = `To have a copy first, press “Export first, then delete” on the card of ${id}. I did nothing yet.`;
    await turn.say(renderCard('notice', { severity: 'info', sentence, next: null, examples: [`status of ${id}`] }));
    return true;
  }
  await turn.say(
    renderCard('notice', {
      severity: 'info',
      sentence: 'I did nothing, because I did not understand that as something I can do.',
      next: `${id} still waits for your answer. Nothing happens before you press a button on its card.`,
      examples: [`status of ${id}`, `cancel ${id}`, 'help'],
    }),
  );
  return true;
}
