import type { AssetMention } from '../domain/request.ts';
import type { Slots } from './intents.ts';
import { kindAt } from './lexicon/kind-words.ts';
import { known } from './lexicon/vocabulary.ts';
import { nameEnd } from './names.ts';
import { type Line, span, wordAt } from './tokens.ts';

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
function jointBetween(line: Line, first: NamePlace, second: NamePlace): string | undefined {
  const end = line.tokens[first.to - 1]?.end;
  const start = line.tokens[second.from]?.start;
  if (end === undefined || start === undefined || start < end) return undefined;
  if (line.tokens[first.from]?.quoted !== undefined || line.tokens[second.from]?.quoted !== undefined) return undefined;
  const between = line.text.slice(end, start);
  return joints.test(between) ? between : undefined;
}

/** The mentions of a list with what joins each to the next. `places` are where their names stand. */
export function withJoints(
  line: Line,
  mentions: readonly AssetMention[],
  places: readonly NamePlace[],
): AssetMention[] {
  return mentions.map((mention, index) => {
    const [here, next] = [places[index], places[index + 1]];
    const between = here === undefined || next === undefined ? undefined : jointBetween(line, here, next);
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
export function longerNames(line: Line, { from, to }: NamePlace): LongerNames {
  const longer: string[] = [];
  let end = to;
  if (line.tokens[from]?.quoted !== undefined) return { longer, end };
  while (longer.length < mostJoints && joint.test(wordAt(line, end))) {
    const next = end + 1;
    const token = line.tokens[next];
    if (token === undefined || token.quoted !== undefined) break;
    const raw = line.text.slice(token.start, token.end);
    const tight = line.tokens[end]?.end === token.start && line.tokens[end - 1]?.end === line.tokens[end]?.start;
    const named = /^[\p{Lu}\d]/u.test(raw) || !known.has(token.word);
    if (!tight && (!named || token.word !== raw.toLowerCase())) break;
    if (!/^[\p{L}\p{N}]/u.test(raw) || kindAt((position) => wordAt(line, position), next) !== null) break;
    const behind = nameEnd(line, next, line.tokens.length);
    if (behind <= next) break;
    longer.push(span(line, from, behind));
    end = behind;
  }
  return { longer, end };
}
