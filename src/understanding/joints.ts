import type { AssetMention } from '../domain/request.ts';
import type { Slots } from './intents.ts';
import { kindAt } from './lexicon/kind-words.ts';
import { known } from './lexicon/vocabulary.ts';
import { nameEnd } from './names.ts';
import { type Sentence, span, wordAt } from './tokens.ts';

const joint = /^(?:[&+,;|/]|and|plus|or)$/;
const joints = /^\s?(?:[&+,;|/]|and|plus|or|, ?and)\s?$/i;

/** True for what may stand inside a name as well as between two: "&", ",", "and". */
export function isJoint(between: string): boolean {
  return joints.test(between);
}

/** Where a name stands in a line: its first token, and the one behind its last. */
export interface NamePlace {
  readonly from: number;
  readonly to: number;
}

/** What was typed between two names of a list, when it could be part of one name; undefined for anything longer. */
function jointBetween(sentence: Sentence, first: NamePlace, second: NamePlace): string | undefined {
  const end = sentence.tokens[first.to - 1]?.end;
  const start = sentence.tokens[second.from]?.start;
  if (end === undefined || start === undefined || start < end) return undefined;
  if (sentence.tokens[first.from]?.quoted !== undefined || sentence.tokens[second.from]?.quoted !== undefined)
    return undefined;
  const between = sentence.text.slice(end, start);
  return joints.test(between) ? between : undefined;
}

/** The mentions of a list with what joins each to the next. `places` are where their names stand. */
export function withJoints(
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

/** The slots as the scheme for measuring has them: names only, without what joins them. */
export function withoutJoints({ workspaceLonger: _, ...slots }: Slots): Slots {
  const bare = (mentions: readonly AssetMention[]) => mentions.map(({ joinedBy: __, ...mention }) => mention);
  return {
    ...slots,
    ...(slots.assets === undefined ? {} : { assets: bare(slots.assets) }),
    ...(slots.except === undefined ? {} : { except: bare(slots.except) }),
    // biome-ignore lint/suspicious/noThenProperty: an object that is no function is never taken for a promise.
    ...(slots.then === undefined ? {} : { then: { ...slots.then, slots: withoutJoints(slots.then.slots) } }),
  };
}

/** A workspace's name that may go on over a joint, and the token behind its longest form. */
export interface LongerNames {
  readonly longer: readonly string[];
  readonly end: number;
}

/** The most joints that a workspace's name is followed over. */
const mostJoints = 3;

/**
 * The longer names that an unquoted workspace's name may be the beginning of: "R" in "workspace R&D Lab". A joint with
 * a command, a kind or everyday words behind it leads on to something else.
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
