import type { Utterance } from '../utterance.ts';
import type { KnownNames } from './segment-features.ts';
import { type SentenceFeatures, sentenceFeatures } from './sentence-features.ts';
import { bestSpans, type SpanRules, type TaggerWeights } from './tagger.ts';
import { taggerInput } from './tagger-input.ts';
import type { Span } from './tags.ts';

/** The trained parts of the reader. */
export interface ReaderModel {
  /** Finds names when nothing is known of what the message means. */
  readonly blind: TaggerWeights;
  /** Finds names when the message is taken to mean a given class. */
  readonly informed: TaggerWeights;
  /** What a message can be read as: an intent, some with a detail behind a slash. */
  readonly classes: readonly string[];
  /** The probability of each class. */
  classify(features: SentenceFeatures): Float64Array;
}

/** One way to read a message. */
export interface Candidate {
  readonly readingClass: string;
  readonly probability: number;
  readonly spans: readonly Span[];
}

/** Readings that are less likely are not looked at any further. */
const leastProbability = 0.02;

/**
 * The likeliest readings, best first, at most `count`: names are found blindly, the class is chosen from the sentence
 * with its names masked, and the names are found again for each class.
 */
export function candidatesOf(
  model: ReaderModel,
  utterance: Utterance,
  count: number,
  known: KnownNames = [],
): Candidate[] {
  const blind = bestSpans(taggerInput(utterance, null, known), model.blind);
  const probabilities = model.classify(sentenceFeatures(utterance, blind, known));
  const best = model.classes
    .map((readingClass, index) => ({ readingClass, probability: probabilities[index] ?? 0 }))
    .sort((a, b) => b.probability - a.probability)
    .filter(({ probability }, index) => index === 0 || probability >= leastProbability)
    .slice(0, count);
  return best.map(({ readingClass, probability }) => ({
    readingClass,
    probability,
    spans: hasSpans(readingClass)
      ? wholeNames(
          wholeQuotations(
            utterance,
            bestSpans(taggerInput(utterance, readingClass, known), model.informed, spanRules(readingClass)),
          ),
          known,
        )
      : [],
  }));
}

/** A name that begins or ends within a quotation is the whole quotation. */
function wholeQuotations({ tokens }: Utterance, spans: readonly Span[]): Span[] {
  const widened: Span[] = [];
  for (const span of spans) {
    let { start, end } = span;
    const [first, last] = [tokens[start]?.quotation ?? 0, tokens[end - 1]?.quotation ?? 0];
    while (first !== 0 && tokens[start - 1]?.quotation === first) start -= 1;
    while (last !== 0 && tokens[end]?.quotation === last) end += 1;
    if (start >= (widened.at(-1)?.end ?? 0)) widened.push({ ...span, start, end });
  }
  return widened;
}

/** Several names that are together the name of one thing that exists, "trips and fares", are that name. */
function wholeNames(spans: readonly Span[], known: KnownNames): Span[] {
  const joined: Span[] = [];
  for (let index = 0; index < spans.length; index += 1) {
    const first = spans[index] as Span;
    const ends = known[first.start];
    const last = spans.findLastIndex(
      ({ label, end }, at) => at > index && label === first.label && ends?.has(end) === true,
    );
    joined.push(last < 0 ? first : { ...first, end: spans[last]?.end ?? first.end });
    if (last >= 0) index = last;
  }
  return joined;
}

/** Which spans a class of readings has, and which it cannot do without. */
function spanRules(readingClass: string): SpanRules {
  const [intent = '', detail] = readingClass.split('/');
  switch (intent) {
    case 'export.assets':
    case 'delete.assets':
      return detail === 'all'
        ? { allowed: ['kind', 'filter', 'except', 'workspace'] }
        : { allowed: ['name', 'workspace'], required: 'name' };
    case 'list.assets':
      return { allowed: ['kind', 'filter', 'workspace'] };
    case 'export.workspace':
    case 'delete.workspace':
    case 'account.info':
      return { allowed: ['workspace'] };
    case 'dsr.export':
    case 'dsr.erase':
    case 'dsr.discover':
    case 'directory.export':
      return detail === 'me' ? { allowed: [] } : { allowed: ['subject'], required: 'subject' };
    case 'hold.place':
    case 'hold.lift':
      return { allowed: ['workspace', 'subject', 'reason'] };
    case 'dsr.extend':
      return { allowed: ['request', 'reason'] };
    default:
      return { allowed: ['request'] };
  }
}

const spanless = new Set([
  'list.workspaces',
  'request.list',
  'admin.health',
  'ask',
  'help',
  'greet',
  'confirm',
  'decline',
  'none',
]);

/** True when a reading of this class has slots that stand in the text. */
export function hasSpans(readingClass: string): boolean {
  return !spanless.has(readingClass.split('/')[0] ?? '');
}
