import type { Utterance } from '../utterance.ts';
import type { KnownNames } from './segment-features.ts';
import { type SentenceFeatures, sentenceFeatures } from './sentence-features.ts';
import { bestSpans, type SpanRules, type TaggerWeights } from './tagger.ts';
import { taggerInput } from './tagger-input.ts';
import type { Span } from './tags.ts';

/** The trained parts of the reader. */
export interface ReaderModel {
  /** The tagger for messages whose class is not known yet. */
  readonly blind: TaggerWeights;
  /** The tagger for a message with a given class. */
  readonly informed: TaggerWeights;
  /** The classes of messages: an intent, for some with a detail after a slash. */
  readonly classes: readonly string[];
  /** The probability of each class. */
  classify(features: SentenceFeatures): Float64Array;
}

/** One possible reading of a message. */
export interface Candidate {
  readonly readingClass: string;
  readonly probability: number;
  readonly spans: readonly Span[];
}

/** Readings with a smaller probability are ignored. */
const leastProbability = 0.02;

/**
 * At most `count` readings, most likely first. First a tagger without a class finds the names, then the sentence with
 * its names masked is classified, and then a second tagger finds the names again for each class.
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

/** Extends a name that begins or ends inside a quotation to the whole quotation. */
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

/** Joins several names when together they are one existing name, such as "trips and fares". */
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

/** The spans that readings of a class may have, and the one that they must have. */
function spanRules(readingClass: string): SpanRules {
  const [intent = '', detail] = readingClass.split('/');
  switch (intent) {
    case 'export.assets':
    case 'delete.assets':
      return detail === 'all'
        ? { allowed: ['kind', 'filter', 'except', 'workspace'] }
        : { allowed: ['name', 'workspace'], required: 'name' };
    case 'list.assets':
      return { allowed: ['kind', 'filter', 'except', 'workspace'] };
    case 'asset.show':
      return { allowed: ['name', 'workspace'], required: 'name' };
    case 'schedule.create':
      return { allowed: detail === 'all' ? ['kind', 'filter', 'except', 'workspace'] : ['name', 'workspace'] };
    case 'export.workspace':
    case 'delete.workspace':
    case 'schedule.stop':
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
  'unsupported',
  'schedule.list',
  'ask',
  'help',
  'greet',
  'confirm',
  'decline',
  'none',
]);

/** True when readings of this class have slots that occur in the text. */
export function hasSpans(readingClass: string): boolean {
  return !spanless.has(readingClass.split('/')[0] ?? '');
}
