import type { Span } from './learned/tags.ts';
import { actOf, deletionCues, exportCues } from './lexicon/acts.ts';
import { otherLanguageCues, politeWords } from './lexicon/other-languages.ts';
import { vetoCues, type Where } from './lexicon/veto-cues.ts';
import type { Utterance } from './utterance.ts';

interface Cue {
  readonly words: readonly string[];
  readonly where: Where;
  readonly reason: string;
}

const byFirst = new Map<string, Cue[]>();
for (const { cue, where, reason } of [...vetoCues, ...otherLanguageCues]) {
  for (const phrase of cue.split('|')) {
    const words = phrase.trim().split(' ');
    const first = words[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), { words, where, reason }]);
  }
}

/** How many words may stand between a cue and the deletion that it speaks of. */
const reach = 5;

/** What an utterance says of deletion outside its names. */
interface DeletionSigns {
  /** A word that speaks of deletion stands there. */
  readonly said: boolean;
  /** A word that speaks of an export stands there. */
  readonly exported: boolean;
  /** What speaks against carrying it out; the classifier learns how much each of them weighs. */
  readonly vetoes: readonly VetoSign[];
}

/** A reason of the table, and where its cue stood. */
export interface VetoSign {
  readonly reason: string;
  readonly where: Where | 'as a whole';
}

/** Looks for words of deletion and for what speaks against it. Linear in the number of tokens. */
export function deletionSigns(utterance: Utterance, spans: readonly Span[]): DeletionSigns {
  const { tokens } = utterance;
  const unquoted = tokens.map(({ lower, quotation }) => (quotation === 0 ? lower : ''));
  const words = [...unquoted];
  for (const { label, start, end } of spans) if (label !== 'kind') words.fill('', start, end);
  const deletions = words.flatMap((word, index) => (isDeletion(word) ? [index] : []));
  const said = deletions.length > 0 || words.some((word) => deletionCues.has(word));
  const exported = words.some((word) => exportCues.has(word));
  const vetoes = vetoesIn(words, unquoted, deletions);
  const add = (isSo: boolean, reason: string) => {
    if (isSo) vetoes.push({ reason, where: 'as a whole' });
  };
  const isQuoted = tokens.some(({ lower, quotation }) => quotation !== 0 && isDeletion(lower));
  add(!said && words.some((word) => looking.has(word)), 'asks to see it');
  const isOther = words.includes('obsolete') || firstWords(words).some((word) => otherVerbs.has(word));
  add(!said && isOther, 'asks for something else');
  add(!said && isQuoted, 'only a name says so');
  add(isPronounBefore(words, deletions, spans), 'a name behind a pronoun');
  add(isHeaded(utterance, words, spans), 'told by somebody else');
  add(isPast(unquoted, deletions), 'told about the past');
  const question = questionIn(words);
  if (question !== null) vetoes.push({ reason: question, where: 'as a whole' });
  return { said, exported, vetoes };
}

/** The first two words, without marks. */
function firstWords(words: readonly string[]): readonly string[] {
  return words.filter((word) => word > '@').slice(0, 2);
}

const looking = new Set('list show find search display'.split(' '));
/** Verbs that are none of deletion, though some of them sound like one. */
const otherVerbs = new Set(
  `complete create update rename restore recover rerun clone publish share open close move replace compare
  deploy retrain train run start edit refresh sort merge split label tag invite add upload import`
    .trim()
    .split(/\s+/),
);

/** "Chen Wei: delete X", and an opening quotation mark that nobody closes. A name in front that is the object is marked. */
function isHeaded({ tokens, kinds }: Utterance, words: readonly string[], spans: readonly Span[]): boolean {
  if (quotationMarks.includes(tokens[0]?.text ?? 'none') && tokens[1]?.quotation === 0) return true;
  const colon = words.indexOf(':');
  if (colon < 1 || colon > 3 || kinds[0]?.start === 0) return false;
  const isFree =
    words[0] !== '' ||
    words.some((word) => word === 'my' || word === 'of' || word === 'about') ||
    spans.some(({ label, start }) => label !== 'kind' && start > colon);
  const isNamed = isFree && tokens.slice(0, colon).every(({ text }) => isCapitalised(text) || isShouted(tokens));
  return isNamed && words.slice(colon + 1, colon + 7).some(isDeletion);
}

const quotationMarks = '"“”„«»\'‘’‚`´';

/** In capitals throughout, where a capital tells nothing. */
function isShouted(tokens: Utterance['tokens']): boolean {
  return tokens.every(({ text, lower, quotation }) => quotation !== 0 || text !== lower || text === text.toUpperCase());
}

function isCapitalised(word: string): boolean {
  return word !== word.toLowerCase() && word !== word.toUpperCase();
}

const actors = new Set(
  'was were been i you we he she they has have had just already somebody someone who they'.split(' '),
);

/** "You destroyed X already": the only word of deletion is a past one, with who did it in front. */
function isPast(words: readonly string[], deletions: readonly number[]): boolean {
  return deletions.length > 0 && deletions.every((at) => isPastAt(words, at));
}

