import type { SizeRange } from '../domain/asset-mentions.ts';
import { bothExcepted } from '../domain/asset-mentions.ts';
import type { ConversationContext } from './conversation.ts';
import { dateRangeIn } from './date-range.ts';
import { numberOf } from './free-words.ts';
import type { Offer, Reading, Slots } from './intents.ts';
import { type NameIndex, ofAsset, ofWorkspace } from './learned/name-index.ts';
import type { Span } from './learned/tags.ts';
import { actOf } from './lexicon/acts.ts';
import * as cues from './lexicon/list-follow-up-words.ts';
import { limitsIn } from './selection-limits.ts';
import { amountAt } from './size-limits.ts';
import { textOf, tokenise, type Utterance } from './utterance.ts';
import { deletionSigns } from './vetoes.ts';

/** What is known beside the message. */
interface Known {
  readonly context: ConversationContext | undefined;
  /** ISO 8601. */
  readonly today: string | undefined;
  readonly names: NameIndex | undefined;
}

/** Longer messages are sentences of their own. */
const mostTokens = 16;

/**
 * A message about the list that was shown last: "only those over 10 MB", "and the experiments?", "which is the biggest?"
 * change what is listed; "delete the biggest one of them" keeps the limits of the list. `alone` is the message read by
 * itself. Null when the message is none of these. Pure; linear in the number of tokens.
 */
export function aboutTheList(utterance: Utterance, { context, today, names }: Known, alone: Reading): Reading | null {
  const { tokens } = utterance;
  const listed = listedLast(context);
  if (listed === null || tokens.length > mostTokens || own.has(alone.intent)) return null;
  const spans = workspacesIn(utterance, names);
  if (spans === null) return null;
  if (tokens.some(({ lower, quotation }) => quotation === 0 && actIn(lower) !== null))
    return commandOnList(utterance, listed, alone);
  // "The ones that failed" are of the kind that was listed.
  const noun = listed.kind === undefined ? null : `${listed.kind}s`;
  const full = noun === null ? utterance : tokenise(utterance.text.replace(/\b(?:ones|those|these|them)\b/u, noun));
  const places = full === utterance ? spans : workspacesIn(full, names);
  const change = places === null ? null : changeIn(full, places, listed, today);
  if (change === null || (!isFollowUp(utterance) && alone.intent === 'list.assets')) return null;
  if (isWholeQuestion(alone) && !cues.first.has(tokens[0]?.lower ?? '')) return null;
  return { intent: 'list.assets', slots: change, confidence: 0.8, why: 'about the list before' };
}

/** Readings that have nothing to do with a list. */
const own: ReadonlySet<string> = new Set([
  'help',
  'greet',
  'unsupported',
  'request.cancel',
  'link.revoke',
  'link.renew',
]);

/** What was listed, when no command came after it. */
function listedLast(context: ConversationContext | undefined): Slots | null {
  const [last] = context?.turns ?? [];
  const listed = context?.listed;
  return listed === undefined || (last !== undefined && last.at > listed.at) ? null : listed.referent;
}

/** The names of workspaces as spans; null when an asset is named, which makes the message one about that. */
function workspacesIn(utterance: Utterance, names: NameIndex | undefined): Span[] | null {
  const spans: Span[] = [];
  if (utterance.tokens.some(({ text }) => /^[^.]+\.[a-z]{1,8}$/iu.test(text))) return null;
  const known = names?.in(utterance) ?? [];
  for (let start = 0; start < known.length; start += 1) {
    const [end, named] = [...(known[start] ?? [])].sort(([a], [b]) => b - a)[0] ?? [];
    if (end === undefined || named === undefined) continue;
    const isPlain = end - start === 1 && /^\p{Ll}+$/u.test(textOf(utterance, start, end));
    if (isPlain && !cues.beforePlace.has(utterance.tokens[start - 1]?.lower ?? '')) continue;
    if (named === ofAsset) return null;
    if ((named & ofWorkspace) !== 0) spans.push({ label: 'workspace', start, end });
    start = end - 1;
  }
  return spans;
}

