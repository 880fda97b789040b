import type { Slots } from './intents.ts';
import { exceptWords, filterWords } from './learned/tag-features.ts';
import type { Span } from './learned/tags.ts';
import { limiting, neverFirst } from './lexicon/object-phrase-words.ts';
import { numberWords } from './lexicon/selection-words.ts';
import { hasUnexplainedWords } from './object-phrase.ts';
import { limitsIn } from './selection-limits.ts';
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
 * True when a selection lacks a limit that the message states, so that the command would apply to more than was said.
 */
export function isWidened(slots: Slots, utterance: Utterance, spans: readonly Span[], isDeletion = true): boolean {
  const { dates, except, filter } = slots;
  const { tokens, kinds } = utterance;
  const { limits, covered } = limitsIn(utterance, spans);
  // "All but the newest version of churn.csv" is about versions, not about everything else.
  if (slots.pick?.rest === true && except !== undefined) return true;
  // "The smallest dataset" is not the smallest of everything.
  const isOfAnyKind = slots.kind === undefined && slots.all === true;
  if (isOfAnyKind && saysKind(utterance, spans, covered)) return true;
  if (hasUnexplainedWords(slots, utterance, spans, covered, isDeletion)) return true;
  if (!isDeletion) return hasComparison(tokens);
  const isExcepted = except !== undefined || limits.exceptKinds !== undefined;
  const isLimited = [filter, dates, except].some((slot) => slot !== undefined) || covered.size > 0;
  for (const [limit, said] of Object.entries(limits)) {
    if (JSON.stringify(slots[limit as keyof Slots]) !== JSON.stringify(said)) return true;
  }
  for (const [index, { lower, quotation }] of tokens.entries()) {
    if (quotation !== 0 || covered.has(index)) continue;
    if (spans.some(({ start, end }) => index >= start && index < end)) continue;
    if (isOfWorkspace(tokens, index)) continue;
    // "Empty it" is a verb, "all empty datasets" is a limit.
    if (lower === 'empty' && !kinds.some(({ kind, start }) => start === index + 1 && kind !== 'workspace')) continue;
    // "Without a description" says which, and excepts nothing of that name.
    if (lower === 'without' && ['a', 'an', 'any'].includes(tokens[index + 1]?.lower ?? '')) return true;
    const isDate = (dateWords.has(lower) && !isOfNow(tokens, index)) || isYear(lower);
    if (dates === undefined && isDate) return true;
    if (!isExcepted && exceptWords.has(lower) && lower !== 'not' && !isOfOthers(tokens, index, limits)) return true;
    if (filter === undefined && filterWords.has(lower)) return true;
    if (!isLimited && clauses.has(lower)) return true;
    if ((limits.pick !== undefined && numberWords.has(lower)) || (lower === 'only' && covered.size > 0)) continue;
    if (vague.has(lower) && !((isDate || ofDates.has(lower)) && dates !== undefined)) return true;
  }
  return false;
}

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

/** True when a kind is said outside names and limits, and not as one that is excepted or that says what a name is. */
function saysKind({ tokens, kinds }: Utterance, spans: readonly Span[], covered: ReadonlySet<number>): boolean {
  return kinds.some(({ kind, start, end }) => {
    if (kind === 'workspace' || kind === 'asset' || covered.has(start) || tokens[start]?.quotation !== 0) return false;
    const isSaid = ({ label, ...span }: Span) =>
      label === 'except' ? end >= span.start && start < span.end : start >= span.start && start < span.end;
    if (spans.some((span) => span.label !== 'kind' && isSaid(span))) return false;
    return !tokens.slice(Math.max(0, start - 3), start).some(({ lower }) => exceptWords.has(lower) || lower === 'and');
  });
}

/** "Smaller than 50 MB": there is no slot for it. */
function hasComparison(tokens: Utterance['tokens']): boolean {
  return tokens.some(
    ({ lower, quotation }, at) =>
      quotation === 0 && comparatives.has(lower) && ['than', 'then'].includes(tokens[at + 1]?.lower ?? ''),
  );
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
