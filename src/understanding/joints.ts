import type { AssetMention } from '../domain/asset-mentions.ts';
import type { Slots } from './intents.ts';
import { kindAt } from './lexicon/kind-words.ts';
import { known } from './lexicon/vocabulary.ts';
import { nameEnd } from './names.ts';
import { type Sentence, span, wordAt } from './tokens.ts';

const joint = /^(?:[&+,;|/]|and|plus|or)$/;
const joints = /^\s?(?:[&+,;|/]|and|plus|or|, ?and)\s?$/i;

/** True for a conjunction that may stand inside a name as well as between two: "&", ",", "and". */
export function isConjunction(between: string): boolean {
  return joints.test(between);
}

/** The token range `[from, to)` of a name in a sentence. */
export interface NamePlace {
  readonly from: number;
  readonly to: number;
}

/** The conjunction typed between two names of a list, when both could be one name; undefined for anything longer. */
function jointBetween(sentence: Sentence, first: NamePlace, second: NamePlace): string | undefined {
  const end = sentence.tokens[first.to - 1]?.end;
  const start = sentence.tokens[second.from]?.start;
  if (end === undefined || start === undefined || start < end) return undefined;
  if (sentence.tokens[first.from]?.quoted !== undefined || sentence.tokens[second.from]?.quoted !== undefined)
    return undefined;
  const between = sentence.text.slice(end, start);
  return joints.test(between) ? between : undefined;
}

/**
 * The mentions of a list, each with the conjunction that joins it to the next in `joinedBy`. `places` are the token
 * ranges of their names.
 */
export function withConjunctions(
  sentence: Sentence,
  mentions: readonly AssetMention[],
  places: readonly NamePlace[],
): AssetMention[] {
  return mentions.map((mention, index) => {
    const [here, next] = [places[index], places[index + 1]];
    const between = here === undefined || next === undefined ? undefined : jointBetween(sentence, here, next);
    return between === undefined ? mention : { ...mention, joinedBy: between };
  });
}

/** The slots in the labelling scheme of the scored fixtures: names without the conjunctions between them. */
export function withoutConjunctions({ workspaceLonger: _, ...slots }: Slots): Slots {
  const bare = (mentions: readonly AssetMention[]) => mentions.map(({ joinedBy: __, ...mention }) => mention);
  return {
    ...slots,
    ...(slots.assets === undefined ? {} : { assets: bare(slots.assets) }),
    ...(slots.except === undefined ? {} : { except: bare(slots.except) }),
    // biome-ignore lint/suspicious/noThenProperty: an object that is no function is never taken for a promise.
    ...(slots.then === undefined ? {} : { then: { ...slots.then, slots: withoutConjunctions(slots.then.slots) } }),
  };
}

/** Longer readings of a workspace's name that contains conjunctions, and the token after the longest one. */
export interface LongerNames {
  readonly longer: readonly string[];
  readonly end: number;
}

/** The most conjunctions that a workspace's name may contain. */
const mostJoints = 3;

/**
 * The longer names that may begin with an unquoted workspace's name: "R" in "workspace R&D Lab". A conjunction followed
 * by a command, a kind or an everyday word does not belong to the name.
 */
export function longerNames(sentence: Sentence, { from, to }: NamePlace): LongerNames {
  const longer: string[] = [];
  let end = to;
  if (sentence.tokens[from]?.quoted !== undefined) return { longer, end };
  while (longer.length < mostJoints && joint.test(wordAt(sentence, end))) {
    const next = end + 1;
    const token = sentence.tokens[next];
    if (token === undefined || token.quoted !== undefined) break;
    const raw = sentence.text.slice(token.start, token.end);
    const tight =
      sentence.tokens[end]?.end === token.start && sentence.tokens[end - 1]?.end === sentence.tokens[end]?.start;
    const named = /^[\p{Lu}\d]/u.test(raw) || !known.has(token.word);
    if (!tight && (!named || token.word !== raw.toLowerCase())) break;
    if (!/^[\p{L}\p{N}]/u.test(raw) || kindAt((position) => wordAt(sentence, position), next) !== null) break;
    const behind = nameEnd(sentence, next, sentence.tokens.length);
    if (behind <= next) break;
    longer.push(span(sentence, from, behind));
    end = behind;
  }
  return { longer, end };
}
