import { isCancel } from './cancelling.ts';
import type { IntentName, Slots } from './intents.ts';
import { linkAgain, linkQuestion, linkSend, mentionsLink } from './lexicon/link-phrases.ts';
import {
  bareId,
  generalQuestion,
  listAsk,
  listOther,
  notList,
  statusAsk,
  statusWhole,
} from './lexicon/request-phrases.ts';
import { matchFrom, prefixes } from './prefixes.ts';
import type { Sentence } from './tokens.ts';

/** A sentence about existing requests or their links. */
interface Tracking {
  readonly intent: Extract<IntentName, 'request.status' | 'request.list' | 'request.cancel' | 'link.renew' | 'none'>;
  readonly slots: Slots;
  readonly why: string;
}

const idPattern = /^(?:[a-z]{2,6}-\d[\w-]*|#\d+|(?:dsr|sar|dsar|req)\d{2,})$/;

/** The id of the request that the sentence names, as typed. */
function requestId(sentence: Sentence): string | undefined {
  for (const [index, token] of sentence.tokens.entries()) {
    const raw = sentence.text.slice(token.start, token.end);
    if (idPattern.test(token.word) && /\d/.test(token.word)) return raw.replace(/^#/, '');
    const previous = sentence.tokens
      .slice(Math.max(0, index - 2), index)
      .map(({ word }) => word)
      .join(' ');
    if (
      /^\d{1,8}$/.test(token.word) &&
      /(?:request|requests|ticket|case|number|no|nr|id|job|dsr|#|order|export|deletion|erasure|request :|cancel|status|status of|progress of|abort|withdraw|link for|sar|dsar|req)$/.test(
        previous,
      ) &&
      !/^(?:days?|hours?|times|percent|%|minutes?|weeks?|years?|months?)$/.test(sentence.tokens[index + 1]?.word ?? '')
    )
      return raw;
  }
  return undefined;
}

/** Reads a sentence about existing requests or links; null when it is about neither. */
export function tracking(sentence: Sentence): Tracking | null {
  const words = sentence.canon;
  const id = requestId(sentence);
  const request: Slots = id === undefined ? {} : { request: id };
  if (isCancel(sentence)) {
    return { intent: 'request.cancel', slots: request, why: 'asks to stop a request' };
  }
  if (mentionsLink.test(words) && (linkAgain.test(words) || asksForLink(words)) && !linkQuestion.test(words))
    return { intent: 'link.renew', slots: request, why: 'the link is wanted again' };
  if (generalQuestion.test(words)) return null;
  const list = readList(words);
  if (list !== null && id === undefined) return list;
  if (id !== undefined && /^(?:(?:the |a |please ,? ){0,6}(?:download )?link (?:for|of|to|from) )/.test(words)) {
    return { intent: 'link.renew', slots: request, why: 'the link is wanted again' };
  }
  const ofOne =
    id !== undefined &&
    sentence.tokens.length <= 12 &&
    /\b(?:approved|done|yet|finished|through|ready|rejected|accepted|running|status|happening|progress|news|far|update|state|started|stuck|pending)\b/.test(
      words,
    );
  if (
    statusWhole.test(words) ||
    (statusAsk.test(words) && !/\blinks?\b|\bforever\b/.test(words)) ||
    ofOne ||
    (id !== undefined && bareId.test(words))
  ) {
    return { intent: 'request.status', slots: request, why: 'asks how far a request is' };
  }
  return null;
}

function asksForLink(words: string): boolean {
  const end = matchFrom(linkSend, words, prefixes(words, 0), true);
  if (end === null) return false;
  const said = words.slice(0, end).trim();
  return /\b(?:again|for|to|of|once more|back|lost|from|my|where)\b/.test(said) || said.endsWith('link');
}

function readList(words: string): Tracking | null {
  if (
    !listAsk.test(words) &&
    !listOther.test(words) &&
    !/^(?:(?:all|open|pending|the) ){0,6}requests(?: please)?[ ?.!]*$/.test(words)
  )
    return null;
  if (/^(?:can|could|may|does|do|will|is|should|are) (?!i|you|we|there|my (?:open|pending)|any)\S/.test(words))
    return null;
  if (notList.test(words)) return null;
  const approvals =
    /\bapprov|sign[ -]?off|my (?:decision|ok|okay|consent|review|go|signature|attention|confirmation)|for me to|i (?:still )?(?:must|have to|need to|should) (?:decide|review)\b/.test(
      words,
    );
  const team =
    /\b(?:team|teams|department|colleagues|group|everyone|everybody|our|all users|organisation|company|others?|coworkers|we)\b/.test(
      words,
    );
  const mine = /\b(?:my|i|mine|me)\b/.test(words.replace(/\b(?:show|give|tell|get|list|let|send) (?:to )?me\b/g, ' '));
  const scope = approvals ? 'approvals' : team && !/\bmy requests\b/.test(words) ? 'team' : mine ? 'mine' : undefined;
  return { intent: 'request.list', slots: scope === undefined ? {} : { scope }, why: 'asks for several requests' };
}
