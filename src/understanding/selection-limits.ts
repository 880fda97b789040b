import { exceptedOwnerIn } from './excepted-owner.ts';
import { exceptAt, keepers } from './exception-words.ts';
import { freeWords, meantBy } from './free-words.ts';
import type { Slots } from './intents.ts';
import type { Span } from './learned/tags.ts';
import type { NamedKind } from './lexicon/kind-phrases.ts';
import { nobodyWords, statusWords, unusedWords, useVerbs } from './lexicon/selection-words.ts';
import { ownerIn } from './owner-phrases.ts';
import { pickIn } from './pick-limits.ts';
import { sizeIn, unreadSize } from './size-limits.ts';
import type { Utterance } from './utterance.ts';

/** The limits of a selection beside kind, name and date. */
export type SelectionLimits = Pick<
  Slots,
  'pick' | 'size' | 'unused' | 'owner' | 'exceptOwner' | 'status' | 'exceptKinds'
>;

/** What a message says about a selection, and which of its tokens say it. */
export interface FoundLimits {
  readonly limits: SelectionLimits;
  readonly covered: ReadonlySet<number>;
}

/**
 * The limits of a selection: "the two biggest", "all but the newest", "over 10 MB", "that nobody uses", "made by Megan", "failed",
 * "everything except the models". Each kind of limit has a recogniser over the words outside names. A limit that is
 * said twice, or without its number, is not read, and its words stay uncovered. Pure; linear in the number of tokens.
 */
export function limitsIn(utterance: Utterance, spans: readonly Span[]): FoundLimits {
  const covered = new Set<number>();
  const size = sizes(utterance, spans, covered);
  const exceptOwner = exceptedOwners(utterance, spans, covered);
  // A size or an owner that the tagger took for a name is none.
  const names = spans.filter(({ start, end }) => !isWithin([...covered], start, end));
  const words = freeWords(utterance, names);
  const found = [pickIn, unused, owners, statuses, exceptedKinds].map((read) => read(words, utterance, covered));
  found.push(size, exceptOwner);
  return { limits: Object.assign({}, ...found) as SelectionLimits, covered };
}

/**
 * True when a message about a workspace means only some of what is in it: "everything in Churn Lab over 1 GB", "that
 * failed". Whose and the newest may be said of the workspace itself.
 */
export function isPartial(utterance: Utterance, spans: readonly Span[]): boolean {
  const { limits, covered } = limitsIn(utterance, spans);
  const { size, unused: isUnused, status, exceptOwner } = limits;
  const isLimited = [size, isUnused, status, exceptOwner].some((limit) => limit !== undefined);
  return isLimited || unreadSize(utterance, spans, covered) !== null;
}

/** The tokens of the names and kinds that are left out, among them those of the words that say so. */
export function exceptedIn(utterance: Utterance, spans: readonly Span[]): ReadonlySet<number> {
  const covered = new Set<number>();
  exceptedKinds(freeWords(utterance, spans), utterance, covered);
  for (const { label, start, end } of spans)
    if (label === 'except') for (let at = start; at < end; at += 1) covered.add(at);
  return covered;
}

type Recogniser = (words: readonly string[], utterance: Utterance, covered: Set<number>) => SelectionLimits;

const sizes = (utterance: Utterance, spans: readonly Span[], covered: Set<number>): SelectionLimits => {
  const plain = utterance.tokens.map(({ lower, quotation }) => (quotation === 0 ? lower : ''));
  const said = sizeIn(plain);
  const isPartOfName = ({ label, start, end }: Span) =>
    label !== 'kind' && said !== null && overlaps(said.covered, start, end) && !isWithin(said.covered, start, end);
  const names = spans.filter(isPartOfName);
  const found = names.length === 0 ? said : sizeIn(freeWords(utterance, names));
  if (found === null) return {};
  for (const at of found.covered) covered.add(at);
  return { size: found.size };
};

function overlaps(tokens: readonly number[], start: number, end: number): boolean {
  return tokens.some((at) => at >= start && at < end);
}

function isWithin(tokens: readonly number[], start: number, end: number): boolean {
  return tokens.filter((at) => at >= start && at < end).length === end - start;
}

