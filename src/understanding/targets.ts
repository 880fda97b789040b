import type { AssetMention } from '../domain/asset-mentions.ts';
import type { AssetKind } from '../domain/assets.ts';
import type { DataSelection } from '../domain/policy.ts';
import { type Item, parseItem } from './items.ts';
import { longerNames, withConjunctions } from './joints.ts';
import { elsewhere } from './lexicon/elsewhere.ts';
import { kindAt } from './lexicon/kind-words.ts';
import { clauseStart, pluralPronoun, scopeHead, scopeWord, withContents } from './lexicon/object-words.ts';
import { endsNameAt, looksLikeIdentifier } from './names.ts';
import { personalData } from './personal-data.ts';
import { unmarkedPlace } from './places.ts';
import { qualifier } from './qualifiers.ts';
import type { Target } from './target.ts';
import { type Sentence, wordAt } from './tokens.ts';

/** Reads the object of a command at `start`. Null when nothing there can be one. */
export function parseTarget(sentence: Sentence, start: number, to: number): Target | null {
  const at = (index: number) => (index < to ? wordAt(sentence, index) : '');
  const pronoun =
    /^(?:it|them|this|that|these|those|both|all of (?:it|them)|both of them|the lot|this one|that one|the same)$/;
  for (let length = 4; length >= 1; length -= 1) {
    const words = Array.from({ length }, (_, offset) => at(start + offset)).join(' ');
    const ends = start + length >= to || /^(?:first|beforehand)$/.test(at(start + length));
    if (pronoun.test(words) && (ends || endsNameAt(sentence, start + length, to))) {
      const plural = pluralPronoun.test(words) ? { plural: true as const } : {};
      return { type: 'pronoun', ...plural, end: start + length, names: [] };
    }
  }
  const whole = wholeWorkspace(sentence, start, to);
  if (whole !== null && whole.type === 'workspace' && (whole.definite || whole.name !== undefined)) return whole;
  const person = personalData(sentence, start, to);
  if (person !== null) return { type: 'person', ...person, names: [] };
  return whole ?? everything(sentence, start, to) ?? itemList(sentence, start, to);
}

/** "everything in my workspace", "only the personal data from the Churn 2021 workspace", "the customer data". */
function wholeWorkspace(sentence: Sentence, start: number, to: number): Target | null {
  let head = false;
  let words = '';
  for (let index = start; index < Math.min(to, start + 18); index += 1) {
    const word = wordAt(sentence, index);
    if (head && /^(?:in|inside|from|of|within|on|for|under|at|to)$/.test(word)) {
      const item = parseItem(sentence, index + 1, to);
      if (item?.kind === 'workspace' && isLimited(sentence, item.end)) return null;
      if (item?.kind === 'workspace') return workspaceTarget(sentence, item, dataSelection(words));
      const place = placeWithAll(sentence, index, words);
      if (place !== null) return place;
    }
    const kind = kindAt((position) => (position < to ? wordAt(sentence, position) : ''), index);
    if (kind?.kind === 'workspace' && head && index > start && wordAt(sentence, index + kind.length) === '') {
      // "all workspace data" and "my personal workspace data" only mention the workspace.
      return null;
    }
    if (!scopeWord.test(word)) {
      const data = dataSelection(words);
      if (!head || data === undefined || !endsNameAt(sentence, index, to) || /\b(?:my|our)\b/.test(words)) return null;
      return { type: 'workspace', data, plural: false, definite: false, end: index, names: [] };
    }
    if (scopeHead.test(word)) head = true;
    words += ` ${word}`;
  }
  const data = dataSelection(words);
  const whole = head && data !== undefined && start + words.trim().split(' ').length >= to && !/\bmy\b/.test(words);
  return whole ? { type: 'workspace', data, plural: false, definite: false, end: to, names: [] } : null;
}

/** "everything in Big Lab". Data "from" a name may be a person's data, and a single word may be any place. */
function placeWithAll(sentence: Sentence, index: number, words: string): Target | null {
  const inside = /^(?:in|inside|within)$/.test(wordAt(sentence, index));
  const data = dataSelection(words);
  if (!inside && (wordAt(sentence, index) !== 'from' || (data !== undefined && data !== 'customer'))) return null;
  if (/\bmy\b/.test(words)) return null;
  const place = unmarkedPlace(sentence, index + 1);
  if (place === undefined || isLimited(sentence, place.to)) return null;
  const { name, from, to: end } = place;
  const sure = inside && (sentence.tokens[from]?.quoted !== undefined || end - from > 1 || /[\d_-]/.test(name));
  return {
    type: 'workspace',
    name,
    ...(data === undefined ? {} : { data }),
    plural: false,
    definite: true,
    ...(sure ? {} : { unsure: true as const }),
    end,
    names: [[from, end]],
  };
}

