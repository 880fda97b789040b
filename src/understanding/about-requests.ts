import type { ConversationContext } from './conversation.ts';
import { exceptionCue } from './excepted-limits.ts';
import type { Offer, Reading } from './intents.ts';
import { actOf } from './lexicon/acts.ts';
import { normalise } from './normalise.ts';
import { recurrenceIn } from './recurrence.ts';
import { tokenise } from './utterance.ts';

const number = '(?:dsr[\\s-]?)?\\d{3,9}';
const several = `${number}(?:(?:,|,? and|,? &) ${number}){1,9}`;
const canGo = new RegExp(
  `^(?:and |ok |so )?(?:requests? )?(${several}) (?:can|may|should) (?:both |all )?` +
    '(?:go|be (?:cancelled|canceled|dropped|binned|scrapped|ditched))\\b[^.;!?]{0,30}[.!]?$',
  'iu',
);
const oneNumber = new RegExp(number, 'iu');

const denied = /^\W{0,3}(?:no|nope|nah|not that(?: one)?|i mean(?:t)?)\b/iu;
const takingBack = new RegExp(
  [
    '\\b(?:cancel\\w*|cansel|stop\\w*|kill\\w*|abort\\w*|withdr\\w*|drop\\w*|scrap\\w*|bin|ditch|call(?:ed|ing)? off|forget|undo',
    "revoke\\w*|halt\\w*|park|shelve|don['’]?t|do not|never ?mind|no longer|not needed|can go|remove|delete|end|quit|scratch|nvm",
    'discard|annul\\w*|storn\\w*|abbrech\\w*|annuler|anular|cancela\\w*|annulla\\w*|anuluj|take back)\\b',
  ].join('|'),
  'iu',
);

const lead = '^(?:(?:so|and|ok|hmm?|hey|wait|well|um|now|er)[ ,.]{1,3}){0,3}';
const states =
  'gone|deleted|removed|wiped|erased|done|ready|finished|over|through|exported|backed up|cancelled|canceled|stopped|dead|out|dropped';
const being =
  '(?:is|are|was|has|have|did) (?:it|that|they|this|those|these|everything|all)(?: all| really| already| been| now| get| actually){0,2} ';
const end = '[ ?!.]{0,6}$';
const asksState = new RegExp(
  [
    `${lead}(?:${being})?(?:all |already |really )?(?:${states})(?: or not| yet| now| already| then| for good| for real)?\\?${end}`,
    `${lead}${being}(?:${states}) or not${end}`,
    `${lead}(?:did|has|have) (?:it|that|this|they|everything)(?: all| really| actually| now){0,2} (?:work|worked|go through|gone through|come through|` +
      `succeed|succeeded|happen|happened|run|ran)(?: out| ok| okay| well| yet| now| or not){0,2}${end}`,
    `${lead}what (?:happened|became|has become) (?:to|of|with) (?:it|that|my|the)(?: other| last| first)?` +
      `(?: request| export| deletion| preview| backup| one)?\\b[^.;!?]{0,60}${end}`,
  ].join('|'),
  'iu',
);

const restoring = new RegExp(
  `${lead}(?:please |can you |could you )?(?:(?:restore|undelete|recover) (?:it|that|them|this|those)|(?:bring|get|put) (?:it|that|them|this|those) back)(?: please| again)?${end}`,
  'iu',
);

const runs = 'run|runs|start|starts|happen|happens|begin|begins|go|kick in';
const rhythm = '(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekly|monthly|daily';
const asksSchedule = new RegExp(
  [
    `${lead}when (?:does|will|would|is) (?:that|it|this|the (?:first|next)(?: one| run)?)(?: first| next)? (?:${runs})\\b[^.;!?]{0,20}${end}`,
    `${lead}(?:(?:is|are) )?(?:the |my )?(?:${rhythm}|schedule|repeating)(?: one| export| backup)? ` +
      `(?:off|on|gone|stopped|still on|still there)(?: now| then)?${end}`,
    `${lead}(?:it(?:'s| is) )?only (?:on )?(?:${rhythm})(?: now| then){0,2},? (?:right|correct|yes|yeah|ok)${end}`,
  ].join('|'),
  'iu',
);

/**
 * A short message about a request or a schedule that is meant by the conversation alone: "gone?", "when does that run",
 * "1005 and 1006 can go". Null for everything else. Pure; linear in the text.
 */
