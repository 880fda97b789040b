import type { IntentName, Offer, Reading } from './intents.ts';
import type { Span } from './learned/tags.ts';
import { beforeParticles, deletionHints } from './lexicon/deletion-hints.ts';
import { holdsRulingPhrase } from './rule-out.ts';
import { limitsIn } from './selection-limits.ts';
import type { Utterance } from './utterance.ts';
import { deletionSigns } from './vetoes.ts';

/** A deletion that a message seems to ask for, with the evidence for and against it. */
export interface SupposedDeletion {
  /** The reading that asks for it. */
  readonly reading: Offer;
  /** Every reading with its probability. */
  readonly readings: readonly Offer[];
  /** The reading of the rule-based reader. */
  readonly ruled: Reading;
  readonly utterance: Utterance;
  readonly spans: readonly Span[];
}

/**
 * Weights of a logistic regression over the signs (Platt scaling with further features), fitted on sentences of writers
 * that the model was not trained on (`npm run bench:understanding -- --fit`). Positive weights speak for a command,
 * negative ones against it.
 */
const weights: Readonly<Record<string, number>> = {
  agreed: 1.64,
  likely: 1.06,
  length: 0.82,
  'the rules: not now': 0.54,
  'a question, as a whole': 0.37,
  'told by somebody else, anywhere': 0.33,
  'the rules: negated': 0.29,
  'a name behind a pronoun, as a whole': 0.15,
  'the rules: unclear': 0.12,
  'dsr.erase': 0.08,
  'the rules: but': 0.03,
  'delete.assets': 0.02,
  'a smaller wish': 0.01,
  question: -0.01,
  'the rules: hypothetical': -0.03,
  'a part of something, or no asset, anywhere': -0.05,
  'no word of deletion': -0.09,
  outside: -0.1,
  'delete.workspace': -0.11,
  'told about the past, supposed or planned, before a deletion': -0.13,
  'the rules: withdrawn': -0.15,
  'the rules: nothing': -0.15,
  'the rules: reported': -0.16,
  'the rules: a question': -0.2,
  'told about the past, as a whole': -0.25,
  'a word of export': -0.28,
  'claims an authority, anywhere': -0.29,
  'told by somebody else, of somebody else': -0.3,
  'a question, a condition or a heading, first': -0.32,
  'negated, at the end': -0.39,
  'a report or a question, anywhere': -0.41,
  rival: -0.43,
  'withdrawn, anywhere': -0.49,
  'not now, or not sure, anywhere': -0.72,
  always: -0.73,
  'the rules: something else': -0.83,
  'negated, before a deletion': -0.98,
  'another system, anywhere': -1.37,
};

/** In a text of at most this many tokens the vetoes of the rules count, since the rules account for every word. */
const shortTokens = 14;

/** The probability that the message is meant as a command: the logistic function of its weighted signs. */
function certaintyOf(signs: Readonly<Record<string, number>>): number {
  let sum = 0;
  for (const [sign, value] of Object.entries(signs)) sum += (weights[sign] ?? 0) * value;
  return 1 / (1 + Math.exp(-sum));
}

/** From this probability on, the preview of a deletion is shown. */
const leastCertainty = 0.88;

/** True when the preview of this deletion may be shown at once: it is certain enough and no veto rules it out. Pure. */
export function isSureDeletion(supposed: SupposedDeletion): boolean {
  const signs = signsOf(supposed);
  return !isRuledOut(supposed, Object.keys(signs)) && certaintyOf(signs) >= leastCertainty;
}

/**
 * Limits on the tokens of short texts, which hold too little for a probability alone: in them more signs are vetoes.
 */
const fewTokens = 8;
const someTokens = 14;
const moreTokens = 24;

/** Signs that always rule a deletion out, and those that do so in a short text. */
const firm: ReadonlySet<string> = new Set([
  'claims an authority, anywhere',
  'claims an authority, before a deletion',
  'taken out of something else, anywhere',
  'told not to, right before a deletion',
  'told by somebody else, as a whole',
  'only a name says so, as a whole',
  'asks to see it, as a whole',
  'asks for something else, as a whole',
  'asks for something else, anywhere',
  'a question, anywhere',
  'told not to, anywhere',
  'told about the past, as a whole',
  'a question, before a deletion',
  'a question, right before a deletion',
  'another system, anywhere',
  'withdrawn, anywhere',
  'negated, at the end',
  'a question, as a whole',
]);
const firmInFew: ReadonlySet<string> = new Set([
  'a smaller wish',
  'a part of something, or no asset, anywhere',
  'a report or a question, anywhere',
]);
const firmInShort: ReadonlySet<string> = new Set([
  'a question, a condition or a heading, first',
  'negated, before a deletion',
  'not now, or not sure, anywhere',
  'told about the past, supposed or planned, before a deletion',
  'told by somebody else, anywhere',
]);

/** True for a deletion that is at most offered as a choice, whatever its probability. */
function isRuledOut({ reading, ruled, utterance }: SupposedDeletion, signs: readonly string[]): boolean {
  if (signs.some((sign) => firm.has(sign)) || holdsRulingPhrase(utterance)) return true;
  const length = utterance.tokens.length;
  if (length <= someTokens && signs.some((sign) => firmInShort.has(sign))) return true;
  if (length <= fewTokens && (isVetoedByRules(ruled) || signs.some((sign) => firmInFew.has(sign)))) return true;
  if (length <= moreTokens && signs.includes('no word of deletion') && !isHinted(utterance)) return true;
  // "Ana wants to be forgotten" may only report it; "the schedule of the workspace" names no workspace.
  if (reading.intent === 'dsr.erase') {
    const isUnsaid = signs.includes('no word of deletion') && signs.includes('a smaller wish');
    return isUnsaid || signs.includes('told by somebody else, of somebody else');
  }
  if (reading.intent !== 'delete.workspace') return false;
  return isOfSomebody(utterance) || isKept(utterance) || signs.includes('a part of something, or no asset, anywhere');
}