/** "… except churn.csv", "… older than 2019": not the whole workspace. */
function isLimited(sentence: Sentence, start: number): boolean {
  const { except, dates, filter } = qualifier(sentence, start, { type: 'every', end: start, names: [] });
  return except !== undefined || dates !== undefined || filter !== undefined;
}

const everythingWords = sticky(
  `(?:please )?(?:everything|anything|all (?:of )?(?:my |the |our )?(?:assets|things|stuff|items)|all)(?= |$)`,
);

/** "everything", when qualifiers follow ("except …", "older than …"). */
function everything(sentence: Sentence, start: number, to: number): Target | null {
  const offset = sentence.offsets[start];
  if (offset === undefined || start >= to) return null;
  everythingWords.lastIndex = offset;
  const match = everythingWords.exec(sentence.canon);
  const end = match === null ? undefined : sentence.at.get(offset + match[0].length + 1);
  if (end === undefined) return null;
  const target: Target = { type: 'every', end, names: [] };
  if (endsNameAt(sentence, end, to)) return target;
  const { workspace } = qualifier(sentence, end, target);
  return workspace !== undefined && isLimited(sentence, end) ? target : null;
}

/** The data selection that the words "personal", "customer" or both ask for. */
export function dataSelection(words: string): DataSelection | undefined {
  const personal = /\bpersonal\b/.test(words);
  const customer = /\bcustomers?\b/.test(words);
  if (personal && customer) return 'all';
  return personal ? 'personal' : customer ? 'customer' : undefined;
}

/** The same assets, with a kind for those that have none. */
export function withKind(target: Extract<Target, { type: 'assets' }>, kind: AssetKind): Target {
  const assets = target.assets.map((asset) => (asset.kind === undefined ? { kind, ...asset } : asset));
  return { ...target, assets, mark: target.mark === 'plain' ? 'kind' : target.mark, foreign: false };
}

function workspaceTarget(sentence: Sentence, item: Item, data?: DataSelection): Target {
  const further = item.name !== undefined && item.end === item.to ? longerNames(sentence, item) : null;
  const end = further?.end ?? item.end;
  return {
    type: 'workspace',
    ...(item.name === undefined ? {} : { name: item.name }),
    ...(further === null || further.longer.length === 0 ? {} : { longer: further.longer }),
    ...(data === undefined ? {} : { data }),
    plural: item.plural,
    definite: item.name !== undefined || (item.all && item.indefinite !== true),
    ...(item.indefinite === true && item.name === undefined ? { indefinite: true } : {}),
    ...(item.someoneElses === true ? { someoneElses: true } : {}),
    end: contentsEnd(sentence, end),
    names: item.name === undefined ? [] : [[item.from, Math.max(item.to, further?.end ?? 0)]],
  };
}

/** "my workspace and everything in it", "the workspace with all its data": the contents are included anyway. */
function contentsEnd(sentence: Sentence, start: number): number {
  const words = sentence.tokens
    .slice(start, start + 10)
    .map(({ word }) => word)
    .join(' ');
  const match = withContents.exec(words);
  return match === null ? start : start + match[0].trim().split(' ').length;
}

function itemList(sentence: Sentence, start: number, to: number): Target | null {
  const first = parseItem(sentence, start, to);
  if (first === null) return null;
  if (first.kind === 'workspace') return workspaceTarget(sentence, first);
  const items = [first];
  let end = first.end;
  while (first.name !== undefined || !first.all) {
    const next = nextItem(sentence, items, end, to);
    if (next === null) break;
    items.push(next);
    end = next.end;
    if (next.covers && next.name === undefined) break;
  }
  return assetsTarget(sentence, items, end);
}