const asking = new Set(
  `can could would will please pls plz may mind possible chance kindly can't couldn't won't cud wud pliz ${politeWords}`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** What makes "can X be deleted?" a wish rather than a question. */
const wishing = new Set(
  'please pls plz kindly now today tonight tomorrow asap thanks me us immediately straight'.split(' '),
);

function isPastAt(words: readonly string[], at: number): boolean {
  if (words[at] === 'rid') return words[at - 1] === 'got' && actors.has(words[at - 2] ?? '');
  return words[at]?.endsWith('ed') === true && actors.has(words[at - 1] ?? '');
}

/** "Delete X?" asks whether; "could you delete X?" tells to; "can X be deleted?" may do either. */
function questionIn(words: readonly string[]): string | null {
  if (!words.includes('?')) return null;
  if (!words.some((word) => asking.has(word))) return 'a question';
  const isPassive = words.some((word, index) => word === 'be' && isDeletion(words[index + 1] ?? ''));
  const before = words.slice(0, words.lastIndexOf('?'));
  if (!isPassive || before.some((word) => wishing.has(word))) return null;
  return words.includes('can') ? 'a question' : 'asked whether it could be';
}

/** Words that begin like one of deletion and are none, or not only. */
const otherwise = new Set(['dump', 'bind']);

function isDeletion(word: string): boolean {
  return word !== '' && !otherwise.has(word) && actOf(word) === 'delete';
}

const softeners = new Set(['get', 'just', 'simply', 'really', 'also', 'now', 'still', 'even', 'ever']);
const speakers = new Set(['i', 'we', 'and', 'who', 'also', 'now', 'really', 'team']);

/** Reasons that the tagger often takes for a part of a name. */
const inNames: ReadonlySet<string> = new Set([
  'another system',
  'not now, or not sure',
  'a part of something, or no asset',
  'withdrawn',
  'a report or a question',
  'claims an authority',
]);

/** `words` are without names, `unquoted` with those that stand in no quotation: a system's name is often taken for part of one. */
function vetoesIn(words: readonly string[], unquoted: readonly string[], deletions: readonly number[]): VetoSign[] {
  const last = unquoted.findLastIndex((word) => word > '@');
  const found: VetoSign[] = [];
  for (const index of words.keys()) {
    for (const { words: parts, reason, where } of byFirst.get(unquoted[index] ?? '') ?? []) {
      const said = inNames.has(reason) || where === 'first' ? unquoted : words;
      if (!parts.every((part, offset) => said[index + offset] === part)) continue;
      if (found.some((one) => one.reason === reason && one.where === where)) continue;
      if (reason === 'negated' && isReason(words, index + parts.length)) continue;
      if (stands(where, index, index + parts.length, last, deletions, words)) found.push({ reason, where });
    }
  }
  return found;
}

const idle = new Set(
  `needed need needs required require requires used uses use using wanted wants want pays worth longer owner value
  interest purpose point updated maintained touched accessed missed misses miss works working`
    .trim()
    .split(/\s+/),
);

/** "Nobody needs it", "no longer used": a reason for a deletion, not against it. */
function isReason(words: readonly string[], at: number): boolean {
  return [0, 1, 2].some((ahead) => idle.has(words[at + ahead] ?? ''));
}

function stands(
  where: Where,
  start: number,
  end: number,
  last: number,
  deletions: readonly number[],
  words: readonly string[],
): boolean {
  switch (where) {
    case 'anywhere':
      return true;
    case 'first':
      return start === 0;
    case 'at the end':
      return end > last - 1;
    case 'before a deletion':
      return deletions.some((at) => at >= end && at - end < reach);
    case 'right before a deletion':
      return deletions.includes(end) || (deletions.includes(end + 1) && softeners.has(words[end] ?? ''));
    case 'of somebody else':
      return start > 0 && start <= 4 && !speakers.has(words[start - 1] ?? '');
  }
}

const pronouns = new Set(['it', 'them', 'this', 'that', 'these', 'those', 'both']);

/** True when all these names stand behind a bare pronoun of a deletion, "delete these: a.csv, b.csv": they say what is meant. */
export function areBehindPronoun(names: readonly string[], { tokens, text }: Utterance): boolean {
  const pronoun = tokens.findIndex(
    ({ lower }, index) => pronouns.has(lower) && isDeletion(tokens[index - 1]?.lower ?? ''),
  );
  const from = tokens[pronoun]?.start;
  return from !== undefined && names.length > 0 && names.every((name) => text.indexOf(name, from) > from);
}

/** "Delete it: the churn thing": a bare pronoun with names behind it alone says that something else was meant. */
function isPronounBefore(words: readonly string[], deletions: readonly number[], spans: readonly Span[]): boolean {
  const names = spans.filter(({ label }) => label !== 'kind');
  const refers = deletions.find((at) => pronouns.has(words[at + 1] ?? '') && !hasLetter(words[at + 2] ?? ''));
  return refers !== undefined && names.length > 0 && names.every(({ start }) => start > refers);
}

function hasLetter(word: string): boolean {
  return [...word].some((character) => character >= 'a' && character <= 'z');
}
