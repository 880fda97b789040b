import { vetoBefore } from './context-cues.ts';
import {
  accessForm,
  accessWish,
  carryOut,
  eraseForm,
  erasureWish,
  forgetForm,
  ownAccess,
  ownErasure,
  subjectWords,
  wishVerb,
} from './lexicon/subject-request-phrases.ts';
import { type PersonMention, personAt, personBefore } from './person-phrases.ts';
import { personalData } from './personal-data.ts';
import { matchFrom, type Prefixes, prefixes } from './prefixes.ts';
import { vetoIn } from './speech-acts.ts';
import { endsAsking, type Sentence, wordAt } from './tokens.ts';

/** A data subject's right that the sentence asks to have carried out. */
interface SubjectRequest {
  readonly intent: 'dsr.export' | 'dsr.erase';
  /** Null when the sentence does not say whose data. */
  readonly subject: string | null;
  readonly why: string;
  readonly vetoes: string | null;
}

/** Finds a request about one person's data that is not said with a plain verb and object. */
export function subjectRequest(sentence: Sentence): SubjectRequest | null {
  if (!subjectWords.test(sentence.canon)) return null;
  return byNoun(sentence) ?? byWish(sentence) ?? ownRight(sentence);
}

function byNoun(sentence: Sentence): SubjectRequest | null {
  for (let start = 0; start < sentence.tokens.length; start += 1) {
    if (start > 0 && !/^[.,;:!?-]$|^(?:so|hence|therefore|and|then|please|thus)$/.test(wordAt(sentence, start - 1)))
      continue;
    const starts = prefixes(sentence.canon, sentence.offsets[start] ?? 0);
    for (const [intent, form] of nounForms) {
      const found = nounAt(sentence, start, intent, form, starts);
      if (found !== null) return found;
    }
  }
  return null;
}

const nounForms = [
  ['dsr.erase', eraseForm],
  ['dsr.export', accessForm],
  ['dsr.erase', forgetForm],
] as const;

function nounAt(
  sentence: Sentence,
  start: number,
  intent: SubjectRequest['intent'],
  form: RegExp,
  starts: Prefixes,
): SubjectRequest | null {
  const end = matchFrom(form, sentence.canon, starts, true);
  if (end === null) return null;
  const said = sentence.canon.slice(sentence.offsets[start] ?? 0, end).trim();
  const at = sentence.at.get(end + 1) ?? sentence.at.get(end) ?? sentence.tokens.length;
  const person =
    (form === forgetForm ? null : personalData(sentence, at, sentence.tokens.length)) ??
    personAt(sentence, at, sentence.tokens.length);
  if (form === forgetForm && (person === null || !isBarePerson(sentence, at, person))) return null;
  if (
    form === forgetForm &&
    person !== null &&
    !/^(?: ?(?:please|now|completely|entirely|immediately|thanks|thank you|today|asap|for good|[.!])){0,6}$/.test(
      wordsOf(sentence, person.end, sentence.tokens.length),
    )
  )
    return null;
  if (person === null) {
    // "…, please run the data subject export": the person was named before.
    const named =
      /\b(?:start|run|begin|carry|execute|perform|do|make|prepare|process|open|create|launch|proceed|provide|send|please)\b/.test(
        said,
      )
        ? personBefore(sentence, start)
        : null;
    if (named === null) return null;
    return {
      intent,
      subject: named,
      why: `${intent} by noun, person named before`,
      vetoes: vetoOf(sentence, intent, start, at),
    };
  }
  // "We received a request from X" only reports it; a command must follow.
  const reports = /\b(?:got|received|have|had|obtained|came|there is|just in|here is)\b/.test(said);
  if (reports && !commandsAfter(wordsOf(sentence, person.end, sentence.tokens.length))) return null;
  const unclear = !person.sure && (person.subject === 'me' || !/(?:for|by|from|of|on|about|to|:)$/.test(said));
  return {
    intent,
    subject: person.subject,
    why: `${intent}: "${said}" and a person`,
    vetoes: unclear ? 'unclear whose' : vetoOf(sentence, intent, start, person.end),
  };
}

/** After "forget", only an address, a full name or "me" is a person: "forget about lunch" is none. */
function isBarePerson(sentence: Sentence, at: number, person: PersonMention): boolean {
  if (wordAt(sentence, person.end) === "'s") return false;
  const word = wordAt(sentence, at);
  return (
    word === 'E' ||
    /^(?:me|myself)$/.test(word) ||
    (person.sure && /\s/.test(person.subject) && /^\p{Lu}/u.test(wordText(sentence, at)))
  );
}

/**
 * The veto against a request at the tokens `[start, end)`; null when there is none. An erasure is checked more
 * strictly.
 */
