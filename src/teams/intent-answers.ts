import { triedRoles } from '../requests/role-members.ts';
import type { IntentName, Offer } from '../understanding/intents.ts';
import { answerAddress } from './answers/address-answer.ts';
import { answerAddressProof } from './answers/address-proof-answer.ts';
import { showAssets } from './answers/asset-answer.ts';
import { answersChoice } from './answers/choice-answer.ts';
import * as deputies from './answers/deputy-answers.ts';
import { exportDirectoryData } from './answers/directory-answer.ts';
import * as followUp from './answers/follow-up-answers.ts';
import { help } from './answers/help-answer.ts';
import * as listings from './answers/listing-answers.ts';
import * as notYet from './answers/not-yet-answers.ts';
import * as question from './answers/question-answer.ts';
import { showRecord } from './answers/record-answer.ts';
import * as requests from './answers/request-answers.ts';
import { retry } from './answers/retry-answer.ts';
import { revokeLink } from './answers/revoke-answer.ts';
import * as schedules from './answers/schedule-answers.ts';
import { listedRequests, namesSeveralRequests } from './answers/several-requests.ts';
import * as talk from './answers/small-talk-answers.ts';
import { answerUnsupported } from './answers/unsupported-answer.ts';
import { answerIfCallingOff } from './answers/waiting-answer.ts';
import { answerIfWorkspaceResource } from './answers/workspace-resources-answer.ts';
import { renderCard } from './cards/render.ts';
import { cardOfOffers, offersOf, offersShown } from './offers.ts';
import { rememberOffers } from './planner.ts';
import type { TeamsServices } from './teams-services.ts';
import { sayUnderstood, sayWhatIDo } from './their-language.ts';
import type { Answer, Turn } from './turn.ts';

/** The handler of each intent. */
const answers: Readonly<Record<IntentName, Answer<TeamsServices>>> = {
  'export.workspace': requests.exportWorkspace,
  'export.assets': requests.exportAssets,
  'delete.assets': requests.deleteAssets,
  'delete.workspace': requests.deleteWorkspace,
  'dsr.export': requests.exportPersonalData,
  'dsr.erase': notYet.erasePerson,
  'dsr.discover': notYet.searchPerson,
  'dsr.extend': notYet.extendDueDate,
  'directory.export': exportDirectoryData,
  'list.assets': listings.listAssets,
  'list.workspaces': listings.listWorkspaces,
  'asset.show': showAssets,
  'account.info': listings.accountInfo,
  'request.status': followUp.status,
  'request.list': followUp.list,
  'request.cancel': followUp.cancel,
  'request.retry': retry,
  'record.show': showRecord,
  'link.renew': followUp.renew,
  'link.revoke': revokeLink,
  'schedule.create': schedules.createSchedule,
  'schedule.list': schedules.listSchedules,
  'schedule.stop': schedules.stopSchedule,
  'hold.place': notYet.hold,
  'hold.lift': notYet.hold,
  'hold.list': notYet.hold,
  'address.link': answerAddress,
  'address.prove': answerAddressProof,
  'deputy.name': deputies.nameDeputy,
  'deputy.end': deputies.endDeputies,
  'deputy.list': deputies.listDeputies,
  'admin.health': notYet.health,
  unsupported: answerUnsupported,
  confirm: followUp.confirm,
  decline: followUp.decline,
  ask: question.answerQuestion,
  help,
  greet: talk.greet,
  none: talk.notUnderstood,
};

/** Answers a sentence by its reading. Where the reading is unsure, asks which of up to three interpretations is right. */
export async function answerReading(services: TeamsServices, turn: Turn): Promise<void> {
  const { reading } = turn;
  await triedRoles(services, turn.signal);
  if (await answersChoice(services, turn)) return;
  if (asksWho.test(turn.text)) return question.answerWho(turn);
  const offers = offersOf(reading).filter((offer) => isWorthOffering(services, turn, offer));
  const dropped = offersOf(reading).length - offers.length;
  if (offers.length > 0 && asksForMembers.test(turn.text) && (await answerIfWorkspaceResource(services, turn))) return;
  const cancels = offers.length > 0 && offers.every(({ intent }) => intent === 'request.cancel');
  if (cancels && (await answerIfCallingOff(services, turn))) return;
  await sayFirst(services, turn, offers.length > 0);
  if (offers.length === 0 && dropped > 0) {
    return isQuestion(turn) ? question.answerQuestion(services, turn) : talk.notUnderstood(services, turn);
  }
  if (offers.length === 0) return answerWhole(services, turn);
  const shown = offersShown(offers, turn.text);
  if (shown.length === 0) return talk.notUnderstood(services, turn);
  const readings = shown.map(({ offer }) => offer);
  // A question needs its own words, which “the first one” has not.
  if (readings.every(({ intent }) => intent !== 'ask')) await rememberOffers(services, turn.actor, readings);
  await turn.say(cardOfOffers(shown));
}