const keeping = new Set('leave leaving keep keeping kept stay stays remain remains reuse preserve'.split(' '));
const insides = new Set('contents content empty emptied itself inside place standing shell container box'.split(' '));

/** "Leave the workspace in place, just remove its contents": the contents are meant, not the workspace. */
function isKept({ tokens }: Utterance): boolean {
  const has = (words: ReadonlySet<string>) =>
    tokens.some(({ lower, quotation }) => quotation === 0 && words.has(lower));
  return has(keeping) && has(insides);
}

const vetoReasons = ['withdrawn', 'negated', 'reported', 'hypothetical', 'past', 'asked', 'question', 'else', 'whose'];

function isHinted({ tokens }: Utterance): boolean {
  return tokens.some(
    ({ lower, quotation }, at) =>
      quotation === 0 && deletionHints.has(lower) && !beforeParticles.has(tokens[at - 1]?.lower ?? ''),
  );
}

/** True when the rules read a command with a veto, or a question. */
function isVetoedByRules({ intent, why }: Reading): boolean {
  return intent === 'ask' || (why.startsWith('a command, but') && vetoReasons.some((word) => why.includes(word)));
}

/** "Delete the workspace of Ana" names no workspace. */
function isOfSomebody({ tokens }: Utterance): boolean {
  return tokens.some(({ lower }, at) => lower === 'workspace' && tokens[at + 1]?.lower === 'of');
}

/** The signs by name, each with its strength. */
export function signsOf({ reading, readings, ruled, utterance, spans }: SupposedDeletion): Record<string, number> {
  const { said, exported, vetoes } = deletionSigns(withoutLimitWords(utterance, spans, reading), spans);
  const probabilityOf = (intent: IntentName) => readings.find((one) => one.intent === intent)?.confidence ?? 0;
  const rival = Math.max(...readings.filter((one) => one !== reading).map(({ confidence }) => confidence), 0);
  const signs: Record<string, number> = {
    always: 1,
    likely: logit(reading.confidence) / 2,
    rival: logit(rival) / 2,
    outside: logit(probabilityOf('none')) / 2,
    question: logit(probabilityOf('ask')) / 2,
    // A long text has many features, each of which counts less.
    length: Math.log(utterance.tokens.length) / 3,
    [reading.intent]: 1,
  };
  if (ruled.intent === reading.intent) signs.agreed = 1;
  else if (utterance.tokens.length <= shortTokens) signs[`the rules: ${vetoIn(ruled)}`] = 1;
  if (!said) signs['no word of deletion'] = 1;
  if (exported) signs['a word of export'] = 1;
  if (!fits(reading, utterance)) signs['a smaller wish'] = 1;
  for (const { reason, where } of vetoes) signs[`${reason}, ${where}`] = 1;
  return signs;
}

/** "Failed", "nobody uses" and the like say which assets are meant, and speak neither for nor against a command. */
function withoutLimitWords(utterance: Utterance, spans: readonly Span[], { slots }: Offer): Utterance {
  const { covered } = slots.all === true ? limitsIn(utterance, spans) : { covered: new Set<number>() };
  if (covered.size === 0) return utterance;
  const tokens = utterance.tokens.map((token, index) => (covered.has(index) ? { ...token, lower: '' } : token));
  return { ...utterance, tokens };
}

function logit(probability: number): number {
  const bounded = Math.min(0.999, Math.max(0.001, probability));
  return Math.log(bounded / (1 - bounded));
}

/** What the rules read instead of a deletion in a short text. */
function vetoIn({ intent, why }: Reading): string {
  if (intent !== 'none') return intent === 'ask' ? 'a question' : 'something else';
  if (!why.startsWith('a command, but')) return 'nothing';
  return (
    ['withdrawn', 'negated', 'reported', 'not now', 'hypothetical', 'unclear'].find((word) => why.includes(word)) ??
    'but'
  );
}

const personWords = new Set(
  `
  data gdpr art article dsr erase erasure erasing erased forget forgotten privacy personal subject record
  rtbf art17 dsar sar erasrue records info information details particulars trace traces dsgvo`
    .trim()
    .split(/\s+/),
);
const wholeWords = new Set('everything all whole entire entirely contents completely itself too'.split(' '));

/**
 * Whether the words speak of a person's data, or of a workspace as a whole, as the intent requires. If not, something
 * smaller may be meant.
 */
function fits({ intent, slots }: Offer, { tokens, kinds }: Utterance): boolean {
  const has = (words: ReadonlySet<string>) => tokens.some(({ lower }) => words.has(lower));
  if (intent === 'dsr.erase') return has(personWords) || tokens.some(({ type }) => type === 'address');
  if (intent !== 'delete.workspace') return true;
  const isOneOfSeveral = slots.workspaces === undefined;
  const areSeveral = isOneOfSeveral && kinds.some(({ kind, plural }) => kind === 'workspace' && plural);
  return !areSeveral && (!has(new Set(['from'])) || has(wholeWords));
}
