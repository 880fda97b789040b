import { lostKind, severalKinds } from './conjoined-kinds.ts';
import type { Slots } from './intents.ts';
import { exceptWords, filterWords } from './learned/tag-features.ts';
import type { Span } from './learned/tags.ts';
import { actOf } from './lexicon/acts.ts';
import { limiting, neverFirst } from './lexicon/object-phrase-words.ts';
import { numberWords, ownVerbs } from './lexicon/selection-words.ts';
import { unexplainedWord } from './object-phrase.ts';
import { exceptedIn, type FoundLimits, limitsIn } from './selection-limits.ts';
import { unreadSize } from './size-limits.ts';
import { including } from './slots.ts';
import type { Utterance } from './utterance.ts';

/** Words that are never a name by themselves, even when the tagger marks them. */
const noNames = words(
  `it them this that these those both all everything something anything one ones the a an my our your his her their please thanks me us
  you we i he she they and or of in on to from with for is are be now too also here there same other another whole entire lot stuff things thing
  delete deleted remove removed export exported download erase erased wipe gone out away off`,
);

/** True when the text of a slot has a word that can be a name, or stands in quotes. */
export function isName(name: string, utterance: Utterance): boolean {
  const words = name.toLowerCase().split(' ');
  return words.some((word) => word !== '' && !noNames.has(word)) || isQuoted(name, utterance);
}

/** As `isName`, for assets: "all datasets tagged temp", "the models between the two projects" name none. */
export function isAssetName(name: string, utterance: Utterance): boolean {
  if (!isName(name, utterance)) return false;
  if (isQuoted(name, utterance)) return true;
  const at = utterance.text.indexOf(name);
  const before = utterance.tokens.findLast(({ end }) => end <= at)?.lower ?? '';
  const [first = '', ...more] = name.toLowerCase().split(' ');
  return !limiting.has(before) && (more.length === 0 || !(limiting.has(first) || neverFirst.has(first)));
}

function isQuoted(name: string, { text }: Utterance): boolean {
  const at = text.indexOf(name);
  return at > 0 && '"“”„«»\'‘’‚`´'.includes(text.charAt(at - 1));
}

const dateWords = words(
  `before after since until till older newer younger between during january february march april june july august september october november december
  jan feb mar apr jun jul aug sep sept oct nov dec year years month months week weeks day days yesterday today ago last`,
);
/** Words that limit a selection in ways for which there is no slot. */
const vague = words(
  `old older oldest new newer newest latest recent some few several most many biggest largest smallest bigger larger smaller heavier big small large huge tiny unused useless unneeded obsolete
  outdated temporary temp draft drafts failed empty broken duplicate duplicates half two three four five half only`,
);

/** Words that limit a date range, when there is one. */
const ofDates = words('half first second last');

/** Words that begin a limiting clause: "all datasets that nobody uses". */
const clauses = words('that which who whose with without nobody by made created used');

/**
 * Where a message states a limit that the selection lacks, so that the command would apply to more than was said; null
 * when it has them all. Returns the index of a token at or near the words that say it.
 */
export function lostLimit(
  slots: Slots,
  utterance: Utterance,
  spans: readonly Span[],
  isDeletion = true,
): number | null {
  const { except } = slots;
  const { limits, covered } = limitsIn(utterance, spans);
  const lost =
    lostKind(slots, utterance, spans) ??
    lostException(utterance, spans, exceptedIn(utterance, spans), covered) ??
    kindBehindException(slots, utterance);
  if (lost !== null) return lost;
  // "All but the newest version of churn.csv" is about versions, not about everything else.
  if (slots.pick?.rest === true && except !== undefined)
    return spans.find(({ label }) => label === 'except')?.start ?? 0;
  // "The smallest dataset" is not the smallest of everything.
  const isOneKind = slots.kind === undefined && slots.all === true && severalKinds(utterance, spans) === null;
  const kind = isOneKind ? kindSaid(utterance, spans, covered) : null;
  if (kind !== null) return kind;
  const maker = makerUnread(slots, utterance, spans, covered);
  if (maker !== null) return maker;
  const unexplained = unexplainedWord(slots, utterance, spans, covered, isDeletion);
  if (unexplained !== null) return unexplained;
  const limit = comparison(utterance.tokens, covered) ?? unreadSize(utterance, spans, covered);
  if (limit !== null) return limit;
  // "Export all datasets except those in Churn Lab": what an exception says must be left out of an export, too.
  if (!isDeletion) return exceptionUnread(slots, utterance, spans, { limits, covered });
  for (const [limit, said] of Object.entries(limits)) {
    if (JSON.stringify(slots[limit as keyof Slots]) !== JSON.stringify(said)) return Math.min(...covered);
  }
  const at = utterance.tokens.findIndex((_, index) => isLimit(index, slots, utterance, spans, { limits, covered }));
  return at < 0 ? null : at;
}