/** The list with what the message changes; null when it changes nothing or has words that none of this explains. */
function changeIn(
  utterance: Utterance,
  spans: readonly Span[],
  listed: Slots,
  today: string | undefined,
): Slots | null {
  const { tokens, kinds } = utterance;
  const { limits, covered } = limitsIn(utterance, spans);
  const explained = new Set([...covered, ...spans.flatMap(({ start, end }) => range(start, end))]);
  const head = kinds.find(({ kind, start }) => !explained.has(start) && kind !== 'workspace' && kind !== 'asset');
  for (const { kind, start, end } of kinds)
    if (kind !== 'workspace') for (const at of range(start, end)) explained.add(at);
  const filter = filterIn(utterance, explained);
  const dates = dateRangeIn(utterance, [...spans, ...filter.spans], today ?? null);
  const [first, second] = spans.map(({ start, end }) => textOf(utterance, start, end));
  if (second !== undefined) return null;
  const person = limits.owner === undefined ? personIn(utterance, explained) : null;
  const order = orderIn(tokens.map(({ lower }) => lower));
  const count = listed.pick === undefined ? null : countIn(utterance, explained);
  const size = limits.size === undefined ? sizeInstead(utterance, explained, listed.size) : null;
  const further: Slots = {
    ...limits,
    ...(size === null ? {} : { size }),
    ...(head === undefined ? {} : { kind: head.kind }),
    ...(first === undefined ? {} : { workspace: first }),
    ...(dates === undefined ? {} : { dates }),
    ...(filter.text === null ? {} : { filter: filter.text }),
    ...(person === null ? {} : { owner: person }),
    ...(order === null ? {} : { pick: { by: order, count: 1 } }),
    ...(count === null || listed.pick === undefined ? {} : { pick: { ...listed.pick, count } }),
  } as Slots;
  const isOfAll = tokens.some(({ lower }) => cues.everybody.has(lower)) && listed.owner !== undefined;
  const isSum = Object.keys(further).length === 0 && asksSum(utterance);
  if (Object.keys(further).length === 0 && !isOfAll && !isSum) return null;
  const isDate = (lower: string) => dates !== undefined && (/^\d/u.test(lower) || cues.dateWords.has(lower));
  const rest = tokens.filter(
    ({ lower, type }, at) => type === 'word' && !explained.has(at) && !cues.fillers.has(lower) && !isDate(lower),
  );
  if (rest.length > 0) return null;
  const { owner, pick, ...others } = listed;
  // Of one that was picked there is no sum.
  const picked = pick === undefined || isSum ? {} : { pick };
  return {
    ...others,
    ...picked,
    ...(owner === undefined || isOfAll ? {} : { owner }),
    ...further,
    ...bothExcepted(listed.exceptOwner, limits.exceptOwner),
  };
}

/** "With ‘zoll’ in the name". */
function filterIn({ tokens, text }: Utterance, explained: Set<number>): { text: string | null; spans: Span[] } {
  const end = tokens.findIndex(
    ({ lower }, at) => cues.nameWords.has(lower) && cues.beforeName.has(tokens[at - 1]?.lower ?? ''),
  );
  const start = tokens.findIndex(({ lower }, at) => at < end && cues.withWords.has(lower)) + 1;
  if (end < 0 || start === 0) return { text: null, spans: [] };
  let to = end;
  while (to > start && cues.beforeName.has(tokens[to - 1]?.lower ?? '')) to -= 1;
  const words = range(start, to).filter((at) => tokens[at]?.type !== 'mark');
  const [from, last] = [words[0], words.at(-1)];
  if (from === undefined || last === undefined) return { text: null, spans: [] };
  for (const at of range(start - 1, end + 1)) explained.add(at);
  const said = text.slice(tokens[from]?.start, tokens[last]?.end);
  return { text: said, spans: [{ label: 'filter', start: from, end: last + 1 }] };
}

/** "And Matteo?", "just Siobhan's": a capitalised name that nothing else explains; null without one. */
function personIn({ tokens, text }: Utterance, explained: Set<number>): string | null {
  const isName = (at: number) => {
    const token = tokens[at];
    const isWord = token !== undefined && token.type !== 'mark' && !explained.has(at) && token.quotation === 0;
    return (
      isWord && !cues.fillers.has(token.lower) && !cues.dateWords.has(token.lower) && /^\p{Lu}\p{L}+$/u.test(token.text)
    );
  };
  const start = tokens.findIndex((_, at) => isName(at));
  if (start < 0) return null;
  let end = start + 1;
  while (isName(end)) end += 1;
  const isOf = cues.beforePerson.has(tokens[start - 1]?.lower ?? '') || tokens[end]?.lower === "'s";
  if (!isOf) return null;
  for (const at of range(start, tokens[end]?.lower === "'s" ? end + 1 : end)) explained.add(at);
  return text.slice(tokens[start]?.start, tokens[end - 1]?.end);
}