export function aboutRequest(text: string, context: ConversationContext | undefined): Reading | null {
  const words = text
    .slice(0, 200)
    .replaceAll(/\s+/gu, ' ')
    .replace(/^\W{1,3}/u, '')
    .trim();
  const gone = canGo.exec(words)?.[1];
  if (gone !== undefined) {
    const request = oneNumber.exec(gone)?.[0] ?? '';
    return { intent: 'request.cancel', slots: { request }, confidence: 0.9, why: 'several requests can go' };
  }
  if (asksSchedule.test(words) && context?.turns.some(({ repeats }) => repeats === true) === true) {
    return { intent: 'schedule.list', slots: {}, confidence: 0.9, why: 'asks about what repeats' };
  }
  if (restoring.test(words)) {
    return { intent: 'unsupported', slots: { operation: 'restore' }, confidence: 0.9, why: 'wants something back' };
  }
  if (asksStart.test(words) && context?.turns[0]?.intent.startsWith('delete.') === true) {
    return { intent: 'request.status', slots: {}, confidence: 0.9, why: 'asks when it starts' };
  }
  if (asksHistory.test(words)) {
    return { intent: 'request.list', slots: { scope: 'mine' }, confidence: 0.9, why: 'asks what was done' };
  }
  if (asksBackup.test(words)) {
    return { intent: 'request.list', slots: { scope: 'mine' }, confidence: 0.9, why: 'asks which archives there are' };
  }
  const wasExport = context?.turns[0]?.intent.startsWith('export.') === true;
  if (asksArchive.test(words) && wasExport) {
    return { intent: 'request.status', slots: {}, confidence: 0.9, why: 'asks about an archive' };
  }
  if (asksApproval.test(words) && context?.turns[0]?.intent.startsWith('delete.') === true) {
    return { intent: 'ask', slots: {}, confidence: 0.9, why: 'asks who approves' };
  }
  if (asksWhetherDone.test(words)) {
    const request = oneNumber.exec(words)?.[0] ?? '';
    return { intent: 'request.status', slots: { request }, confidence: 0.9, why: 'asks whether it is done' };
  }
  if (asksState.test(words)) return { intent: 'request.status', slots: {}, confidence: 0.9, why: 'asks how far it is' };
  return null;
}

/** "Who has to approve that, and why?": a rule, and no fact of the asset that was spoken of. */
const asksApproval =
  /^\W{0,3}(?:(?:and|so|ok|but)[ ,]{1,2}){0,2}(?:who|how long|when|why)\b[^.;!?]{0,30}\bapprov(?:e|es|ed|al)\b(?![^?]{0,40}\bdsr)/iu;

/** "How big will the zip be?": about what an export made. */
const asksArchive =
  /\b(?:how big|how large|where|what size)\b[^.;!?]{0,30}\b(?:the|my|that) (?:zip|archive|copy|download)\b/iu;

/** "Did you actually cancel 1001?": how far it is, and nothing new. */
const asksWhetherDone = new RegExp(
  `${lead}(?:did|have|has|is|was) (?:you |it |the )?(?:[\\p{L}]{2,9} ){0,3}?(?:cancel|stop|delet|remov|export|finish|withdr|drop|done|start|carr)\\p{L}{0,7} ` +
    `(?:(?:out|with|the|request|export|deletion) ){0,2}${number}(?: (?:now|yet|already|for me|or not|then)){0,2}${end}`,
  'iu',
);

/** "When does it start?" behind a deletion, which may have to wait. */
const asksStart = new RegExp(
  [
    '^(?:(?:so|and|ok|okay|but|hey)[ ,]{1,2}){0,2}(?:when|what time|how long|how much time)\\b(?![^.;!?]{0,20}\\b(?:did|was|last|made|created)\\b)',
    '[^.;!?]{0,24}\\b(?:it|that|this|(?:my|the) (?:deletion|request|removal))\\b[^.;!?]{0,12}\\b(?:starts?|begins?|runs?|happens?|deleted|gone|goes?)\\b',
  ].join(''),
  'iu',
);

/** "What did I delete and export today": the requests, and nothing new. */
const asksHistory = new RegExp(
  [
    "^(?:[\\p{L} ]{0,30}\\b)?what(?:['’]?s| all)? ?(?:did|d|have|has|['’]d) (?:i|we) (?:just |already |so far |actually )?",
    '(?:export|delete|remove|back|eras|wip|cancel|request|order)\\p{L}{0,3}\\b(?!.{0,80}[;!] )',
  ].join(''),
  'iu',
);