/** The next thing in a list, if what follows is one: ", b.csv", "and the experiment tmp run". */
function nextItem(sentence: Sentence, items: readonly Item[], end: number, to: number): Item | null {
  const at = (index: number) => (index < to ? wordAt(sentence, index) : '');
  let index = end;
  let last = false;
  if (at(index) === ',' || at(index) === ';') index += 1;
  if (/^(?:and|&|\+|plus)$/.test(at(index))) {
    index += 1;
    last = true;
  } else if (/^(?:as|along)$/.test(at(index)) && /^(?:well|with)$/.test(at(index + 1))) {
    index += at(index) === 'as' ? 3 : 2;
    last = true;
  }
  if (index === end) return null;
  if (/^(?:also|then)$/.test(at(index))) index += 1;
  if (clauseStart.test(at(index))) return null;
  const item = parseItem(sentence, index, to);
  if (item === null || item.kind === 'workspace' || item.name === undefined) return null;
  if (item.mark !== 'plain') return item;
  const plural = items.some((earlier) => earlier.plural) || coveredLater(sentence, item.end, to);
  const elder = items.at(-1);
  if (plural && (last || !/\b(?:agreed|approved|said|signed|confirmed|knows|ok)\b/.test(item.name ?? ''))) return item;
  return last && elder?.mark === 'plain' ? item : null;
}

/** True when a plural kind follows the list: "a, b and c datasets", "a and b (both models)". */
function coveredLater(sentence: Sentence, from: number, to: number): boolean {
  for (let index = from; index < Math.min(to, from + 25); index += 1) {
    const word = wordAt(sentence, index);
    if (/^[.;?!]$/.test(word)) return false;
    const kind = kindAt((position) => (position < to ? wordAt(sentence, position) : ''), index);
    if (kind?.plural === true) return true;
  }
  return false;
}

function assetsTarget(sentence: Sentence, items: readonly Item[], end: number): Target {
  const [only] = items;
  const names = items.filter((item) => item.name !== undefined).map((item) => [item.from, item.to] as const);
  if (items.length === 1 && only !== undefined && only.name === undefined) {
    const kind = only.kind as AssetKind;
    if (only.all && only.plural) return { type: 'every', kind, end, names: [] };
    const indefinite = only.indefinite === true ? { indefinite: true as const } : {};
    const unlimited = only.unlimited === true && only.plural ? { unlimited: true as const } : {};
    return { type: 'kind', kind, plural: only.plural, ...indefinite, ...unlimited, end, names: [] };
  }
  const kinds = coveringKinds(items);
  const named = items.filter((item) => item.name !== undefined);
  const plain = items.flatMap((item, index): AssetMention[] => {
    if (item.name === undefined) return [];
    const kind = kinds[index];
    return [{ ...(kind === undefined ? {} : { kind }), name: item.name }];
  });
  const assets = withConjunctions(sentence, plain, named);
  const foreign = items.some(
    (item, index) => kinds[index] === undefined && item.mark !== 'quoted' && isElsewhere(sentence, item),
  );
  const marks = items.map((item, index) => (item.mark === 'plain' && kinds[index] !== undefined ? 'kind' : item.mark));
  const mark = marks.includes('plain')
    ? 'plain'
    : marks.includes('identifier')
      ? 'identifier'
      : marks.includes('kind')
        ? 'kind'
        : 'quoted';
  return { type: 'assets', assets, mark, foreign, end, names };
}

/** A plural kind applies to the names after it that have none, and, when it follows them, to those before it. */
function coveringKinds(items: readonly Item[]): (AssetKind | undefined)[] {
  const kinds = items.map((item) => (item.kind === 'workspace' ? undefined : item.kind));
  let covering: AssetKind | undefined;
  for (const [index, item] of items.entries()) {
    if (kinds[index] !== undefined) covering = item.plural && !item.covers ? kinds[index] : undefined;
    else kinds[index] = covering;
  }
  covering = undefined;
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item?.covers === true) covering = kinds[index];
    else if (kinds[index] === undefined) kinds[index] = covering;
    else covering = undefined;
  }
  return kinds;
}

function isElsewhere(sentence: Sentence, item: Item): boolean {
  for (let index = item.from; index < item.to; index += 1) {
    if (elsewhere.longest((position) => wordAt(sentence, position), index) > 0) return true;
  }
  return item.mark === 'identifier' && !looksLikeIdentifier(item.name ?? '');
}

function sticky(source: string): RegExp {
  return new RegExp(source, 'y');
}
