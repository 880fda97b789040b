import { exceptWords } from './learned/tag-features.ts';

/** Verbs that keep what follows them. */
export const keepers = new Set(['keep', 'keeping', 'leave', 'leaving']);

/** Words behind which whose things are left out stands. */
export const ownerExceptions: ReadonlySet<string> = new Set(
  'except exept excpet excepting besides excluding without minus'.split(' '),
);

/** Where an expression of exception begins that ends at this token: "except", "apart from", "with the exception of". */
export function exceptAt(words: readonly string[], at: number): number | null {
  const [word = '', before = ''] = [words[at], words[at - 1]];
  if (word === 'exept' || word === 'excpet' || word === 'w/o') return at;
  if (word === 'for' || word === 'from' || word === 'than')
    return ['except', 'exept', 'apart', 'aside', 'other', 'save'].includes(before) ? at - 1 : null;
  if (word === 'of' && before === 'exception') return Math.max(0, at - 3);
  if (word === 'but') return isButOfAll(words, at) ? at : null;
  const isOther = keepers.has(word) || ['not', 'save', 'other', 'apart', 'aside', 'leave'].includes(word);
  return exceptWords.has(word) && !isOther ? at : null;
}

/** "All but the models": not "nothing but", and not a new clause. */
function isButOfAll(words: readonly string[], at: number): boolean {
  const before = words.slice(Math.max(0, at - 6), at);
  if ([',', '.', ';', 'nothing'].includes(before.at(-1) ?? '')) return false;
  const after = words[at + 1] ?? '';
  return (
    after !== 'all' &&
    after !== 'every' &&
    before.some((word) => ['everything', 'all', 'anything', 'every', 'each'].includes(word))
  );
}
