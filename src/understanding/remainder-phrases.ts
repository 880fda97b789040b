import type { PickOrder } from '../domain/asset-mentions.ts';
import { numberOf } from './free-words.ts';
import { actOf } from './lexicon/acts.ts';
import type { NamedPlace } from './named-places.ts';
import type { Utterance } from './utterance.ts';

/** A thing that a phrase names: by its name, by its place in what was shown, by words of its name, or as the one of two. */
export type Item =
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'place'; readonly from: number; readonly count: number }
  | { readonly type: 'hint'; readonly words: readonly string[] }
  | { readonly type: 'compared'; readonly by: PickOrder };

/** What a message says of the things that were shown. */
export interface Phrase {
  /** The items stay out, or they are all that is meant. */
  readonly form: 'except' | 'only';
  /** The verb of the message; `look` for a question; null without one. */
  readonly act: 'delete' | 'export' | 'look' | null;
  /** "The other one": without items, what was spoken of before stays out. */
  readonly isOther: boolean;
  /** How many others there are; null where that is not said. */
  readonly count: number | null;
  readonly items: readonly Item[];
  /** The words, for the person. */
  readonly said: string;
}

const compared: ReadonlyMap<string, PickOrder> = new Map([
  ...['older', 'earlier'].map((word) => [word, 'oldest'] as const),
  ...['newer', 'younger', 'later'].map((word) => [word, 'newest'] as const),
  ...['bigger', 'larger'].map((word) => [word, 'biggest'] as const),
  ['smaller', 'smallest'],
]);
const comparatives = [...compared.keys()].join('|');

/** A text of code words: a letter and a number for what is looked up, and every other word as it is. */
interface Coded {
  readonly code: string;
  /** By the place in `code`: the place in the text. */
  readonly starts: ReadonlyMap<number, number>;
}

const introducing = [
  'ok|okay|yes|yeah|no|nope|well|so|and|then|now|please|pls|actually|hm|hmm|oh|sorry|wait|alright|right|fine|good|great',
  'thanks|rather|i mean|i meant|take|do|but|can you|could you|would you|i want to|let us|lets|go ahead and|[,.!–-]',
].join('|');
const lead = `(?:(?:${introducing}) ){0,8}`;
const ending = 'please|pls|then|thanks|too|either|though|now|instead|alone|from|of|there|it|them|those|these|[.!,]';
const tail = `(?: (?:${ending})){0,6}`;
const verb = '(?:(?:get )?(?<act>[DE]) (?:(?:up|of|me) ){0,2})';
const nouns = '(?<one>one|ones|C\\d+|Ks?)(?: Ks| ones)?';
const other = `(?<what>(?:the|that|those|my) (?:(?:other|remaining)(?: ${nouns})?|(?<rest>others|rest)))`;
const plural = '(?:(?:all |all of )?(?:those|these|them)(?: Ks| ones| things)?)';
const excepting = '(?:, )?(?:but not|except for|except|without|apart from|other than|but|minus|besides|excluding|not)';
const keeping = '(?:keep|leave|spare|not|without)';
const out = '(?:without|except for|except|not|but not|leave out|skip|excluding)';
const asking = '(?:what about|how about|show me|show|how big is|how old is|who made|who owns|what uses) ';

const isOther = new RegExp(`^${lead}${verb}?(?:(?:only|just) )?${other}${tail}$`, 'du');
const asksOther = new RegExp(`^${lead}(?:${asking})?${other}(?: [?])?$`, 'du');
const asks = new RegExp(`[?]$|\\b${asking}`, 'u');
const allExcept = new RegExp(`^${lead}${verb}?(?<what>${plural} ${excepting} (?<items>.{1,200}))$`, 'du');
const otherExcept = new RegExp(`^${lead}${verb}${other}(?: [,.])?(?: and| but)? ${keeping} (?<items>.{1,200})$`, 'du');
const onlyItems = new RegExp(`^${lead}(?<what>(?:only|just) (?<items>.{1,200}))$`, 'du');
const exceptItems = new RegExp(`^${lead}(?<what>${out} (?<items>.{1,200}))$`, 'du');
const among =
  '(?: (?:of|from|in|on|out of) (?:the|those|these|them|that|your|this)(?: (?:C\\d+|Ks|list|two|ones|things|assets)){0,2})';