/** A question that no page answers is told so, with the closest pages. */
function isQuestion({ text, reading }: Turn): boolean {
  return /\?\s*$/u.test(text) && offersOf(reading).some(({ intent }) => intent === 'ask');
}

/** “Who is Megan”, “owner PowerShell? who's that?” */
const noPersons =
  'the\\b|in\\b|on\\b|an?\\b|owner|allowed|able|responsible|using|my\\b|our\\b|your\\b|it\\b|there|left|still|affected|next|behind|who\\b';
const asksWho = new RegExp(
  [
    '^\\W{0,3}(?:(?:and|so|ok|but|hm+)[ ,]{1,2})?(?:(?:the )?owner,? [\\p{L} ]{2,30}[?,.]{1,2} ?)?',
    `(?:who(?:'s|’s| is|s)) (?!${noPersons})[\\p{L}.]{2,20}(?: \\p{Lu}\\p{L}{1,20})?`,
    '(?:,? is (?:that|it|he|she) (?:an? |the )?[a-z]{3,12})?[?!. ]{0,4}$',
  ].join(''),
  'u',
);

/** “Which people have access to Fraud Detection” is sure, whatever else it may sound like. */
const asksForMembers =
  /\b(?:who(?: all| else)?|people|persons|users|members?|colleagues)\b[^.;!?]{0,30}\b(?:access|members?|in|on|belongs?)\b/iu;

const listing = /\b(?:list|show|see|display|what|which|everything|anything|all|inventory|overview|have)\b/iu;

/** Without the offer of a question that no page answers, and of a list of everything that nobody asked for. */
function isWorthOffering({ library }: TeamsServices, { text }: Turn, { intent, slots }: Offer): boolean {
  if (intent === 'ask') return library.answer(text, { accountTypes: [], roles: [] }).kind === 'answer';
  return intent !== 'list.assets' || Object.keys(slots).length > 0 || listing.test(text);
}

/** The answer, and that of a question behind it, or that it was not answered. A list says so itself. */
async function answerWhole(services: TeamsServices, turn: Turn): Promise<void> {
  const { intent, overlooked } = turn.reading;
  await answerEach(services, turn);
  if (overlooked === undefined || intent === 'list.assets') return;
  if (await question.answerIfQuestion(services, { ...turn, text: overlooked })) return;
  const sentence = `I did not answer “${overlooked}”. Please ask that by itself.`;
  await turn.say(renderCard('notice', { severity: 'info', sentence, next: null, examples: [] }));
}

/** The answer; one for each request where several are listed. */
async function answerEach(services: TeamsServices, turn: Turn): Promise<void> {
  const { reading, text } = turn;
  const answer = answers[reading.intent];
  const listed = listedRequests(reading.intent, text, reading.slots.request);
  if (listed.length === 0 && reading.intent === 'request.cancel' && namesSeveralRequests(text)) {
    const sentence = 'You named several requests, and I am not sure which of them I should cancel. I did nothing.';
    const next = 'Write, for example, “cancel DSR-1001 and DSR-1002”, or “cancel everything”.';
    return turn.say(renderCard('notice', { severity: 'info', sentence, next, examples: ['status'] }));
  }
  if (listed.length === 0) return answer(services, turn);
  for (const request of listed) {
    const slots = { ...reading.slots, request };
    await answer(services, { ...turn, reading: { ...reading, slots } });
  }
}

/** How long an answer waits for the sentence before it, in milliseconds. */
const longestSentenceMs = 4_000;

/** Says what was understood before the answer. A sentence that Teams does not take never keeps the answer back. */
async function sayFirst({ log }: TeamsServices, turn: Turn, isUnsure: boolean): Promise<void> {
  if (turn.language === null) return;
  const late = new Promise<void>((resolve) => {
    AbortSignal.timeout(longestSentenceMs).addEventListener('abort', () => resolve(), { once: true });
  });
  const said = sentenceBefore(turn, isUnsure).catch((error: unknown) => log.error('sentence was not sent', error));
  await Promise.race([said, late]);
}

/** What is no command gets its sentence with its answer. */
function sentenceBefore(turn: Turn, isUnsure: boolean): Promise<void> {
  const { intent, incomplete } = turn.reading;
  if (isUnsure || incomplete !== undefined) return sayUnderstood(turn);
  if (intent === 'none' || intent === 'ask') return Promise.resolve();
  return intent === 'help' || intent === 'greet' ? sayWhatIDo(turn) : sayUnderstood(turn);
}

/** Continues with a reading that the person chose by a button. */
export async function answerOffered(services: TeamsServices, turn: Turn): Promise<void> {
  const { intent } = turn.reading;
  await (intent === 'none' ? talk.noneOffered(services, turn) : answers[intent](services, turn));
}
