import { traitsOf } from '../../domain/actions.ts';
import { finalStates, type RequestRecord, requestId } from '../../domain/request.ts';
import { myRequests } from '../../requests/report.ts';
import { saysDeletion } from '../../understanding/lexicon/adjustment-words.ts';
import { renderCard } from '../cards/render.ts';
import { listWords } from '../cards/words.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';
import { decline, waitingRequests } from './follow-up-answers.ts';

const copyFirst = /\b(?:cop(?:y|ies)|back(?:ed)? ?(?:it |them |that )?up|backup|export(?:ed)?|save it)\b/iu;
const first = /\b(?:first|before|beforehand|then delete|afterwards)\b/iu;

const what = '(?:it|that|this|them|these|those|everything)';
const callingOff = [
  'rather (?:not|keep|leave|wait)|prefer (?:not|to (?:keep|leave|wait))|better (?:not|leave|keep|wait)',
  'chang(?:ed?|ing) my mind|on second thou?ghts?|(?:shall|will|do|should|would|must|can) not (?:do|delete|remove|want|need|go)',
  "(?:won|don|shouldn|wouldn|can)['’]?t (?:do|delete|remove|want|need|go)",
  `(?:leave|keep|spare|hold) ${what}|let['’]?s not|not yet|hold off|never ?mind|forget (?:about )?${what}`,
  `(?:call|calling) (?:${what} )?off|take ${what} back|please stop|stop (?:it|that|this)\\b|as it is for now`,
];
const callsOff = new RegExp(`\\b(?:${callingOff.join('|')})\\b`, 'iu');

const deletesNot = /\b(?:not|n['’]t|never|no) (?:to |want to )?(?:delete|remove|erase)\b|\bnot yet\b|\brather not\b/iu;

/** How long ago a request may have ended for “oh no, stop” to be about it, in milliseconds. */
const recentMs = 10 * 60_000;

/**
 * A message that nothing understands, while requests of the person wait here or have just ended. What calls one off is
 * taken at its word, since withdrawing changes nothing; otherwise it is said which ones wait, with the sentences that
 * show and cancel them, since most such messages are about them. False when the message has nothing to do with any.
 */
export async function answerIfWaiting(services: TeamsServices, turn: Turn): Promise<boolean> {
  const { actor, text } = turn;
  if (actor.conversation.kind !== 'personal') return false;
  const waiting = await waitingRequests(services, turn);
  const here = waiting.filter((each) => each.originConversationId === actor.conversation.id);
  const [request, ...others] = here;
  // "The old ones can go, I don't need them" wants something gone, and not a request called off.
  const isOff = callsOff.test(text) && !saysDeletion.test(text);
  if (request === undefined) return isOff && (await answerIfEnded(services, turn));
  if (others.length === 0 && (await answerCopyWish(turn, request))) return true;
  if (isOff) {
    await decline(services, turn);
    return true;
  }
  await turn.say(
    renderCard('notice', {
      severity: 'info',
      sentence: 'I did nothing, because I did not understand that as something I can do.',
      next: waitingWords(here),
      examples:
        others.length > 0
          ? ['status', 'help']
          : [`status of ${requestId(request.number)}`, `cancel ${requestId(request.number)}`, 'help'],
    }),
  );
  return true;
}

/** “I would rather keep it”, which sounds most like a wish to cancel, while something waits here. Whether it was answered. */
export async function answerIfCallingOff(services: TeamsServices, turn: Turn): Promise<boolean> {
  if (!callsOff.test(turn.text) || copyFirst.test(turn.text)) return false;
  const waiting = await waitingRequests(services, turn);
  if (!waiting.some(({ originConversationId }) => originConversationId === turn.actor.conversation.id)) return false;
  await decline(services, turn);
  return true;
}

/** “Make a copy first”: which button does that; “do not delete it, just copy it”: that those are two requests. */
async function answerCopyWish(turn: Turn, request: RequestRecord): Promise<boolean> {
  const { text } = turn;
  const { deletes, archives } = traitsOf(request.action);
  if (deletes === 'nothing' || archives || request.state !== 'awaiting-confirmation' || !copyFirst.test(text))
    return false;
  const id = requestId(request.number);
  const keeps = deletesNot.test(text);
  if (!keeps && !first.test(text)) return false;
  const [only, ...others] = request.ask.mentions;
  const named = only === undefined || others.length > 0 ? [] : [`export ${only.kind ?? 'dataset'} "${only.name}"`];
  const sentence = keeps
    ? `Nothing is deleted as long as you do not press a button of ${id}. To have a copy alone, cancel ${id} and ask for the export. I did nothing yet.`
    : `To have a copy first, press “Export first, then delete” on the card of ${id}. I did nothing yet.`;
  const examples = keeps ? [...named, `cancel ${id}`] : [`status of ${id}`];
  await turn.say(renderCard('notice', { severity: 'info', sentence, next: null, examples }));
  return true;
}

/** “Oh no, please stop” a moment too late: that it has ended, which its card shows. */
async function answerIfEnded(services: TeamsServices, turn: Turn): Promise<boolean> {
  const [newest] = await myRequests(services, turn.actor.person, 1);
  if (newest === undefined) return false;
  const age = services.clock.now() - newest.updatedAt.getTime();
  if (!finalStates.has(newest.state)) {
    await decline(services, turn);
    return true;
  }
  if (age > recentMs || newest.startedAt === null) return false;
  const id = requestId(newest.number);
  const sentence = `${id} has already ended, so there is nothing left to stop. Its card shows what was done.`;
  await turn.say(renderCard('notice', { severity: 'info', sentence, next: null, examples: [`status of ${id}`] }));
  return true;
}

/** What the waiting requests wait for. */
function waitingWords(requests: readonly RequestRecord[]): string {
  const ids = requests.slice(0, 5).map(({ number }) => requestId(number));
  const [only, ...others] = requests;
  if (others.length > 0)
    return `${listWords(ids)} still wait. Nothing happens before a button on their cards is pressed.`;
  return only?.state === 'awaiting-approval'
    ? `${ids[0]} waits for an approval, not for you. You can withdraw it as long as it waits.`
    : `${ids[0]} still waits for your answer. Nothing happens until you answer it.`;
}