const single = new RegExp(
  `^${lead}(?:${verb}|(?<looks>${asking}))(?<what>(?<items>(?:the|that|my) (?:P\\d+(?: one| ones| Ks?)?|(?:${comparatives})(?: one| K)?)))(?<among>${among})?${tail}(?: [?])?$`,
  'du',
);
const kept = new RegExp(`^${lead}${keeping} (?<items>.{1,200})$`, 'u');

/**
 * What a message says of the things that were shown, when all its words are part of that; null otherwise. A finite
 * grammar over the words, with the names in `places` as single words. Pure; linear in the number of tokens.
 */
export function phraseOf(utterance: Utterance, places: readonly NamedPlace[]): Phrase | null {
  const coded = codeOf(utterance, places);
  const { code } = coded;
  const given = { coded, utterance, places };
  // "Keep CON, delete the other one" is in the order of "delete the other one, keep CON".
  const at = code.search(/ [DE] /u);
  const first = at < 0 ? null : kept.exec(code.slice(0, at));
  const others = first === null ? null : isOther.exec(code.slice(at + 1));
  if (first !== null && others !== null)
    return phrase(others, { ...given, offset: at + 1, form: 'except', isOther: true, said: first.groups?.items });
  const asked = asks.test(code) ? asksOther.exec(code) : null;
  const whole = isOther.exec(code);
  if (whole !== null && (asked === null || whole.groups?.act !== undefined))
    return phrase(whole, { ...given, form: 'except', isOther: true });
  if (asked !== null) return phrase(asked, { ...given, form: 'except', isOther: true, looks: true });
  const except = allExcept.exec(code);
  if (except !== null) return phrase(except, { ...given, form: 'except', isOther: false });
  const behind = otherExcept.exec(code);
  if (behind !== null) return phrase(behind, { ...given, form: 'except', isOther: true });
  const alone = onlyItems.exec(code);
  if (alone !== null) return phrase(alone, { ...given, form: 'only', isOther: false });
  const one = single.exec(code);
  if (one !== null && !isLatestOfKind(one))
    return phrase(one, {
      ...given,
      form: 'only',
      isOther: false,
      ...(one.groups?.looks === undefined ? {} : { looks: true }),
    });
  const less = exceptItems.exec(code);
  return less === null ? null : phrase(less, { ...given, form: 'except', isOther: false });
}

/** "Delete the last experiment" may be the newest one there is. */
function isLatestOfKind({ groups }: RegExpExecArray): boolean {
  return groups?.among === undefined && /^\S+ P9\d Ks?$/u.test(groups?.items ?? '');
}

interface Given {
  readonly coded: Coded;
  readonly utterance: Utterance;
  readonly places: readonly NamedPlace[];
  readonly form: Phrase['form'];
  readonly isOther: boolean;
  readonly looks?: true;
  /** The items, where they do not stand in what was matched. */
  readonly said?: string | undefined;
  /** Where in the code text the match begins. */
  readonly offset?: number;
}

function phrase(found: RegExpExecArray, given: Given): Phrase | null {
  const { act, items, what = '', one = '', rest } = found.groups ?? {};
  const said = given.said ?? items;
  const named = said === undefined ? [] : itemsIn(said, given.places);
  if (named === null) return null;
  const [start, end] = found.indices?.groups?.what ?? [0, 0];
  const { offset = 0 } = given;
  return {
    form: given.form,
    isOther: given.isOther,
    act: given.looks === true ? 'look' : act === undefined ? null : act === 'D' ? 'delete' : 'export',
    count: given.isOther ? countOf(one, rest !== undefined) : null,
    items: named,
    said: saidAt(given.coded, [start + offset, end + offset], given.utterance) ?? what,
  };
}

/** "The other one", "the other": one; "the other two": two; "the others": any number. */
function countOf(one: string, isRest: boolean): number | null {
  if (isRest || one === 'ones' || one === 'Ks') return null;
  return one.startsWith('C') ? Number(one.slice(1)) : 1;
}

const ordinals: ReadonlyMap<string, number> = new Map([
  ...['first', '1st'].map((word) => [word, 0] as const),
  ...['second', '2nd'].map((word) => [word, 1] as const),
  ...['third', '3rd'].map((word) => [word, 2] as const),
  ...['fourth', '4th'].map((word) => [word, 3] as const),
  ...['fifth', '5th'].map((word) => [word, 4] as const),
  ['last', -1],
]);

