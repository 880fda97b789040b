import { requestNumber } from '../domain/request.ts';
import type { Reading } from './intents.ts';

const opener = [
  'please|pls|nvm|never mind|ok|okay|hey|can you|could you|now|then|also|and|so|actually|right|i mean|on second thoughts?',
  'sod it|bugger|no|cool|alright|great|good|fine|one last thing|one more thing|finally|lastly|oh|wait|wait no|no wait|whoa',
].join('|');
const opening = `(?:(?:${opener})[ ,.!-]{1,4}){0,5}`;
const weekday = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const rhythm = `daily|weekly|fortnightly|monthly|quarterly|yearly|annual|recurring|regular|scheduled|repeating|nightly|${weekday}`;
const what = 'copy|copies|exports?|backups?|back-ups?|ones?|downloads?|runs?|schedules?|things?|jobs?';
const ending = 'stop|end|cancel|switch off|turn off|kill|drop|call off|scrap|bin|ditch|pull|quit|halt';
const whose = '(?:the |my |our |that |this )?';
const stopping = new RegExp(`^\\W{0,3}${opening}(?:${ending}) ${whose}(?:${rhythm}) (?:${what})\\b`, 'iu');

const otherWish = /\b(?:export|delete|remove|erase|wipe|list|show|don['’]?t|do not|never)\b/iu;

/** "… but do not touch the archive that exists": what stopping does not do anyway. */
const sparing =
  /^but (?:please )?(?:do not|don['’]?t|never) (?:touch|delete|remove|lose)\b.{0,40}\b(?:archives?|backups?|copies|copy|exports?|files?)\b/iu;

/** "Since I won't be around, stop the monthly copy": ends what repeats, whatever is said around it. */
export function stopsSchedule(text: string): boolean {
  const clauses = text
    .replaceAll(/\s+/gu, ' ')
    .slice(0, 300)
    .split(/[.,;!?] | - /u);
  const at = clauses.findIndex((clause) => stopping.test(clause));
  // A clause in front of it may say that it is not to be.
  return (
    at === 0 ||
    (at > 0 && !clauses.some((clause, other) => other !== at && otherWish.test(clause) && !sparing.test(clause)))
  );
}

const dropping =
  'hold|pause|cancel|scrap|bin|ditch|drop|park|forget|call off|kill|withdraw|stop|abort|shelve|scratch|bag';
const request = 'request|export|deletion|backup|back-up|preview|order|erasure|removal|job';
const numbered = new RegExp(
  `^\\W{0,3}${opening}(?:${dropping}) (?:request |number |no\\.? )?(?:#\\s?)?((?:dsr[\\s-]?)?\\d{3,9})\\b(?!\\.\\w)`,
  'iu',
);
const pointed = new RegExp(
  `^\\W{0,3}${opening}(?:${dropping}) (?:that|this|the|my) (?:last |whole )?(?:${request})\\b(.*)$`,
  'iu',
);
const doubting = '(?:on second thou?ghts?|hmm?|no|nah|actually|wait|sod it|forget it|right|ok)?';
const parking = '(?:park|shelve|scrap|bin|ditch|bag|drop|forget|leave) (?:it|that|this|them)';
const parked = new RegExp(
  `^\\W{0,3}${doubting}\\W{1,3}(?:please )?${parking}(?: for now| then| after all| please)?\\W*$`,
  'iu',
);
const sighing = '(?:(?:lol|hm+|oh|ah|no|nah|nope|wait|ok|actually|well|on reflection|yeah)\\W+){0,4}';
const callingOff = new RegExp(
  [
    '^\\W{0,3}(?:(?:on second thou?ghts?|actually|hmm?|well|in that case|then|please|no|ok)\\W{1,3}){0,3}',
    "(?:i(?:'d| would) (?:rather|prefer to|like to)|let(?:'s| us)|please|we(?:'d| would) (?:rather|better)|better|i want to) ",
    '(?:call (?:it|that|this) off|not do (?:it|that|this)|(?:leave|drop|cancel) (?:it|that|this))\\b',
  ].join(''),
  'iu',
);
const leaving = '(?:leave|forget|drop|scrap) (?:it|that|this)(?: one)?';
const after =
  '(?:\\W+(?:forget it|leave it|after all|then|for now|please|i (?:shall|will|want to|am going to) keep .{1,40}))?';
const left = new RegExp(`^\\W{0,3}${sighing}${leaving}${after}\\W*$`, 'iu');
const briefly = /^\W*(?:nm|nvm|n\/m|nevermind|sod it|scratch that|as you were|leave it|leave that|belay that)\W*$/iu;

/**
 * "Ditch 1001, that was wrong", "sod it, scrap the deletion", "park it": takes back what was asked for, which changes
 * nothing. Null for everything else, and for a sentence that goes on to another command.
 */
export function takesBack(text: string): Reading | null {
  const words = text.replaceAll(/\s+/gu, ' ').slice(0, 200);
  const why = 'takes back what was asked for';
  const number = numbered.exec(words)?.[1];
  if (number !== undefined && requestNumber(number) !== null && !goesOn(words)) {
    return { intent: 'request.cancel', slots: { request: number }, confidence: 0.95, why };
  }
  const rest = pointed.exec(words)?.[1];
  if (rest !== undefined && !/[.;]\s/u.test(rest) && !goesOn(words)) {
    return isOfData(rest) ? null : { intent: 'request.cancel', slots: {}, confidence: 0.95, why };
  }
  return parked.test(words) || left.test(words) || briefly.test(words) || (callingOff.test(words) && !goesOn(words))
    ? { intent: 'decline', slots: {}, confidence: 0.95, why }
    : null;
}

/** "That export dataset", "the backup called X": the words name data, not a request. */
function isOfData(rest: string): boolean {
  return /^\s(?:called|named|dataset|experiment|model|notebook|workspace|file|project|web)/iu.test(rest);
}

/** A second clause with a command of its own. */
function goesOn(words: string): boolean {
  return /[.;,!?:-]\s*(?:and |but |then |please |instead )*(?:export|delete|back ?up|save|list|show|erase|wipe|download|tell|remove|send|give|make|set)\b/iu.test(
    words,
  );
}
