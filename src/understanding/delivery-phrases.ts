import type { Reading } from './intents.ts';

const asking =
  "(?:(?:please|pls|plz|and|ok|hey|also|just|then|so|can you|can u|could you|would you|will you|i(?:['’]d| would) like you to|i want you to)[ ,]{1,2}){0,4}";
// A link that is wanted by mail is given here.
const things = 'zip|archive|export|copy|backup|file|files|results?|download|receipt';
const outcome = `(?:it|that|them|this|everything|(?:the|my|that|this)(?: [\\p{L}-]{2,12}){0,2}? (?:${things}))`;
const mailbox = '(?:e-?mail|mail|inbox|mailbox|outlook|gmail)(?: address| account)?';
const end = '(?: (?:please|pls|too|as well|instead|then|here|now|thanks)){0,3}[ ?!.]{0,4}$';
const mailed = new RegExp(
  [
    `^\\W{0,3}${asking}(?:e-?mail|mail)(?: me| us)? ${outcome}(?: to (?:me|us|my ${mailbox}))?${end}`,
    `^\\W{0,3}${asking}(?:send|forward|deliver|give)(?: me| us)? ${outcome}(?: over)? ` +
      `(?:to|into|by|via|per|in|as) (?:my |an? |our )?(?:work |own |private )?${mailbox}${end}`,
  ].join('|'),
  'iu',
);

const done =
  'done|ready|finished|complete|completed|through|over|there|here|deleted|removed|exported|gone|approved|rejected|decided|failed|fails|arrives?|arrived|finishes|completes|available';
const what = '(?:it|that|this|they|those|everything|all|(?:the|my)(?: [\\p{L}\\d-]{2,14}){1,3}?)';
const when = `(?:when|once|as soon as|if|after) ${what}(?:['’]?s| is| are|['’]?re| has| have| gets)?(?: been| all| fully| actually){0,2} (?:${done})\\b`;
const told = '(?:notify|tell|ping|alert|message|text|remind|inform|update|write|drop|give|send)';
const messages = '(?:message|note|line|shout|heads-?up|ping|notification|update|mail|e-?mail)';
const announced = new RegExp(
  [
    `^\\W{0,3}${asking}(?:${told} (?:me|us)(?: a| an)?(?: ${messages})?|let (?:me|us) know|shout)(?: here| again| back)? ${when}${end}`,
    `^\\W{0,3}(?:and |so |ok |but )?(?:will|do|would|am) i (?:get|be|hear|see|going to|receive)\\b[^.;!?]{0,40} ${when}${end}`,
  ].join('|'),
  'iu',
);

/**
 * A wish about how the outcome of a request reaches its person, and about nothing else: “email me the zip”, “tell me
 * when it is done”. Null for everything else. Pure; linear in the text.
 */
export function deliveryWish(text: string): Reading | null {
  const words = text.slice(0, 200).replaceAll(/\s+/gu, ' ').trim();
  const operation = mailed.test(words) ? 'mail' : announced.test(words) ? 'notify' : null;
  if (operation === null) return null;
  return { intent: 'unsupported', slots: { operation }, confidence: 0.9, why: 'how the outcome reaches its person' };
}
