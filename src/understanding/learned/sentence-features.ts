import type { Token } from '../token.ts';
import type { Utterance } from '../utterance.ts';
import { deletionSigns } from '../vetoes.ts';
import { hashOf } from './hash.ts';
import type { KnownNames } from './segment-features.ts';
import type { Span } from './tags.ts';

const placeholders: Readonly<Record<string, string>> = {
  name: '<name>',
  except: '<name>',
  workspace: '<ws>',
  subject: '<who>',
  filter: '<text>',
  request: '<req>',
  reason: '<why>',
  kind: '',
};

/** A message's words with every span masked by its label, so that names do not influence the intent. */
function maskedWords({ tokens }: Utterance, spans: readonly Span[]): string[] {
  const words: string[] = [];
  let next = 0;
  for (let index = 0; index < tokens.length; ) {
    const span = spans[next];
    if (span !== undefined && span.start === index) {
      next += 1;
      const placeholder = placeholders[span.label] ?? '';
      if (placeholder !== '') {
        if (words.at(-1) !== placeholder) words.push(placeholder);
        index = span.end;
        continue;
      }
    }
    const token = tokens[index] as Token;
    words.push(wordOf(token));
    index += 1;
  }
  return words;
}

/** The word as the classifier uses it: all numbers and all addresses look alike. */
function wordOf({ lower, type }: Token): string {
  if (type === 'address') return '<address>';
  if (type === 'break') return '<break>';
  let digits = 0;
  for (const character of lower) if (character >= '0' && character <= '9') digits += 1;
  if (digits === 0) return lower.includes('_') || (lower.includes('.') && lower.length > 3) ? '<id>' : lower;
  return digits === lower.length ? (digits === 4 ? '<year>' : '<number>') : '<id>';
}

/** Sparse features of a sentence with their values, L2-normalised. */
export interface SentenceFeatures {
  readonly features: Uint32Array;
  readonly values: Float64Array;
}

/**
 * Word n-grams up to three, word pairs over a gap, character n-grams, the kinds that occur, how the sentence begins and
 * ends, and the vetoes against a deletion.
 */
export function sentenceFeatures(
  utterance: Utterance,
  spans: readonly Span[],
  known: KnownNames = [],
): SentenceFeatures {
  const words = maskedWords(utterance, spans);
  const kindWords = kindsOf(utterance, spans);
  const found = new Map<number, number>();
  const put = (feature: string, value: number): void => {
    const hash = hashOf(feature);
    found.set(hash, (found.get(hash) ?? 0) + value);
  };
  const padded = ['^', ...words, '$'];
  for (let index = 0; index < padded.length; index += 1) {
    const word = padded[index] ?? '';
    const one = padded[index + 1];
    const two = padded[index + 2];
    put(`1:${word}`, 1);
    if (one !== undefined) put(`2:${word} ${one}`, 1);
    if (one !== undefined && two !== undefined) {
      put(`3:${word} ${one} ${two}`, 1);
      put(`g:${word} * ${two}`, 0.5);
    }
  }
  for (const word of words) {
    if (word.startsWith('<') || word.length < 3 || word.length > 20) continue;
    const marked = `_${word}_`;
    for (let size = 3; size <= 5; size += 1) {
      for (let at = 0; at + size <= marked.length; at += 1) put(`c:${marked.slice(at, at + size)}`, 0.4);
    }
  }
  const content = words.filter((word) => word.length > 1);
  put(`b:${content[0] ?? ''}`, 1);
  put(`b2:${content[0] ?? ''} ${content[1] ?? ''}`, 1);
  put(`e:${content.at(-1) ?? ''}`, 1);
  put(`n:${Math.min(8, Math.ceil(words.length / 3))}`, 0.5);
  put(`q:${words.includes('?') ? 1 : 0}`, 0.5);
  const labels = new Set(spans.map(({ label }) => label));
  put(`l:${[...labels].sort().join('+')}`, 1);
  for (const label of labels) {
    put(`ll:${label}`, 1);
    for (const word of new Set(words)) if (!word.startsWith('<')) put(`lw:${label} ${word}`, 0.3);
  }
  for (const kind of kindWords) put(`k:${kind}`, 0.7);
  for (const { label, start, end } of spans) {
    const named = known[start]?.get(end);
    if (named !== undefined) put(`known:${label} ${named}`, 1);
  }
  const { said, exported, vetoes } = deletionSigns(utterance, spans);
  for (const { reason, where } of vetoes) put(`v:${reason}, ${where}`, 1);
  put(`vs:${said} ${exported}`, 1);
  put(`vv:${said} ${vetoes.length > 0}`, 1);
  return normalised(found);
}

function kindsOf({ kinds }: Utterance, spans: readonly Span[]): Set<string> {
  const said = new Set<string>();
  for (const { kind, plural, start } of kinds) {
    if (spans.some((span) => span.label !== 'kind' && start >= span.start && start < span.end)) continue;
    said.add(`${kind === 'workspace' || kind === 'asset' ? kind : 'kind'}${plural ? 's' : ''}`);
  }
  return said;
}

function normalised(found: ReadonlyMap<number, number>): SentenceFeatures {
  const features = new Uint32Array(found.size);
  const values = new Float64Array(found.size);
  let index = 0;
  for (const [feature, value] of found) {
    features[index] = feature;
    values[index] = value > 1 ? 1 + Math.log(value) : value;
    index += 1;
  }
  return { features, values };
}
