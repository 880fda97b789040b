import { leadsIn } from './context-cues.ts';
import { anchored, del, having, nounLead, starting, wanting } from './grammar.ts';
import { giving } from './lexicon/verbs.ts';
import { type PersonMention, personAt, personBefore } from './person-phrases.ts';
import { personalData } from './personal-data.ts';
import { type Beginnings, matchFrom, prefixes } from './prefixes.ts';
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

const gdpr = '(?:gdpr|dsgvo|dsr|dsar|sar|data subject|data protection|privacy|ccpa)';
const accessNoun = `(?:(?:subject|data subject|data|gdpr|personal data|right of|right-of|right to|formal|new|personal|information|dsr) ){0,6}(?:access|portability|right-of-access|right of access|right to access|data portability|sar|dsar|art(?:icle)?\\.? (?:15|20)|art15|art20|data copy|data export|personal data export|personal data copy|data takeout|disclosure)(?: (?:request|dsr|dsar|export|case|req|right|claim|package|rights request|ticket|data|copy|rights|gdpr)){0,6}|${gdpr}(?: (?:data|subject|access|portability|personal)){0,6} (?:export|access|access request|copy|download|portability|extract|takeout)|(?:data subject|subject access|subject|dsr|personal data|gdpr data) (?:export|copy|extract|download|request|requests)|copy of (?:the )?personal data|personal data (?:copy|export|extract|download|report|package)|sar|dsar`;
const eraseNoun = `(?:(?:data subject|data|gdpr|personal data|right to|right of|formal|full|subject|new|user|dsr|complete) ){0,6}(?:erasure|be forgotten|forget-me|rtbf|right to erasure|right to be forgotten|right of erasure|art(?:icle)?\\.? 17|art17|data erasure|personal data erasure|data deletion|data removal|personal data deletion|personal data removal)(?: (?:request|dsr|dsar|case|req|right|claim|job|rights request|ticket|erasure|deletion|of personal data|of data|of the personal data|of all personal data|of all data|gdpr)){0,6}|${gdpr}(?: (?:data|subject)){0,6} (?:erasure|deletion|delete|erase|removal|wipe|forget|purge|deletion request|erasure request)|(?:deletion|removal|purge) of (?:all )?(?:the )?(?:personal )?(?:data|information)`;
const opener = `(?:(?:${starting}|${giving}|${wanting}|${having}|requesting|request|requesting|exercise|exercising|i exercise|i hereby exercise|invoke|i invoke|i hereby invoke|i use|i am exercising|i am invoking|i claim|need|want|use|apply|apply for|i make use of|i would like to exercise|i want to exercise|i want to invoke|i want to use|i wish to exercise|we need to do|honou?r|grant|satisfy|comply with|action|new|please|incoming|case|begin|go for|respond to|answer|fulfil|fulfill|complete|close out|work on|help with|there is|(?:i|we) (?:have |just |now |also |recently ){0,6}(?:got|received|have|had|obtained|get)(?: in)?|got|received|just in|here is|there came|we are handling|we are processing|i am handling|i am processing|i have on my desk) )?`;
const who =
  '(?: (?:for|from|by|of|on|about|to|:|,|-|=|is for|concerning|regarding|filed by|made by|received from|on behalf|behalf|sent by|submitted by|the|data|subject|person|is|this is for|user|and|requested|came|in|received|raised|has been|was|belonging|covering|requester|please|that|which|from user|we got|we have|we received)){0,6}';
const accessForm = anchored(`${opener}${nounLead}(?:${accessNoun})${who}`);
const eraseForm = anchored(`${opener}${nounLead}(?:${eraseNoun})${who}`);
const forgetForm = anchored(
  `(?:forget|forget about|unlearn|anonymi[sz]e|please forget|erase(?= E(?: |$)))(?: all about| everything about)?`,
);