/** "Sorted by size, which is on top". */
function orderIn(words: readonly string[]): 'biggest' | 'newest' | null {
  const isSorted = words.some((word) => cues.sorting.has(word)) && words.includes('by');
  if (!isSorted || !words.some((word) => cues.tops.has(word))) return null;
  return words.includes('size') ? 'biggest' : words.includes('date') ? 'newest' : null;
}

/** "Make it ten". */
function countIn({ tokens }: Utterance, explained: Set<number>): number | null {
  const at = tokens.findIndex(({ lower }, index) => numberOf(lower) !== null && !explained.has(index));
  if (at < 0 || !tokens.some(({ lower }) => lower === 'make' || lower === 'instead' || lower === 'rather')) return null;
  explained.add(at);
  return numberOf(tokens[at]?.lower);
}

/** "Make that 500 MB" after a list with one bound. */
function sizeInstead({ tokens }: Utterance, explained: Set<number>, listed: SizeRange | undefined): SizeRange | null {
  const [bound, ...others] = Object.keys(listed ?? {});
  const words = tokens.map(({ lower }) => lower);
  const at = words.findIndex((_, index) => amountAt(words, index) !== null);
  const amount = at < 0 ? null : amountAt(words, at);
  if (amount === null || bound === undefined || others.length > 0) return null;
  for (const each of range(at, amount.end)) explained.add(each);
  return { [bound]: amount.bytes };
}

/** "How much is that all together?", "how many are these?": the list again, which has its sums. */
function asksSum({ tokens }: Utterance): boolean {
  const has = (words: ReadonlySet<string>) => tokens.some(({ lower }) => words.has(lower));
  return has(cues.sums) && (has(cues.pointers) || tokens.length <= 4);
}

/** "What is the oldest dataset in Churn Lab that nobody uses" says what it is about; whose the list before was is nothing to it. */
function isWholeQuestion({ intent, slots, offers }: Reading): boolean {
  return intent === 'list.assets' && offers === undefined && slots.kind !== undefined && slots.workspace !== undefined;
}

function isFollowUp({ tokens }: Utterance): boolean {
  const [first] = tokens;
  return (
    cues.first.has(first?.lower ?? '') ||
    tokens.some(({ lower }) => cues.pointers.has(lower) || cues.changing.has(lower))
  );
}

/**
 * "Ok delete those", "get rid of the biggest one of them": a command on what was listed. Every word before the first
 * comma must be known, and nothing behind it may say otherwise.
 */
function commandOnList(utterance: Utterance, listed: Slots, alone: Reading): Reading | null {
  const { tokens } = utterance;
  const isMark = (at: number) => [',', '.', ';'].includes(tokens[at]?.lower ?? '');
  // "Ok, delete those": the comma behind the first word ends nothing.
  const comma = tokens.findIndex((_, at) => at > 1 && isMark(at));
  const head = comma < 0 ? tokens : tokens.slice(0, comma);
  const acts = new Set(head.map(({ lower }) => actIn(lower)).filter((act) => act !== null));
  const [act] = acts;
  if (act === undefined || acts.size > 1) return offeredOfList(utterance, listed, alone);
  if (!isAbout(utterance, head, listed))
    return ofOne(utterance, head, listed, act) ?? offeredOfList(utterance, listed, alone);
  const { limits, covered } = limitsIn(utterance, []);
  const kind = utterance.kinds.find((each) => each.kind !== 'asset' && !covered.has(each.start));
  if (kind?.kind === 'workspace' || (kind !== undefined && !kind.plural)) return null;
  const isKind = (at: number) => utterance.kinds.some(({ start, end }) => at >= start && at < end);
  const isKnown = ({ lower, type }: Utterance['tokens'][number], at: number) =>
    type !== 'word' ||
    covered.has(at) ||
    isKind(at) ||
    cues.commanding.has(lower) ||
    actIn(lower) !== null ||
    numberOf(lower) === listed.pick?.count;
  if (!head.every(isKnown) || tokens.slice(head.length).some(({ lower }) => cues.otherwise.has(lower))) return null;
  if (act === 'delete' && isDoubtful(utterance)) return null;
  const left = bothExcepted(listed.exceptOwner, limits.exceptOwner);
  const ofKind = kind === undefined ? {} : { kind: kind.kind };
  const slots = { ...listed, all: true, ...limits, ...ofKind, ...left } as Slots;
  return { intent: `${act}.assets`, slots, confidence: 0.75, why: 'a command on the list before' };
}