function vetoOf(sentence: Sentence, intent: SubjectRequest['intent'], start: number, end: number): string | null {
  if (sentence.openQuote) return 'a quotation that does not end';
  const strict = intent === 'dsr.erase';
  const asked = endsAsking(sentence.canon);
  if (asked && !/(?:can|could|will|would) you|mind|(?:can|could|may) (?:i|we) (?:have|get)/.test(sentence.canon))
    return 'asked, not told';
  const before = wordsOf(sentence, 0, start);
  const after = wordsOf(sentence, end, sentence.tokens.length);
  const concluded =
    /^(?:so|hence|therefore|thus)$/.test(wordAt(sentence, start)) || /(?:so|hence|therefore|thus)$/.test(before);
  return (
    vetoIn(strict ? before : withoutReport(before), 'before', concluded) ??
    vetoBefore(sentence, before, start) ??
    vetoIn(strict ? after : withoutReport(after), 'after')
  );
}

/** The words without those that report how a person's request arrived, which are no veto. */
function withoutReport(words: string): string {
  return words.replace(
    /\b(?:wrote|asked|emailed|sent|writes|asks|said|says|yesterday|ago|the email|the ticket|last (?:week|month))\b/g,
    ' ',
  );
}

const joints = / (?:[,.;!:-]|so|and|hence|therefore|then|please) /g;

/** True when the words contain a command to carry it out: "…, please start". */
function commandsAfter(words: string): boolean {
  return [...` ${words}`.matchAll(joints)].some((match) => carryOut.test(` ${words}`.slice(match.index)));
}

const wishStart = new RegExp(
  `^(?:(?:has|just|also|formally|hereby|now|really|, our \\S+ \\S+|, \\S+ \\S+ ,|, who \\S+ \\S+ ,) ){0,6}${wishVerb}\\b.*$`,
);
const wishVerbs = new RegExp(`\\b(?:${wishVerb})\\b`, 'g');
const wantsErasure = new RegExp(`\\b(?:${erasureWish})\\b`);
const wantsAccess = new RegExp(`\\b(?:${accessWish})\\b`);
const beforePerson =
  /^[.,;!-]$|^(?:from|that|by|and|since|because|as|so|our|user|customer|client|employee|subject|colleague|hi|hello)$/;

/**
 * "Felix Brandt invoked article 17, carry out the erasure please": a report of a person's request and the speaker's
 * command.
 */
function byWish(sentence: Sentence): SubjectRequest | null {
  for (let index = 0; index < sentence.tokens.length - 2; index += 1) {
    if (index > 0 && !beforePerson.test(wordAt(sentence, index - 1)) && wordAt(sentence, index) !== 'E') continue;
    const person = personAt(sentence, index, sentence.tokens.length);
    if (person === null || !person.sure || person.subject === 'me') continue;
    const clause = wordsOf(sentence, person.end, sentence.tokens.length);
    if (!wishStart.test(clause)) continue;
    const erase = wantsErasure.test(clause);
    if ((!erase && !wantsAccess.test(clause)) || !commandsAfter(clause)) continue;
    const intent = erase ? 'dsr.erase' : 'dsr.export';
    const rest = withoutReport(clause.replace(wishVerbs, ' '));
    const vetoes = vetoOf(sentence, intent, index, sentence.tokens.length) ?? vetoIn(rest, 'after');
    return {
      intent,
      subject: person.subject,
      why: 'a person uses a right and the speaker asks to carry it out',
      vetoes,
    };
  }
  return null;
}

function ownRight(sentence: Sentence): SubjectRequest | null {
  for (let start = 0; start < sentence.tokens.length; start += 1) {
    if (start > 0 && !/^[.,;:!?-]$|^(?:so|hence|therefore|and|please)$/.test(wordAt(sentence, start - 1))) continue;
    const starts = prefixes(sentence.canon, sentence.offsets[start] ?? 0);
    for (const [intent, form] of rightForms) {
      const found = matchFrom(form, sentence.canon, starts, false);
      if (found === null) continue;
      const end = sentence.at.get(found + 1) ?? sentence.tokens.length;
      if (!/^(?:|[.,;!]|please|because|since|as|under|and|so|now|from|in|with)$/.test(wordAt(sentence, end))) continue;
      return {
        intent,
        subject: 'me',
        why: `${intent}: the speaker's own right`,
        vetoes: vetoOf(sentence, intent, start, end),
      };
    }
  }
  return null;
}

const rightForms = [
  ['dsr.erase', ownErasure],
  ['dsr.export', ownAccess],
] as const;

function wordText(sentence: Sentence, index: number): string {
  const token = sentence.tokens[index];
  return token === undefined ? '' : sentence.text.slice(token.start, token.end);
}

function wordsOf(sentence: Sentence, from: number, to: number): string {
  return sentence.tokens
    .slice(from, to)
    .map(({ word }) => word)
    .join(' ');
}