/** "Is there a backup of Churn Lab?": what was exported, and nothing new. */
const asksBackup = new RegExp(
  [
    `${lead}(?:is|are) there (?:already )?(?:a |an |any |some )?(?:recent |older |other )?(?:backups?|exports?|archives?|copy|copies) (?:of|for|from)\\b(?:[^.;!?]|\\.(?=\\w)){1,60}${end}`,
    `${lead}(?:do|did|have) (?:we|i|you) (?:already |still |ever )?(?:have|got|made?|keep|taken?) (?:already )?(?:a|an|any) (?:recent |older |current )?` +
      `(?:backups?|exports?|archives?) (?:of|for|from)\\b(?:[^.;!?]|\\.(?=\\w)){1,60}${end}`,
    `${lead}(?:has|have|was|were) [^.;!?]{2,40} (?:already |ever |recently )?(?:been )?(?:backed up|exported)(?: already| before| yet| ever| recently){0,2}${end}`,
  ].join('|'),
  'iu',
);

const handedOver = '(?:link|zip|archive|file|files|export|copy|backup|download|it|that|them|those|this)';
const notOthers = [
  'me\\b|us\\b|our\\b|a \\b|azure|blob|disk|zip|csv',
  'my (?:own |personal |work )?(?:chat|mail|e-?mail|inbox|address|computer|laptop|account|workspace)\\b',
  'the (?:workspace|cloud|trash|bin|archive|storage)\\b',
].join('|');
const sharing = new RegExp(
  [
    `\\b(?:e-?mail|mail|send|forward|share|pass|give)\\b[^.;!?]{0,30}\\b${handedOver}\\b[^.;!?]{0,20}\\b(?:to|with) (?!${notOthers})\\p{L}`,
    '\\btransfer (?:the |its |their )?ownership\\b|\\bhand\\b[^.;!?]{1,40}\\bover to\\b|\\bmake \\p{L}{1,30} the (?:new )?owner\\b',
    '\\btake over (?:the|my) (?:schedule|recurring)',
  ].join('|'),
  'iu',
);

/** "Can you email the zip to Bob", "transfer ownership to Megan": nothing is handed to somebody else. */
export function sharesWithOthers({ intent, offers = [] }: Reading, text: string): boolean {
  const isOpen = intent === 'none' || intent === 'ask' || intent === 'list.assets' || intent === 'link.renew';
  return isOpen && !offers.some((offer) => offer.intent.startsWith('delete.')) && sharing.test(text);
}

const same = new RegExp(
  [
    '^(?:(?:and|now|then|please|ok|okay|great|good|can you|could you)[ ,]{1,2}){0,4}(?:(?:do|set up|schedule|make|have|want) )?',
    '(?:exactly )?(?:the )?same (?:thing |again |export |backup )?(?:please )?(?:for|with|in|of) (?:the )?(?:workspace )?',
    '["“]?([^"”.;!?,]{2,60}?)["”]?(?: workspace)?(?:,? (?:but|only) ([^.;!?]{3,40}))?(?:,? (?:please|too|as well|thanks|then)){0,2}[.!]?$',
  ].join(''),
  'iu',
);

/** "Do the same for Fraud Detection", "same for fraud but Mondays": the last export, of another workspace. */
export function sameElsewhere(
  text: string,
  context: ConversationContext | undefined,
  today: string | undefined,
): Reading | null {
  const [, workspace, but] = same.exec(text.slice(0, 200).trim()) ?? [];
  const [last] = context?.turns ?? [];
  if (workspace === undefined || last?.intent !== 'export.workspace') return null;
  const intent = last.repeats === true ? 'schedule.create' : 'export.workspace';
  const said = but === undefined ? {} : recurrenceIn(tokenise(normalise(`every ${but}`).text), [], today ?? null);
  // What stands behind "but" and is no rhythm would be lost.
  if (but !== undefined && (said.recurrence === undefined || intent !== 'schedule.create')) return null;
  const often = last.recurrence === undefined ? {} : { recurrence: last.recurrence };
  return { intent, slots: { workspace, ...often, ...said }, confidence: 0.8, why: 'the same of another workspace' };
}

const revoking =
  /\b(?:revoke|disable|kill|stop|expire|invalid\w*|deactivat\w*|cancel|block|withdraw|remove|delete|switch off|turn off|leak\w*)\b/iu;

const wantsIt = /\b(?:i (?:mean|meant|want|need|would like)|send|give|get me|where|show|can i have|may i have)\b/iu;