/**
 * "Delete that one", "back it up": one thing, where several were listed. The workspace that was listed whole can be
 * exported; of anything else it has to be said which one.
 */
function ofOne(
  { tokens, kinds }: Utterance,
  head: Utterance['tokens'],
  listed: Slots,
  act: 'delete' | 'export',
): Reading | null {
  const isKnown = head.every(
    ({ lower, type }) =>
      type !== 'word' || cues.commanding.has(lower) || actIn(lower) !== null || cues.ofWhole.has(lower),
  );
  const isOne = head.some(({ lower }) => cues.singulars.has(lower));
  const isMore = tokens.slice(head.length).some(({ lower }) => cues.otherwise.has(lower));
  if (!isKnown || !isOne || isMore || kinds.some(({ kind }) => kind !== 'asset')) return null;
  const { workspace, ...limits } = listed;
  if (act === 'export' && workspace !== undefined && Object.keys(limits).length === 0)
    return { intent: 'export.workspace', slots: { workspace }, confidence: 0.75, why: 'the workspace that was listed' };
  return { intent: 'none', slots: {}, confidence: 0.7, why: 'one of a list', incomplete: { intent: `${act}.assets` } };
}

function actIn(word: string): 'delete' | 'export' | null {
  if (word === 'rid') return 'delete';
  // "Get rid of", "get me".
  if (word === 'get') return null;
  const act = actOf(word);
  return act === 'delete' || act === 'export' ? act : null;
}

/** "Them", "all ten", "the lot", or the one that a limit picks. */
function isAbout(utterance: Utterance, head: Utterance['tokens'], { kind, pick }: Slots): boolean {
  const isOther = utterance.kinds.some((each) => each.kind !== 'asset' && kind !== undefined && each.kind !== kind);
  // "It" is none of several.
  const isPointing = (word: string) => (pick?.count === 1 ? cues.pointers : cues.plurals).has(word);
  const isPicked = limitsIn(utterance, []).limits.pick !== undefined;
  const isSaid = (word: string) => isPointing(word) || cues.wholes.has(word) || (word === 'one' && isPicked);
  return !isOther && head.some(({ lower }) => isSaid(lower));
}

function isDoubtful(utterance: Utterance): boolean {
  const words = utterance.tokens.map(({ lower }) => lower);
  const isQuestion =
    words.at(-1) === '?' || cues.questionFirst.has(words[0] ?? '') || cues.questionFirst.has(words[1] ?? '');
  return isQuestion || deletionSigns(utterance, []).vetoes.length > 0;
}

/** A selection that is read or offered and refers to the list is one of what was listed. */
function offeredOfList({ tokens, kinds }: Utterance, listed: Slots, alone: Reading): Reading | null {
  const isOfIt = tokens.some(({ lower }, at) => lower === 'it' && cues.beforePlace.has(tokens[at - 1]?.lower ?? ''));
  const isReferring = isOfIt || tokens.some(({ lower }) => cues.plurals.has(lower));
  const isOther = kinds.some(({ kind }) => kind !== 'asset' && listed.kind !== undefined && kind !== listed.kind);
  if (!isReferring || isOther) return null;
  const isSelection = ({ intent, slots }: Pick<Offer, 'intent' | 'slots'>) =>
    (intent === 'delete.assets' || intent === 'export.assets') && slots.all === true && slots.workspace === undefined;
  const within = (slots: Slots): Slots => ({
    ...listed,
    all: true,
    ...slots,
    ...bothExcepted(listed.exceptOwner, slots.exceptOwner),
  });
  if (isSelection(alone)) return { ...alone, slots: within(alone.slots), why: `${alone.why}, of the list before` };
  if (alone.offers?.some(isSelection) !== true) return null;
  const offers = alone.offers.map((each) => (isSelection(each) ? { ...each, slots: within(each.slots) } : each));
  return { ...alone, offers };
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, offset) => start + offset);
}