const erasureWish = `(?:to )?be (?:forgotten|erased|deleted|removed)|(?:his|her|their|its) (?:personal |own )?(?:data|information|details|records|profile|account) (?:to be )?(?:${del.done}|gone)|(?:${del.base}|${del.doing}) (?:all )?(?:his|her|their)(?: personal)? (?:data|information|details|records)|article 17|art\\.? 17|art17|right to erasure|right to be forgotten|erasure|right of erasure|deletion of (?:his|her|their) (?:personal )?(?:data|information)|withdrew (?:\\S+ )?consent and|to have (?:his|her|their) (?:personal )?(?:data|information|records) (?:${del.done})`;
const accessWish = `what (?:is|we|you|data|information|has been|personal data) (?:\\S+ ){0,5}?(?:on|about|of) (?:him|her|them|themselves|himself|herself)|what (?:is|we|you) (?:\\S+ )?(?:hold|held|have|store|stored|keep|kept)|article 15|art\\.? 15|art15|article 20|art\\.? 20|art20|right of access|right to access|portability|(?:a )?copy of (?:all )?(?:his|her|their|the)(?: personal)? (?:data|information)|(?:his|her|their) (?:personal )?(?:data|information|records)|access request|subject access|sar|dsar|access to (?:his|her|their)|access`;
const wishVerb =
  '(?:invoked|invokes|has invoked|is invoking|exercised|exercises|is exercising|has exercised|requested|requests|has requested|is requesting|asked|asks|has asked|is asking|wants|want|would like|wishes|insists|demands|demanded|sent|has sent|filed|has filed|submitted|has submitted|made|has made|claims|relies|relied|applied|used|is using|uses|contacted us|wrote in|wrote|called|needs|is entitled|withdrew|left|has a right|came to us|has to|must|needs to|should|raised|lodged|writes|emailed)';
const carryOut =
  /^ (?:[,.;!:-]|so|and|hence|therefore|then|please) (?:please |pls |kindly |so |can you |could you |now |then |hence |would you |i need you to |go ahead and |therefore |thus |you can |you may |, ){0,6}(?:start|begin|proceed|go ahead|carry (?:it |this |that |the \S+ )?out|run|process|action|execute|comply|initiate|handle|do (?:it|so|this|that|the)|please do|set it in motion|get it going|get going|make it happen|put|pull|kick (?:it |this )?off|trigger|prepare|launch|fulfil|fulfill|take care of|see to it|honou?r|export|erase|delete|remove|purge|wipe|forget|send|give|provide|produce|put together|collect|compile|gather|hand|perform|complete|finish|open|create|arrange|sort|get started|deal with it|act on it)(?= |$)/;

const subjectWords =
  /\b(?:e|me|my|forget|forgotten|erase|erased|erasure|erasing|access|portability|article|art|art15|art17|art20|gdpr|dsgvo|ccpa|dsr|sar|dsar|subject|personal|data|privacy|rtbf|right|takeout|disclosure|records|information|details|copy|hold|held|anonymi[sz]e|unlearn)\b/i;

/** Finds a request about one person's data that is not said with a plain verb and object. */
export function subjectRequest(sentence: Sentence): SubjectRequest | null {
  if (!subjectWords.test(sentence.canon)) return null;
  return byNoun(sentence) ?? byWish(sentence) ?? ownRight(sentence);
}

