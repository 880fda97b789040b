import type { Reading } from './intents.ts';
import { type NameIndex, ofAsset } from './learned/name-index.ts';
import { actOf } from './lexicon/acts.ts';
import { StemIndex } from './name-stems.ts';
import { namedPlaces } from './named-places.ts';
import type { Utterance } from './utterance.ts';

/** Longer messages, in tokens, ask for more than one thing. */
const mostTokens = 24;

const asks =
  /\b(?:who(?:'s|se|m)? (?:made|owns?|created|uploaded|built|wrote|trained|is|has|it|that|did)|whose|who owns|owner|how (?:big|large|old|many|much|recent)|when (?:was|were|did|is)|what (?:uses|size|kind|type|depends)|which \p{L}+ uses?|depend(?:s|ing)? on|(?:anything|anybody|anyone|something|nothing|still) (?:still )?(?:us(?:es?|ing)|depends?)|(?:still )?(?:being )?used by|in use|last (?:run|changed|modified|used))\b/iu;
const shows =
  /^\W*(?:(?:ok|okay|so|and|then|now|please|hey|hi|can you|could you|can i|may i|i want to|i'd like to|let me|just) ?,? ?){0,4}(?:show|see|open|look at|details?|info(?:rmation)?|more|tell)(?: me| us)?(?: (?:more|the|all|please|details?|info|some|what you know|everything))*(?: (?:about|on|of|for|at))?(?: (?:the|that|my|both|two|dataset|experiment|model|file|trained|notebook|project))*\W*$/iu;
const behindShown =
  /^\W*(?:in (?:the )?(?:workspace )?.{1,40}|please|pls|for me|thanks|then|again|one|dataset|experiment|model|file|project|notebook|\s)*\W*$/iu;

const isQuestion =
  /\?\s*$|(?:^|[,;:–-]\s?)\W*(?:(?:and|so|ok|but|then|now|hey)\W+){0,3}(?:who|whose|what|which|when|how|does|do|is|are|has|was)\b/iu;

/**
 * A question about one asset that exists: "who made the churn predictor, me or someone before me?", "details on Threshold
 * test please". Its file ending may be left out ("the pump readings"). Null for anything else, and for what may be a
 * command. Pure; linear in the number of tokens.
 */
export function assetQuestion(utterance: Utterance, names: NameIndex): Reading | null {
  const { tokens, text } = utterance;
  if (tokens.length > mostTokens) return null;
  const place = oneNamed(utterance, names);
  if (place === null) return null;
  const [first, last] = [tokens[place.start], tokens[place.end - 1]];
  if (first === undefined || last === undefined) return null;
  const before = text.slice(0, first.start);
  const after = text.slice(last.end);
  const isOutside = (at: number) => at < place.start || at >= place.end;
  const isCommand = tokens.some(
    ({ lower }, at) => isOutside(at) && lower !== 'get' && ['delete', 'export'].includes(actOf(lower) ?? ''),
  );
  if (isCommand) return null;
  const isShown = shows.test(before) && behindShown.test(after);
  if (!isShown && !(isQuestion.test(text) && asks.test(`${before} ${after}`))) return null;
  return {
    intent: 'asset.show',
    slots: { assets: [{ name: place.name }] },
    confidence: 0.8,
    why: 'asks about an asset that exists',
  };
}

/** The one asset that is named, in full or without its file ending. */
function oneNamed(utterance: Utterance, names: NameIndex): { name: string; start: number; end: number } | null {
  const places = namedPlaces(utterance, names, []).filter(({ name }) => (names.named(name) & ofAsset) !== 0);
  const full = places[0];
  if (full !== undefined)
    return places.every(({ name }) => name.toLowerCase() === full.name.toLowerCase()) ? full : null;
  const [stem, ...others] = names instanceof StemIndex ? names.stemsIn(utterance) : [];
  if (stem === undefined || others.length > 0) return null;
  const next = utterance.tokens[stem.end]?.lower ?? '';
  const before = utterance.tokens[stem.start - 1]?.lower ?? '';
  // One plain word names a file only as "the labels one" or "the labels file".
  const isPlain = stem.end - stem.start === 1 && !(ones.has(next) && before !== '');
  return isPlain ? null : stem;
}

const ones = new Set(['one', 'file', 'dataset', 'data', 'csv', 'set', 'table']);