/** "Which my teacher Megan created": somebody made what is meant, and no slot says who. */
function makerUnread(
  { owner, exceptOwner }: Slots,
  { tokens }: Utterance,
  spans: readonly Span[],
  covered: ReadonlySet<number>,
): number | null {
  if (owner !== undefined || exceptOwner !== undefined) return null;
  const isFree = (index: number) =>
    tokens[index]?.quotation === 0 &&
    !covered.has(index) &&
    !spans.some(({ start, end }) => index >= start && index < end);
  const found = tokens.findIndex(({ lower }, index) => {
    if (!isFree(index) || !ownVerbs.has(lower)) return false;
    if (tokens[index + 1]?.lower === 'by') return true;
    const subject = ['has', 'have', 'had', 'once'].includes(tokens[index - 1]?.lower ?? '') ? index - 2 : index - 1;
    return subject > 0 && isFree(subject) && /^\p{Lu}\p{Ll}/u.test(tokens[subject]?.text ?? '');
  });
  return found < 0 ? null : found;
}

function exceptionUnread(
  { except, exceptKinds }: Slots,
  { tokens }: Utterance,
  spans: readonly Span[],
  { limits, covered }: FoundLimits,
): number | null {
  if (except !== undefined || exceptKinds !== undefined) return null;
  const found = tokens.findIndex(
    ({ lower, quotation }, index) =>
      quotation === 0 &&
      plainExceptions.has(lower) &&
      !covered.has(index) &&
      !spans.some(({ start, end }) => index >= start && index < end) &&
      !isOfWorkspace(tokens, index) &&
      !isOfOthers(tokens, index, limits),
  );
  return found < 0 ? null : found;
}

/** Words that say nothing else than an exception. */
const plainExceptions = words(
  'except exept excpet excepting excluding besides außer ausser sauf excepté hormis excepto exceto tranne eccetto behalve oprócz',
);

/** True for a word that limits a selection and that no slot explains. */
function isLimit(
  index: number,
  slots: Slots,
  { tokens, kinds }: Utterance,
  spans: readonly Span[],
  { limits, covered }: FoundLimits,
): boolean {
  const { dates, except, filter } = slots;
  const { lower = '', quotation = 0 } = tokens[index] ?? {};
  if (quotation !== 0 || covered.has(index)) return false;
  if (spans.some(({ start, end }) => index >= start && index < end)) return false;
  if (isOfWorkspace(tokens, index)) return false;
  // "Empty it" is a verb, "all empty datasets" is a limit.
  if (lower === 'empty' && !kinds.some(({ kind, start }) => start === index + 1 && kind !== 'workspace')) return false;
  // "Without a description" says which, and excepts nothing of that name.
  if (lower === 'without' && ['a', 'an', 'any'].includes(tokens[index + 1]?.lower ?? '')) return true;
  const isDate = (dateWords.has(lower) && !isOfNow(tokens, index)) || isYear(lower);
  if (dates === undefined && isDate) return true;
  const isExcepted = except !== undefined || limits.exceptKinds !== undefined;
  if (!isExcepted && exceptWords.has(lower) && lower !== 'not' && !isOfOthers(tokens, index, limits)) return true;
  if (filter === undefined && filterWords.has(lower)) return true;
  const isLimited = [filter, dates, except].some((slot) => slot !== undefined) || covered.size > 0;
  if (!isLimited && clauses.has(lower)) return true;
  if ((limits.pick !== undefined && numberWords.has(lower)) || (lower === 'only' && covered.size > 0)) return false;
  return vague.has(lower) && !((isDate || ofDates.has(lower)) && dates !== undefined);
}

/**
 * "Delete everything except churn.csv n the models": a kind that is said behind the exception alone is what stays, never
 * what goes.
 */
function kindBehindException({ kind }: Slots, { tokens, kinds }: Utterance): number | null {
  const isFree = (index: number) => tokens[index]?.quotation === 0;
  const from = tokens.findIndex(({ lower }, index) => isFree(index) && plainExceptions.has(lower));
  if (kind === undefined || from < 0) return null;
  const isCommand = ({ lower }: Utterance['tokens'][number]) => isCommandWord(lower);
  if (!tokens.slice(0, from).some(isCommand) || tokens.slice(from).some(isCommand)) return null;
  const said = kinds.filter((each) => each.kind === kind && isFree(each.start));
  return said.length > 0 && said.every(({ start }) => start > from) ? (said[0]?.start ?? null) : null;
}

/**
 * The part of an exception that no slot holds: "except churn.csv and the failed experiments", where a limit behind the
 * conjunction says what is left out, not what is meant. `excepted` are the tokens of names and kinds that are.
 */
