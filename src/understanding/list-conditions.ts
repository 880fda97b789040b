import type { Slots } from './intents.ts';
import type { Span } from './learned/tags.ts';
import { limitsIn } from './selection-limits.ts';
import type { Utterance } from './utterance.ts';

/**
 * Where a question about many assets has a condition that no slot holds, "that contain names", "besides zips", "other
 * than mine": a list without it would answer another question. The index of a token, or null. Pure; linear.
 */
export function lostCondition(
  { except, exceptKinds, filter, pick }: Slots,
  utterance: Utterance,
  spans: readonly Span[],
): number | null {
  const { tokens } = utterance;
  const { covered } = limitsIn(utterance, spans);
  const isNamed = (at: number) => spans.some(({ label, start, end }) => label !== 'kind' && at >= start && at < end);
  const words = tokens.map(({ lower, quotation }, at) =>
    quotation !== 0 || covered.has(at) || isNamed(at) ? '' : lower,
  );
  const isExcepted = except !== undefined || exceptKinds !== undefined || pick?.rest === true;
  const found = words.findIndex((word, at) => {
    const next = words[at + 1] ?? '';
    if (!isExcepted && (excepting.has(word) || (word === 'other' && next === 'than'))) return true;
    if (word === 'not' && words.slice(at + 1, at + 4).some((each) => owning.has(each))) return true;
    if ((word === 'someone' || word === 'somebody') && next === 'else') return true;
    if (filter === undefined && holding.has(word)) return true;
    return (
      (word === 'in' || word === 'inside') &&
      (next === 'them' || next === 'it') &&
      words.slice(0, at).some((each) => having.has(each))
    );
  });
  return found < 0 ? null : found;
}

const excepting = new Set([
  'except',
  'besides',
  'excluding',
  'excepting',
  'apart',
  'außer',
  'sauf',
  'excepto',
  'tranne',
  'behalve',
  'oprócz',
]);
const owning = new Set(['mine', 'owned', 'my', 'ours']);
const holding = new Set(['contain', 'contains', 'containing', 'enthalten', 'contiennent', 'contienen']);
const having = new Set(['have', 'has', 'with']);
