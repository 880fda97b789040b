import type { Reading } from './intents.ts';
import { type NameIndex, ofAsset } from './learned/name-index.ts';
import { actOf } from './lexicon/acts.ts';
import { StemIndex } from './name-stems.ts';
import { namedPlaces } from './named-places.ts';
import type { Utterance } from './utterance.ts';

/** Longer messages, in tokens, ask for more than one thing. */
const mostTokens = 24;

const made = "who(?:'s|se|m)? (?:made|owns?|created|uploaded|built|wrote|trained|is|has|it|that|did)|whose|owner";
const sized = 'how (?:big|large|old|many|much|recent)|when (?:was|were|did|is)|what (?:uses|size|kind|type|depends)';
const using =
  'which \\p{L}{1,30} uses?|depend(?:s|ing)? on|(?:anything|anybody|anyone|something|nothing|still) (?:us(?:es?|ing)|depends?)';
const asks = new RegExp(`\\b(?:${made}|${sized}|${using}|used by|in use|last (?:run|changed|modified|used))\\b`, 'iu');

const isQuestion = new RegExp(
  [
    '\\?\\s{0,3}$',
    '^\\W{0,3}(?:(?:and|so|ok|but|then|now|hey)\\W{1,3}){0,3}(?:who|whose|what|which|when|how|does|do|is|are|has|was)\\b',
    '[,;:–-] ?(?:and |so |but )?(?:who|whose|what|which|when|how|does|do|is|are|has|was)\\b',
  ].join('|'),
  'iu',
);

/** What stands in front of a name in "could you show me the details of …", and nothing else does. */
const beforeShown = new Set(
  `ok okay so and then now please hey hi can you could i may want to i'd like let me just show see open look at detail details info
  information more tell us the all some what know everything about on of for that my both two dataset experiment model file
  trained notebook project`.split(/\s+/u),
);
const showing = new Set('show see open look detail details info information tell'.split(' '));
const behindShown = new Set(
  'please pls for me thanks then again one dataset experiment model file project notebook'.split(' '),
);

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}']+/u)
    .filter((word) => word !== '');
}

/** "Details on … please", "show me the … in Churn Lab". */
function isShowing(before: string, after: string): boolean {
  const words = wordsOf(before);
  if (!words.some((word) => showing.has(word)) || !words.every((word) => beforeShown.has(word))) return false;
  return /^ in \p{L}/u.test(after) || wordsOf(after).every((word) => behindShown.has(word));
}

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
  const isAsked = isQuestion.test(text) && asks.test(`${before} ${after}`);
  if (!isAsked && !isShowing(before, after)) return null;
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