/** Verbs that say too little to be one of an export here: "get", "give". */
const vague = new Set(['get', 'give', 'send', 'fetch', 'pull', 'grab']);

function codeOf({ tokens, kinds }: Utterance, places: readonly NamedPlace[]): Coded {
  const starts = new Map<number, number>();
  let code = '';
  const add = (word: string, start: number) => {
    if (code !== '') code += ' ';
    starts.set(code.length, start);
    code += word;
  };
  for (let at = 0; at < tokens.length; at += 1) {
    const { lower, start, quotation } = tokens[at] ?? { lower: '', start: 0, quotation: 0 };
    const named = places.findIndex((place) => at >= place.start && at < place.end);
    const kind = kinds.find((each) => each.start === at);
    const place = ordinals.get(lower);
    const count = numberOf(lower);
    if (named >= 0) {
      add(`N${named}`, start);
      at = (places[named]?.end ?? at + 1) - 1;
    } else if (quotation !== 0) add('"', start);
    else if (kind !== undefined && kind.kind !== 'workspace') {
      add(kind.plural ? 'Ks' : 'K', start);
      at = kind.end - 1;
    } else if (place !== undefined) {
      const many = numberOf(tokens[at + 1]?.lower);
      const isMany = many !== null && many > 1 && many < 10;
      add(`P${(place + 10) * 10 + (isMany ? many : 1)}`, start);
      if (isMany) at += 1;
    } else if (lower !== 'one' && count !== null) add(`C${count}`, start);
    else if (lower === 'rid' || (actOf(lower) === 'delete' && lower !== 'get')) add('D', start);
    else if (actOf(lower) === 'export' && !vague.has(lower)) add('E', start);
    else add(lower, start);
  }
  return { code, starts };
}

const endings = new Set(ending.split('|').slice(0, -1));
const isMark = (word: string) => word === '.' || word === '!' || word === ',';
const joints = new Set([',', 'and', 'or', 'nor', 'plus']);
const coded = /^(?:(?:the|that|my) )?(?:N(?<name>\d+)|P(?<place>\d+))(?: (?:one|ones|Ks?))?$/u;
const described = /^the (?<words>[\p{Ll}\d_-]{2,20}(?: [\p{Ll}\d_-]{2,20}){0,2})(?: K)?$/u;
const noHints = new Set(
  'other others rest remaining one ones same whole next previous new old big small first last two three all'.split(' '),
);

/** The items of a coordination in their order; null where a part of it is none. */
function itemsIn(said: string, places: readonly NamedPlace[]): Item[] | null {
  const words = said.split(' ');
  while (words.length > 1 && (endings.has(words.at(-1) ?? '') || isMark(words.at(-1) ?? ''))) words.pop();
  const parts: string[][] = [[]];
  for (const word of words) {
    if (joints.has(word)) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  const items = parts.filter((part, at) => part.length > 0 || at === 0).map((part) => itemOf(part.join(' '), places));
  return items.every((item) => item !== null) ? items : null;
}

function itemOf(part: string, places: readonly NamedPlace[]): Item | null {
  const { name, place } = coded.exec(part)?.groups ?? {};
  if (name !== undefined) return { type: 'name', name: places[Number(name)]?.name ?? '' };
  if (place !== undefined)
    return { type: 'place', from: Math.floor(Number(place) / 10) - 10, count: Number(place) % 10 };
  const by = compared.get(/^(?:the|that|my) (?<word>\p{L}+)(?: one| K)?$/u.exec(part)?.groups?.word ?? '');
  if (by !== undefined) return { type: 'compared', by };
  const words = described
    .exec(part)
    ?.groups?.words?.split(' ')
    .filter((word) => word !== 'one' || part === 'the one');
  return words === undefined || words.some((word) => noHints.has(word)) ? null : { type: 'hint', words };
}

/** The words at a place of the code text, as typed. */
function saidAt({ starts }: Coded, [from, to]: readonly [number, number], { text, tokens }: Utterance): string | null {
  const start = starts.get(from);
  const next = [...starts].find(([at]) => at >= to)?.[1] ?? tokens.at(-1)?.end ?? text.length;
  return start === undefined ? null : text.slice(start, next).trimEnd();
}