function lostException(
  { tokens, kinds }: Utterance,
  spans: readonly Span[],
  excepted: ReadonlySet<number>,
  covered: ReadonlySet<number>,
): number | null {
  let isInside = false;
  for (const [index, { lower, quotation }] of tokens.entries()) {
    if (excepted.has(index) || (quotation === 0 && exceptWords.has(lower))) isInside = true;
    if (excepted.has(index) || !isInside || quotation !== 0) continue;
    if (/^[.!?;:\n]$/u.test(lower) || isCommandWord(lower)) {
      isInside = false;
      continue;
    }
    // Within a phrase that was read as one, as in "not Megan's or mine", both sides are held.
    if (!conjunctions.has(lower) || covered.has(index)) continue;
    let next = index + 1;
    const isSkipped = (word: string) => conjunctions.has(word) || articles.has(word) || isQuotationMark(word);
    while (next < tokens.length && isSkipped(tokens[next]?.lower ?? '')) next += 1;
    const isKindOfName = kinds.some(
      ({ start, end }) => start === next && [start, end, end + 1].some((at) => excepted.has(at)),
    );
    if (next >= tokens.length || excepted.has(next) || isKindOfName) continue;
    if (spans.some(({ label, start, end }) => label === 'workspace' && next >= start && next < end)) continue;
    const begins = kinds.some(({ kind, start }) => kind !== 'workspace' && start >= next && start <= next + 2);
    const word = tokens[next]?.lower ?? '';
    if (isCommandWord(word)) continue;
    const isStandIn = lower !== ',' && (standIns.has(word) || vague.has(word));
    if (begins || isStandIn || saysLimit(tokens, next, covered)) return next;
  }
  return null;
}

function isCommandWord(word: string): boolean {
  const act = actOf(word);
  return act === 'delete' || act === 'export';
}

/** "What nobody uses": a limit in the phrase that begins here. */
function saysLimit(tokens: Utterance['tokens'], from: number, covered: ReadonlySet<number>): boolean {
  for (let at = from; at < tokens.length; at += 1) {
    const word = tokens[at]?.lower ?? '';
    if (covered.has(at)) return true;
    if (conjunctions.has(word) || isCommandWord(word) || /^[.!?;:\n]$/u.test(word)) return false;
  }
  return false;
}

const conjunctions = words(', & and n or nor plus und oder et ou y o e en of i oraz lub');
const articles = words(
  'the my our any all every also a an of not with die der das den alle les le la tous los las todos os as il gli tutti de het alle',
);
function isQuotationMark(word: string): boolean {
  return word.length === 1 && '"“”„«»\'‘’‚`´'.includes(word);
}

/** Words that stand for more data: "and those from 2018". */
const standIns = words('those these anything everything whatever stuff things ones other');

/** "Delete them today" says when, not which. */
function isOfNow(tokens: Utterance['tokens'], index: number): boolean {
  const before = tokens[index - 1]?.lower ?? '';
  return (
    tokens[index]?.lower === 'today' && !['from', 'of', 'since', 'until', 'before', 'after', 'made'].includes(before)
  );
}

const others = words('others other rest everybody everyone somebody theirs else');

/** "The ones I made, leave the others' alone", "keep the newest, delete all other ones": the limit said again. */
function isOfOthers(tokens: Utterance['tokens'], index: number, { owner, pick }: Slots): boolean {
  if (owner === undefined && pick?.rest !== true) return false;
  return tokens.slice(index, index + 4).some(({ lower }) => others.has(lower));
}

/** Where a kind is said outside names and limits, and not as one that is excepted or that says what a name is. */
function kindSaid({ tokens, kinds }: Utterance, spans: readonly Span[], covered: ReadonlySet<number>): number | null {
  const found = kinds.find(({ kind, start, end }) => {
    if (kind === 'workspace' || kind === 'asset' || covered.has(start) || tokens[start]?.quotation !== 0) return false;
    const isSaid = ({ label, ...span }: Span) =>
      label === 'except' ? end >= span.start && start < span.end : start >= span.start && start < span.end;
    if (spans.some((span) => span.label !== 'kind' && isSaid(span))) return false;
    const before = tokens.slice(Math.max(0, start - 3), start);
    return !before.some(({ lower }) => exceptWords.has(lower) || including.has(lower) || lower === 'and');
  });
  return found?.start ?? null;
}

/** "Smaller than the others": there is no slot for it. */
function comparison(tokens: Utterance['tokens'], covered: ReadonlySet<number>): number | null {
  const found = tokens.findIndex(
    ({ lower, quotation }, at) =>
      quotation === 0 &&
      !covered.has(at) &&
      comparatives.has(lower) &&
      ['than', 'then'].includes(tokens[at + 1]?.lower ?? ''),
  );
  return found < 0 ? null : found;
}

const comparatives = words('bigger larger smaller heavier lighter longer shorter');

const keeping = words('but only leave leaving keep keeping not without');
const shells = words('workspace workspaces ws shell room container standing');

/** "Empty it, but leave the workspace itself": the workspace is not among the selected assets anyway. */
function isOfWorkspace(tokens: Utterance['tokens'], index: number): boolean {
  if (!keeping.has(tokens[index]?.lower ?? '')) return false;
  return tokens.slice(index + 1, index + 6).some(({ lower }) => shells.has(lower));
}

function isYear(word: string): boolean {
  return word.length === 4 && word >= '1900' && word <= '2099';
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