function byNoun(sentence: Sentence): SubjectRequest | null {
  for (let start = 0; start < sentence.tokens.length; start += 1) {
    if (start > 0 && !/^[.,;:!?-]$|^(?:so|hence|therefore|and|then|please|thus)$/.test(wordAt(sentence, start - 1)))
      continue;
    const begins = prefixes(sentence.canon, sentence.offsets[start] ?? 0);
    for (const [intent, form] of nounForms) {
      const found = nounAt(sentence, start, intent, form, begins);
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
  begins: Beginnings,
): SubjectRequest | null {
  const end = matchFrom(form, sentence.canon, begins, true);
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
      vetoes: doubt(sentence, intent, start, at),
    };
  }
  // "We received a request from X" only tells; what is to be done about it must follow.
  const tells = /\b(?:got|received|have|had|obtained|came|there is|just in|here is)\b/.test(said);
  if (tells && !commandsAfter(wordsOf(sentence, person.end, sentence.tokens.length))) return null;
  const unclear = !person.sure && (person.subject === 'me' || !/(?:for|by|from|of|on|about|to|:)$/.test(said));
  return {
    intent,
    subject: person.subject,
    why: `${intent}: "${said}" and a person`,
    vetoes: unclear ? 'unclear whose' : doubt(sentence, intent, start, person.end),
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

/** What speaks against a request that takes the tokens from `start` to `end`. An erasure is judged more strictly. */
function doubt(sentence: Sentence, intent: SubjectRequest['intent'], start: number, end: number): string | null {
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
    vetoIn(strict ? before : mild(before), 'before', concluded) ??
    leadsIn(sentence, before, start) ??
    vetoIn(strict ? after : mild(after), 'after')
  );
}

/** Without words that tell how a person's wish arrived, which says nothing against carrying it out. */
function mild(words: string): string {
  return words.replace(
    /\b(?:wrote|asked|emailed|sent|writes|asks|said|says|yesterday|ago|the email|the ticket|last (?:week|month))\b/g,
    ' ',
  );
}

const joints = / (?:[,.;!:-]|so|and|hence|therefore|then|please) /g;

/** True when words go on to tell the bot to do it: "…, please start". */
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

/** "Felix Brandt invoked article 17, carry out the erasure please": a person's wish and the speaker's command. */
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
    const rest = mild(clause.replace(wishVerbs, ' '));
    const vetoes = doubt(sentence, intent, index, sentence.tokens.length) ?? vetoIn(rest, 'after');
    return {
      intent,
      subject: person.subject,
      why: 'a person uses a right and the speaker asks to carry it out',
      vetoes,
    };
  }
  return null;
}

const ownErasure = anchored(
  `(?:(?:i|we) (?:hereby |now |would like to |want to |wish to |am |formally |use |do |really ){0,6}(?:want|wish|would like|demand|request|ask|exercise|exercising|invoke|invoking|use|using|claim|insist on|make use of)?(?: to)?(?: (?:be (?:forgotten|erased)|(?:exercise |invoke |use |to use )?(?:my )?right (?:to be forgotten|to erasure|of erasure)|article 17|art\\.? 17|my article 17 rights?))(?: (?:under gdpr|right|rights|by you|by this system|please|now|from studio|from the system|under article 17|here|in studio|completely)){0,6})`,
);
const ownAccess = anchored(
  `(?:(?:i|we) (?:hereby |now |would like to |want to |wish to |am |formally |use |do |really ){0,6}(?:want|wish|would like|demand|request|ask|exercise|exercising|invoke|invoking|use|using|claim|make use of)?(?: to)?(?: (?:(?:exercise |invoke |use |to use )?(?:my )?right (?:of access|to access|to data portability|to portability)|my (?:access|portability) right|article (?:15|20)|art\\.? (?:15|20)|my article (?:15|20) rights?))(?: (?:under gdpr|right|rights|please|now|here|in studio)){0,6}|(?:please )?(?:let me know|tell me|show me|i (?:want|would like|need|wish) to (?:know|see|have|get|receive|download)|(?:can|could|may) i (?:see|have|get|know)) (?:everything|all(?: the)?(?: data| information| personal data| details)?|what(?: data| information| personal data)?|whatever|which data|exactly what)(?: (?:that|which|you|we|studio|is|are|have|has|got|been|hold|holds|held|keep|keeps|kept|store|stored|stores|know|knows|data|information|personal|saved|collected|the system|this bot|the bot|it)){0,6} (?:about|on|of|concerning|regarding) me)`,
);

function ownRight(sentence: Sentence): SubjectRequest | null {
  for (let start = 0; start < sentence.tokens.length; start += 1) {
    if (start > 0 && !/^[.,;:!?-]$|^(?:so|hence|therefore|and|please)$/.test(wordAt(sentence, start - 1))) continue;
    const begins = prefixes(sentence.canon, sentence.offsets[start] ?? 0);
    for (const [intent, form] of rightForms) {
      const found = matchFrom(form, sentence.canon, begins, false);
      if (found === null) continue;
      const end = sentence.at.get(found + 1) ?? sentence.tokens.length;
      if (!/^(?:|[.,;!]|please|because|since|as|under|and|so|now|from|in|with)$/.test(wordAt(sentence, end))) continue;
      return {
        intent,
        subject: 'me',
        why: `${intent}: the speaker's own right`,
        vetoes: doubt(sentence, intent, start, end),
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