const unused: Recogniser = (words, utterance, covered) => {
  const cover = (from: number, to: number) => {
    for (let at = isRelative(words[from - 1]) ? from - 1 : from; at < to; at += 1) covered.add(at);
    return { unused: true } as const;
  };
  for (const [index, word] of words.entries()) {
    if (word !== '' && meantBy(unusedWords, word) !== undefined)
      return cover(['are', 'is', 'were'].includes(words[index - 1] ?? '') ? index - 1 : index, index + 1);
    const users = usersEnd(words, utterance, index);
    if (users !== null) {
      const verb = ['is', 'are', 'ever', 'currently', 'actually', 'else'].includes(words[users] ?? '')
        ? users + 1
        : users;
      if (!useVerbs.has(words[verb] ?? '')) continue;
      const end = ['depends', 'relies', 'points', 'point', 'depend'].includes(words[verb] ?? '') ? verb + 2 : verb + 1;
      return cover(index, skipMore(words, end));
    }
    const isNot = word === 'not' || ["aren't", "isn't", 'arent', 'isnt', "weren't"].includes(word);
    if (!isNot) continue;
    const being = words[index + 1] === 'being' ? 1 : 0;
    const isInUse = words[index + 1] === 'in' && words[index + 2] === 'use';
    if (!isInUse && words[index + 1 + being] !== 'used') continue;
    let end = index + 2 + being + (isInUse ? 1 : 0);
    if (words[end] === 'by') end += 1;
    return cover(['are', 'is'].includes(words[index - 1] ?? '') ? index - 1 : index, skipMore(words, end));
  }
  return {};
};

/** Behind "nobody", "nothing", "no one" or "no experiment", where a verb of use may follow; null elsewhere. */
function usersEnd(words: readonly string[], { kinds }: Utterance, index: number): number | null {
  const word = words[index] ?? '';
  if (nobodyWords.has(word)) return index + 1;
  if (word !== 'no') return null;
  const next = words[index + 1] ?? '';
  if (next === 'one' || next === 'pipeline') return index + 2;
  return kinds.find(({ start }) => start === index + 1)?.end ?? null;
}

function skipMore(words: readonly string[], from: number): number {
  const more = new Set(['any', 'more', 'anymore', 'now', 'anything', 'anyone', 'anybody', 'anywhere', 'them']);
  let end = from;
  while (more.has(words[end] ?? '')) end += 1;
  return end;
}

function isRelative(word: string | undefined): boolean {
  return word === 'that' || word === 'which' || word === 'who';
}

const owners: Recogniser = (words, utterance, covered) => {
  const found = ownerIn(words, utterance);
  if (found === null) return {};
  for (let at = found.from; at < found.to; at += 1) covered.add(at);
  return { owner: found.owner };
};

/** "Not mine", "except Megan's": read before names are blanked, since the tagger takes Megan for a name to keep. */
const exceptedOwners = (utterance: Utterance, spans: readonly Span[], covered: Set<number>): SelectionLimits => {
  const found = exceptedOwnerIn(freeWords(utterance, []), utterance);
  if (found === null) return {};
  // "Not made in Churn Lab": a place of which the phrase holds a part is no person.
  const isCut = ({ label, start, end }: Span) =>
    label === 'workspace' && start < found.to && end > found.from && (start < found.from || end > found.to);
  if (spans.some(isCut)) return {};
  for (let at = found.from; at < found.to; at += 1) covered.add(at);
  return { exceptOwner: found.owner };
};

const auxiliaries = new Set(
  'are is were have has still in status as state a with stuck currently been being that which , all'.split(' '),
);

/** "Failed experiments", "experiments that are still running": a word of state beside a word of what runs. */
const statuses: Recogniser = (words, utterance, covered) => {
  const runs = (kind: string) => ['experiment', 'job', 'asset'].includes(kind);
  for (const [index, word] of words.entries()) {
    const status = statusWords.get(word);
    if (status === undefined) continue;
    const isAttribute =
      utterance.kinds.some(({ kind, start }) => runs(kind) && start > index && start <= index + 2) ||
      ['ones', 'stuff'].includes(words[index + 1] ?? '');
    let from = index;
    while (auxiliaries.has(words[from - 1] ?? '')) from -= 1;
    const head = utterance.kinds.find(({ kind, end }) => runs(kind) && end === from);
    const isOfAll = isBehindWhole(words, from, index);
    if (!isAttribute && head === undefined && !isOfAll && (word !== 'drafts' || utterance.kinds.length > 0)) continue;
    for (let at = head === undefined ? (isOfAll ? from : index) : head.end; at <= index; at += 1) covered.add(at);
    if (words[index - 1] === 'still') covered.add(index - 1);
    // "Failed or only drafts" is two states, of which neither alone is meant.
    const isOfTwo = words.some((each) => statusWords.has(each) && statusWords.get(each) !== status);
    if (isOfTwo) {
      covered.clear();
      return {};
    }
    return { status };
  }
  return {};
};

const wholes = new Set(['everything', 'anything', 'all', 'stuff', 'those', 'things', 'whatever']);

