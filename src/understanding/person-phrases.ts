import { adjuncts, stops } from './lexicon/boundaries.ts';
import { kindAt } from './lexicon/kind-words.ts';
import { type Sentence, span, wordAt } from './tokens.ts';
import { wrapped } from './wrapped-pattern.ts';

/** A person that the sentence names: `me`, an e-mail address or a display name as typed. */
export interface PersonMention {
  readonly subject: string;
  readonly end: number;
  /**
   * True for a capitalised name, an address or "me". A name in small letters counts only where a person is expected.
   */
  readonly sure: boolean;
}

const titles = new RegExp(wrapped`
  ^(?:
    data|subject|the|user|customer|client|employee|colleague|person|member|mr|mrs|ms|dr|prof|our|former|
    ex-employee|individual|participant|a|patient|student|citizen|named|called|account|applicant|contact|guest|
    someone|requester|resident|subscriber|:|,|-|owner|address|email|id|=|of|party|concerned|intern|worker
  )$
`);

const notNames = new RegExp(wrapped`
  ^(?:
    his|her|their|its|him|them|it|everything|everyone|everybody|anyone|all|any|data|personal|request|requests|
    right|file|files|what|which|someone|somebody|nobody|something|nothing|everything|one|this|that|here|there|
    these|those|you|us|we|they|he|she|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|
    march|april|june|july|august|september|october|november|december|today|tomorrow|gdpr|dsr|sar|dsar|article|
    microsoft|azure|studio|teams|legal|finance|hr|it|template|form|test|page|policy|process|procedure|guide|
    document|example|button|link|status|request|deadline|dataset|workspace|list|letter
  )$
`);

/** Reads a person at `start`, skipping "data subject", "Mr" and the like; null when no person stands there. */
export function personAt(sentence: Sentence, start: number, to: number): PersonMention | null {
  const at = (index: number) => (index < to ? wordAt(sentence, index) : '');
  let index = start;
  while (index < start + 5 && titles.test(at(index)) && !capitalName(sentence, index)) index += 1;
  const token = sentence.tokens[index];
  if (token === undefined || index >= to) return null;
  if (/^(?:me|myself|mine|i)$/.test(token.word)) return { subject: 'me', end: index + 1, sure: true };
  if (token.word === 'my' && /^(?:self|person|account|own|side)$/.test(at(index + 1))) {
    return { subject: 'me', end: index + 2, sure: true };
  }
  if (token.word === 'E') return { subject: span(sentence, index, index + 1), end: index + 1, sure: true };
  if (token.quoted !== undefined) return { subject: token.quoted, end: index + 1, sure: false };
  let end = index;
  let capitals = 0;
  while (end < to && end < index + 5 && namePart(sentence, end, to)) {
    if (/^\p{Lu}/u.test(span(sentence, end, end + 1))) capitals += 1;
    end += 1;
  }
  if (end === index) return null;
  // "Felix Brandt <felix@…>" or "Jane Doe (jane@…)": the name is enough.
  const after = /^[(<]$/.test(at(end)) && at(end + 1) === 'E' && /^[)>]$/.test(at(end + 2)) ? end + 3 : end;
  // In a message all in capitals, a capital shows nothing.
  const telling = /\p{Ll}/u.test(sentence.text);
  return {
    subject: span(sentence, index, end),
    end: after,
    sure: telling && capitals > 0 && (end - index === 1 || capitals > 1),
  };
}

function namePart(sentence: Sentence, index: number, to: number): boolean {
  const at = (position: number) => (position < to ? wordAt(sentence, position) : '');
  const token = sentence.tokens[index];
  if (token === undefined || token.quoted !== undefined) return false;
  if (token.guessed !== true && notNames.test(token.word)) return false;
  const raw = span(sentence, index, index + 1);
  if (!/^\p{L}[\p{L}\p{M}.'’-]*$/u.test(raw)) return raw === '.' && /^\p{Lu}$/u.test(span(sentence, index - 1, index));
  if (kindAt(at, index) !== null && !/^\p{Lu}/u.test(raw)) return false;
  if (/^(?:and|or|from|of|in|on|for|to|by|as|with|under|about|via|per|asked|requested|right|s)$/.test(token.word))
    return false;
  return adjuncts.longest(at, index) === 0 && stops.longest(at, index) === 0 && !personVerbs.test(token.word);
}

function capitalName(sentence: Sentence, index: number): boolean {
  return (
    /^\p{Lu}\p{Ll}/u.test(span(sentence, index, index + 1)) && /^\p{Lu}/u.test(span(sentence, index + 1, index + 2))
  );
}

const personVerbs = new RegExp(wrapped`
  ^(?:
    invoked|invokes|exercised|exercises|requested|requests|asked|asks|wrote|writes|sent|sends|wants|would|
    exercising|requesting|asking|invoking|filed|files|submitted|submits|came|comes|called|calls|demands|
    demanded|revoked|withdrew|withdraws|left|leaves|made|makes|used|uses|insists|relies|relied|claims|claimed|
    contacted|emailed|has|had|is|was|and|export|erase|delete|right|access|erasure|data|request|personal|
    portability|immediately|start|begin
  )$
`);

/** The person mentioned before a token: an address if there is one, otherwise a full name. */
export function personBefore(sentence: Sentence, start: number): string | null {
  let named: string | null = null;
  for (let index = 0; index < start; index += 1) {
    if (wordAt(sentence, index) === 'E') return span(sentence, index, index + 1);
    if (named !== null || !/^\p{Lu}/u.test(span(sentence, index, index + 1))) continue;
    const introduced = /^(?:from|by|for|of|with|to|subject|user|customer|client|employee)$/.test(
      wordAt(sentence, index - 1),
    );
    const person = personAt(sentence, index, start);
    if (person?.sure === true && person.subject !== 'me' && (introduced || /\s\p{Lu}/u.test(person.subject)))
      named = person.subject;
  }
  return named;
}
