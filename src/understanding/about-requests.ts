import type { ConversationContext } from './conversation.ts';
import { exceptionCue } from './excepted-limits.ts';
import type { Offer, Reading } from './intents.ts';

const number = '(?:dsr[\\s-]?)?\\d{3,9}';
const several = `${number}(?:(?:,|,? and|,? &) ${number}){1,9}`;
const canGo = new RegExp(
  `^(?:[^.;!?]{0,20}[.,;!] )?\\W*(?:and |ok |so )?(?:requests? )?(${several}) (?:can|may|should) (?:both |all )?(?:go|be (?:cancelled|canceled|dropped|binned|scrapped|ditched))\\b[^.;!?]{0,30}\\W*$`,
  'iu',
);
const oneNumber = new RegExp(number, 'iu');

const denied = /^\W*(?:no|nope|nah|not that(?: one)?|i mean(?:t)?)\b/iu;
const takingBack =
  /\b(?:cancel\w*|cansel|stop\w*|kill\w*|abort\w*|withdr\w*|drop\w*|scrap\w*|bin|ditch|call(?:ed|ing)? off|forget|undo|revoke\w*|halt\w*|park|shelve|don['’]?t|do not|never ?mind|no longer|not needed|can go|remove|delete|end|quit|scratch|nvm|discard|annul\w*|storn\w*|abbrech\w*|annuler|anular|cancela\w*|annulla\w*|anuluj|take back)\b/iu;

const states =
  'gone|deleted|removed|wiped|erased|done|ready|finished|over|through|exported|backed up|cancelled|canceled|stopped|in|dead|out|dropped|withdrawn';
const asksState = new RegExp(
  [
    `^\\W*(?:(?:so|and|ok|hm+|hey|wait|well|um|now|er)\\W+){0,3}(?:(?:is|are|was|has|have|did) (?:it|that|they|this|those|these|everything|all)(?: all| really| already| been| been all| now| get| actually){0,2} )?(?:all |already |really )?(?:${states})(?: or not| yet| now| already| then| for good| for real)?\\W*\\?\\W*$`,
    `^\\W*(?:(?:so|and|ok|hey|wait|well)\\W+){0,3}(?:is|are|was|has|did) (?:it|that|they|this)(?: been| get| all| really){0,2} (?:${states}) or not\\b\\W*$`,
    '^\\W*(?:(?:so|and|ok|hey|wait|well)\\W+){0,3}what (?:happened|became|has become) (?:to|of|with) (?:it|that|my|the)(?: other| last| first)?(?: request| export| deletion| preview| backup| one)?\\b[^.;!?]{0,40}\\W*(?:is (?:that|it) (?:dead|gone|done|over)\\W*)?$',
  ]
    .map((pattern) => `(?:${pattern})`)
    .join('|'),
  'iu',
);

const runs = 'run|runs|start|starts|happen|happens|begin|begins|go|kick in';
const days = 'mon|tues|wednes|thurs|fri|satur|sun';
const asksSchedule = new RegExp(
  [
    `^\\W*(?:(?:so|and|ok|hey|wait|well)\\W+){0,3}when (?:does|will|would|is) (?:that|it|this|the (?:first|next)(?: one| run)?)(?: first| next)? (?:${runs})\\b[^.;!?]{0,20}\\W*$`,
    `^\\W*(?:(?:so|and|ok|hey|wait|well)\\W+){0,3}(?:(?:is|are) )?(?:the |my )?(?:(?:${days})days?|daily|weekly|monthly|schedule|repeating)(?: one| export| backup)? (?:off|on|gone|stopped|still on|still there)(?: now| then)?\\W*$`,
    `^\\W*(?:(?:so|and|ok|hey|wait|well)\\W+){0,3}(?:it(?:'s| is) )?only (?:on )?(?:(?:${days})days?|weekly|monthly|daily)(?: now| then){0,2},? (?:right|correct|yes|yeah|ok)\\W*$`,
  ]
    .map((pattern) => `(?:${pattern})`)
    .join('|'),
  'iu',
);

/**
 * A short message about a request or a schedule that is meant by the conversation alone: "gone?", "when does that run",
 * "1005 and 1006 can go". Null for everything else. Pure; linear in the text.
 */
export function aboutRequest(text: string, context: ConversationContext | undefined): Reading | null {
  const words = text.replaceAll(/\s+/gu, ' ').slice(0, 200);
  const gone = canGo.exec(words)?.[1];
  if (gone !== undefined) {
    const request = oneNumber.exec(gone)?.[0] ?? '';
    return { intent: 'request.cancel', slots: { request }, confidence: 0.9, why: 'several requests can go' };
  }
  if (asksSchedule.test(words) && context?.turns.some(({ repeats }) => repeats === true) === true) {
    return { intent: 'schedule.list', slots: {}, confidence: 0.9, why: 'asks about what repeats' };
  }
  if (asksState.test(words)) return { intent: 'request.status', slots: {}, confidence: 0.9, why: 'asks how far it is' };
  return null;
}

/**
 * "No, the one at the bottom, DSR-1001" corrects which one is meant and cancels nothing; and what is to be cancelled
 * "except one" is not everything: the requests are listed instead. Pure; linear in the text.
 */
export function withMeantCancel(reading: Reading, text: string): Reading {
  const isAll = ({ intent, slots }: Offer) => intent === 'request.cancel' && slots.all === true;
  if ((isAll(reading) || reading.offers?.some(isAll) === true) && text.search(exceptionCue) >= 0) {
    return { intent: 'request.list', slots: { scope: 'mine' }, confidence: 0.8, why: 'cancels all but some' };
  }
  const { intent, slots } = reading;
  if (intent !== 'request.cancel' || slots.request === undefined || !denied.test(text) || takingBack.test(text))
    return reading;
  return {
    intent: 'request.status',
    slots: { request: slots.request },
    confidence: 0.8,
    why: 'names which request is meant',
  };
}

const rhythmSaid =
  /\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|daily|weekly|fortnightly|monthly|quarterly|yearly|every|each|\d{1,2}(?:st|nd|rd|th)|first|last|january|february|march|april|may|june|july|august|september|october|november|december|tomorrow|later|earlier)\b/iu;
const ownExport =
  /\b(?:export|back ?up|save|download|copy)\s+(?!start|run|be\b|go\b|begin)(?:my|the|all|every|everything|workspace|datasets?|["“\p{Lu}])/u;

/**
 * "Scrap that schedule and make it the first of each month instead", "could the monthly backup start in January
 * instead": a change of what repeats, which is not done; said so, rather than doing one half of it. Pure; linear in the
 * text.
 */
export function changesSchedule(reading: Reading, text: string): boolean {
  const { intent, offers = [] } = reading;
  const isSchedule = [intent, ...offers.map((offer) => offer.intent)].some((each) => each.startsWith('schedule.'));
  if (!isSchedule || intent === 'schedule.list' || !rhythmSaid.test(text) || ownExport.test(text)) return false;
  if (intent === 'schedule.stop') return /\b(?:and|then|but)\b[^.;!?]{0,20}\bmake (?:it|that)\b/iu.test(text);
  return startsLater.test(text);
}

const startsLater =
  /^\W*(?:(?:and|so|ok|please|hm+)\W+){0,2}(?:can|could|should|may|would|will) (?:the|my|that) (?:daily|weekly|monthly|recurring|scheduled|regular|friday|monday) ?(?:backup|export|copy|one|run)s? (?:start|begin|run|be|happen)\b/iu;
