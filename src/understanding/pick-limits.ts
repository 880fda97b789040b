import type { AssetPick } from '../domain/asset-mentions.ts';
import { exceptAt, keepers } from './exception-words.ts';
import { correctedWords, meantBy, numberOf } from './free-words.ts';
import type { Slots } from './intents.ts';
import { orderedBy, superlatives } from './lexicon/selection-words.ts';
import type { Utterance } from './utterance.ts';

/** The phrase of an asset's kind that begins at most two tokens after this one. */
function headBehind({ kinds }: Utterance, from: number): { readonly plural: boolean } | undefined {
  return kinds.find(({ kind, start }) => kind !== 'workspace' && start >= from && start <= from + 2);
}

const articles = new Set('the my our those these only just all top last single very two'.split(' '));

/** "The newest version of every dataset", "the oldest 10 %": not a number of assets. */
const noAssets = new Set('version versions run runs copy copies revision revisions iteration iterations'.split(' '));
const noCounts = new Set(['%', 'percent', 'or', 'half', 'quarter', 'third', 'tenth', 'percentile']);

/**
 * How many by age or size: "the two biggest", "all but the newest", "top 5 by size". `words` are those outside names; the
 * tokens that say it are added to `covered`.
 */
export function pickIn(words: readonly string[], utterance: Utterance, covered: Set<number>): Pick<Slots, 'pick'> {
  const ordered = topBy(words, covered);
  if (ordered !== null) return { pick: ordered };
  if (words.some((word) => noAssets.has(word))) return {};
  const places = picksIn(words);
  const last = correctedWords(words);
  const [place, ...others] = last === null || places.length < 2 ? places : picksIn(last);
  const isSame = others.every(({ by }) => by === place?.by && numberOf(words[place.index - 1]) === null);
  if (place === undefined || !isSame) return {};
  const { by, index, end } = place;
  if (orderFirst(words) !== null) return {};
  const before = numberOf(words[index - 1]);
  const isOne = words[end] === 'one' || words[end] === 'of';
  const asked = before === null ? countBefore(utterance, words, index) : null;
  const count = before ?? (isOne ? null : numberOf(words[end])) ?? asked?.count ?? null;
  const near = words.slice(Math.max(0, index - 3), end + 3);
  if (near.some((word) => noCounts.has(word))) return {};
  // "The oldest datasets" and "the oldest ones" do not say how many.
  const isPlural = headBehind(utterance, end)?.plural === true || pluralArticles.has(words[index - 1] ?? '');
  if (count === null && !isOne && (words[end] === 'ones' || isPlural)) return {};
  let from = before === null ? index : index - 1;
  while (articles.has(words[from - 1] ?? '')) from -= 1;
  const isRest = exceptAt(words, from - 1) !== null || keepers.has(words[from - 1] ?? '');
  const isNumberBehind = count !== null && before === null && asked === null;
  if (asked !== null) covered.add(asked.at);
  const to = end + (isNumberBehind ? 1 : 0) + (['one', 'ones'].includes(words[end] ?? '') ? 1 : 0);
  for (let at = isRest ? (exceptAt(words, from - 1) ?? from - 1) : from; at < to; at += 1) covered.add(at);
  for (const other of [...places, ...others]) covered.add(other.index);
  const pick: AssetPick = { by, count: count ?? 1, ...(isRest ? { rest: true } : {}) };
  return { pick };
}

/** "Les jeux de données les plus gros" does not say how many. */
const pluralArticles = new Set(['les', 'los', 'las', 'gli', 'i']);

/** "Which three notebooks are the oldest": a number in front of the kind that stands before. */
function countBefore({ kinds }: Utterance, words: readonly string[], index: number) {
  const head = kinds.findLast(({ kind, end }) => kind !== 'workspace' && end <= index && end >= index - 4);
  const at = (head?.start ?? 0) - 1;
  const count = numberOf(words[at]);
  return count === null ? null : { count, at };
}

/** "Top 5 datasets by size": as "the 5 biggest datasets". */
function topBy(words: readonly string[], covered: Set<number>): AssetPick | null {
  const top = words.indexOf('top');
  const count = numberOf(words[top + 1]);
  const by = words.findIndex((word, at) => at > top && word === 'by' && orderedBy.has(words[at + 1] ?? ''));
  const order = orderedBy.get(words[by + 1] ?? '');
  if (top < 0 || count === null || by < 0 || order === undefined) return null;
  for (const at of [top, top + 1, by, by + 1]) covered.add(at);
  return { by: order, count };
}

/** "Oldest first": an order, not the one that is oldest. */
export function orderFirst(words: readonly string[]): AssetPick['by'] | null {
  const [place] = picksIn(words).filter(({ end }) => words.slice(end, end + 2).includes('first'));
  return place?.by ?? null;
}

function picksIn(words: readonly string[]) {
  return words.flatMap((word, index) => {
    const two = superlatives.get(`${word} ${words[index + 1] ?? ''}`);
    const by = two ?? meantBy(superlatives, word);
    return by === undefined || word === '' ? [] : [{ by, index, end: index + (two === undefined ? 1 : 2) }];
  });
}