/** "I meant the download link of the other backup": nothing is to be revoked. */
export function withMeantLink(reading: Reading, text: string): Reading {
  const { offers = [] } = reading;
  const isOffered =
    offers.some(({ intent }) => intent === 'link.renew') &&
    offers.every(({ intent }) => intent === 'ask' || intent.startsWith('link.'));
  const isOfLinks = isOffered || (reading.intent === 'link.revoke' && wantsIt.test(text));
  if (!isOfLinks || revoking.test(text) || !/\blinks?\b/iu.test(text)) return reading;
  const { offers: _offers, ...rest } = reading;
  return {
    ...rest,
    intent: 'link.renew',
    slots: offers.find(({ intent }) => intent === 'link.renew')?.slots ?? {},
    confidence: 0.8,
  };
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
  const rest = intent === 'request.cancel' && reading.overlooked === undefined ? wishBehind(text) : null;
  if (rest !== null) return { ...reading, overlooked: rest };
  if (intent !== 'request.cancel' || slots.request === undefined || !denied.test(text) || takingBack.test(text))
    return reading;
  return {
    intent: 'request.status',
    slots: { request: slots.request },
    confidence: 0.8,
    why: 'names which request is meant',
  };
}

/** "Cancel 1006, delete scratch instead": a clause behind, with a command of its own; null when there is none. */
function wishBehind(text: string): string | null {
  const [, ...clauses] = text.slice(0, 300).split(/[,;.] (?:and |then |but )?(?=\p{L})/u);
  const own = clauses.find((clause) => {
    const act = actOf(clause.split(/[^\p{L}]/u)[0]?.toLowerCase() ?? '');
    return act === 'delete' || act === 'export';
  });
  return own === undefined ? null : own.slice(0, 100);
}

const rhythmSaid = new RegExp(
  [
    `\\b(?:${rhythm}|fortnightly|quarterly|yearly|every|each|\\d{1,2}(?:st|nd|rd|th)|first|last|tomorrow|later|earlier`,
    'january|february|march|april|may|june|july|august|september|october|november|december)\\b',
  ].join('|'),
  'iu',
);
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

const insteadOf =
  /\binstead of (?:every |each )?(?:dai|week|month|quarter|year|fortnight|two|three|mon|tues|wednes|thurs|fri|satur|sun|\d)/iu;

/** "Quarterly instead of monthly" behind a recurring export, without saying of what: a change of that one. */
export function swapsRhythm({ intent, slots }: Reading, text: string): boolean {
  return intent === 'schedule.create' && slots.workspace === undefined && insteadOf.test(text);
}

const startsLater = new RegExp(
  '^(?:(?:and|so|ok|please|hm+)[ ,]{1,2}){0,2}(?:can|could|should|may|would|will) (?:the|my|that) ' +
    '(?:daily|weekly|monthly|recurring|scheduled|regular|friday|monday) ?(?:backup|export|copy|one|run)s? (?:start|begin|run|be|happen)\\b',
  'iu',
);

const endings =
  /\b(?:stop\w*|end\w*|cancel\w*|halt|quit|kill|drop|scrap|no more|any ?more|not|n['’]t|never|off|pause|undo|which|what|list)\b/iu;

/** "Back up churn lab every Monday" sets something up: it is not asked whether it should stop something. Pure. */
export function withMeantSchedule(reading: Reading, text: string): Reading {
  const { offers = [] } = reading;
  const create = offers.find(({ intent, slots }) => intent === 'schedule.create' && slots.recurrence !== undefined);
  // What is to repeat is never exported once.
  const isOfSchedules = offers.every(({ intent }) => /^(?:schedule\.|export\.|admin\.health)/u.test(intent));
  if (create === undefined || !isOfSchedules || endings.test(text)) return reading;
  const { offers: _offers, ...rest } = reading;
  return { ...rest, intent: create.intent, slots: create.slots, confidence: 0.8 };
}

const wanting =
  '(?:can|could|may) (?:i|we|you) (?:please )?(?:have|get|see|show|send|give)|(?:give|send|show) me|i (?:want|need)|where is|i(?:.d| would) like';
const receiptWanted = new RegExp(
  `^(?:[^.;!?]{0,60}[.?!,;])?\\W*(?:and |so |ok |then |please )?(?:${wanting})\\b[^.;!?]{0,40}\\b(?:receipt|certificate|proof)\\b`,
  'iu',
);

/** "Can I have a receipt for DSR-1005?": what there is of a proof, and no rule about it. */
export function receiptIn(text: string): Reading | null {
  if (!receiptWanted.test(text)) return null;
  const request = /\bdsr[\s-]?\d{1,12}\b/iu.exec(text)?.[0];
  const slots = request === undefined ? {} : { request };
  return { intent: 'record.show', slots, confidence: 0.9, why: 'asks for a receipt' };
}