/** "Everything in Churn Lab that failed": a relative clause about no kind. */
function isBehindWhole(words: readonly string[], from: number, index: number): boolean {
  if (!words.slice(from, index).some(isRelative)) return false;
  let at = from - 1;
  while (['', '"', '“', '”', "'", 'in', 'from', 'of', 'inside', 'the', 'workspace'].includes(words[at] ?? '-')) at -= 1;
  return wholes.has(words[at] ?? '');
}

/** "Did any of them fail?": any word of state limits what is only looked at. */
export function statusSaid(utterance: Utterance, spans: readonly Span[]): SelectionLimits['status'] {
  const words = freeWords(utterance, spans);
  const isDenied = words.some((word) => word === 'not' || word.endsWith("n't"));
  const said = isDenied ? [] : words.flatMap((word) => (word === '' ? [] : (meantBy(loosely, word) ?? [])));
  const [status, ...others] = new Set(said);
  return others.length === 0 ? status : undefined;
}

const loosely = new Map([
  ...statusWords,
  ...['fail', 'fails', 'crashed', 'échec', 'gescheitert'].map((word) => [word, 'failed'] as const),
]);

/** What stands before a name: then the name is excepted, not the kind. */
const namers = new Set([
  'named',
  'called',
  'titled',
  ':',
  '"',
  "'",
  '“',
  '‘',
  '„',
  '«',
  '`',
  '(',
  'with',
  'from',
  'in',
  'of',
  'i',
]);
const betweenKinds = new Set(
  'the my our any all and n , & or of a an die den der das und les des et los las y os as e i gli le de het en oraz'.split(
    ' ',
  ),
);

/** "Everything except the models and notebooks", "whatever is not a notebook": kinds that are left out. */
const exceptedKinds: Recogniser = (words, { kinds, tokens }, covered) => {
  const excepted: NamedKind[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const isNot = words[index] === 'not' && ['a', 'an'].includes(words[index + 1] ?? '');
    const isKept = keepers.has(words[index] ?? '') && !['all', 'any'].includes(words[index + 1] ?? '');
    const isNo = words[index] === 'no' && words[index - 1] === ',';
    const begin = isNot || isKept || isNo ? index : exceptAt(words, index);
    if (begin === null) continue;
    let at = index + 1;
    if (words[at] === 'for' || words[at] === 'out') at += 1;
    const found: NamedKind[] = [];
    for (;;) {
      const isName = () => at < tokens.length && words[at] === '';
      // Names may stand before the kinds: "except churn.csv and the models".
      while (betweenKinds.has(words[at] ?? '') || isName()) at += 1;
      const phrase = kinds.find(({ start }) => start === at);
      if (phrase === undefined || phrase.kind === 'workspace' || phrase.kind === 'asset') break;
      const next = words[phrase.end];
      if (phrase.end < tokens.length && next === '') {
        // A name stands behind it: "except the models A and B" excepts those two.
        at = phrase.end;
        continue;
      }
      if (!phrase.plural && !isNot) break;
      // A clause says which of them.
      if (namers.has(next ?? '') || isRelative(next) || useVerbs.has(next ?? '')) break;
      found.push(phrase.kind);
      at = phrase.end;
    }
    if (found.length === 0) continue;
    excepted.push(...found);
    for (let each = begin; each < at; each += 1) if (words[each] !== '') covered.add(each);
    if (isNot && ['is', 'are', "isn't"].includes(words[begin - 1] ?? '')) {
      covered.add(begin - 1);
      if (isRelative(words[begin - 2])) covered.add(begin - 2);
    }
    index = at - 1;
  }
  const kept = [...new Set(excepted)];
  return kept.length === 0 ? {} : { exceptKinds: kept as Exclude<SelectionLimits['exceptKinds'], undefined> };
};

/**
 * The message without the words of its limits: "delete the two biggest datasets" becomes "delete all datasets". The
 * rules, which know no such limits, read it for a second opinion on everything but the limits.
 */
export function withoutLimits({ text, tokens, kinds }: Utterance, { covered }: FoundLimits): string {
  let rest = '';
  let at = 0;
  for (const [index, { start, end, lower }] of tokens.entries()) {
    const head = kinds.find((phrase) => phrase.start === index + 1);
    // "Every dataset" and "the newest dataset" become "all datasets".
    if (!covered.has(index) && !(lower === 'every' && head !== undefined && !head.plural)) continue;
    rest += text.slice(at, start);
    at = end;
    if (head === undefined) continue;
    if (!/\b(?:all|each)\s*$/u.test(rest)) rest = `${rest.replace(/\b(?:the|my|our)\s*$/iu, '')}all`;
    const last = tokens[head.end - 1]?.end ?? at;
    if (head.plural) continue;
    rest += `${text.slice(at, last)}s`;
    at = last;
  }
  return `${rest}${text.slice(at)}`.replaceAll(/ {2,}/gu, ' ').trim();
}
