import { foldName } from '../domain/name-folding.ts';
import { lostWords } from './completeness.ts';
import type { ConversationContext, Turn } from './conversation.ts';
import { dateRangeIn } from './date-range.ts';
import type { IntentName, Reading, Slots } from './intents.ts';
import { type NameIndex, ofAsset } from './learned/name-index.ts';
import { recurrenceIn } from './recurrence.ts';
import { limitsIn } from './selection-limits.ts';
import { textOf, tokenise, type Utterance } from './utterance.ts';

/** What is known beside the message. */
interface Known {
  readonly context: ConversationContext | undefined;
  /** ISO 8601. */
  readonly today: string | undefined;
  readonly names: NameIndex | undefined;
}

/** Longer messages are commands of their own. */
const mostTokens = 24;

/**
 * A message about the command before it, whose preview may still wait: "leave out churn.csv", "only the failed ones",
 * "and customers.tsv too", "do that every Monday", "who made it?". It keeps the action; what it adds to a deletion must
 * exist and be named. Null when the message is none of these. Pure; linear in the number of tokens.
 */
export function adjusted(utterance: Utterance, { context, today, names }: Known): Reading | null {
  const { tokens } = utterance;
  if (context === undefined || tokens.length > mostTokens) return null;
  const from = afterOpening(utterance);
  const question = aboutTheSame(utterance, from, context);
  const [last] = context.turns;
  if (question !== null || last === undefined) return question;
  const repeated = repeatedExport(utterance, from, last, today);
  if (repeated !== null) return repeated;
  // A whole workspace without something is a selection.
  const isWhole = last.intent === 'export.workspace';
  if (!isWhole && !last.intent.endsWith('.assets')) return null;
  const referent: Slots = isWhole ? { ...last.referent, all: true } : last.referent;
  const slots =
    leftOut(utterance, from, referent, names) ??
    narrowed(utterance, referent, today) ??
    added(utterance, from, referent, names);
  const intent = isWhole ? 'export.assets' : last.intent;
  if (slots !== null) return reading(intent, slots, 'adjusts the command before', true);
  // "Take out churn.csv" after another command may mean its preview, or a deletion.
  return takesOut(utterance, from) ? reading('none', {}, 'takes out what is not in the command before') : null;
}

function reading(intent: IntentName, slots: Slots, why: string, corrects = false): Reading {
  return { intent, slots, confidence: 0.8, why, ...(corrects ? { corrects: true } : {}) };
}

const openings = words(
  `please actually oh wait no nope nah but and also hmm um ok okay sorry well so then hey , . ! - … could can would you pls plz just
  i we want meant mean to let lets`,
);

function afterOpening({ tokens }: Utterance): number {
  let at = 0;
  while (at < tokens.length && openings.has(wordAt(tokens, at))) at += 1;
  return at;
}

/** "Leave out A", "not A", "keep A", "take A out": the end of the words before the names, and where the names end. */
function leavingOut({ tokens }: Utterance, from: number): { start: number; end: number } | null {
  const at = (offset: number) => wordAt(tokens, from + offset);
  const two = `${at(0)} ${at(1)}`;
  const end = endOfNames(tokens, from);
  if (['leave out', 'leaving out', 'take out', 'keep out', 'but not'].includes(two)) return { start: from + 2, end };
  if (['keep', 'exclude', 'excluding', 'except', 'without', 'skip', 'spare', 'omit', 'drop'].includes(at(0)))
    return { start: from + 1, end };
  // "Not the one called A" leaves it out; "not now" and "not sure" say something else.
  if (at(0) === 'not' && from + 1 < end) return { start: from + 1, end };
  const isBehind = ['out', 'alone', 'off'].includes(wordAt(tokens, end)) && ['leave', 'take'].includes(at(0));
  return isBehind ? { start: from + 1, end } : null;
}

function takesOut({ tokens }: Utterance, from: number): boolean {
  return ['take out', 'leave out', 'drop out'].includes(`${wordAt(tokens, from)} ${wordAt(tokens, from + 1)}`);
}

const closings = words(
  'as well too though tho please pls plz thanks thank you . ! , in out alone off also place from it the list',
);

/** Where the names end: before a reason, an "out" that belongs to the verb, and what closes a sentence. */
function endOfNames(tokens: Utterance['tokens'], from: number): number {
  const reasons = words('because since cause cos as');
  const reason = tokens.findIndex(
    ({ lower }, index) => index > from && reasons.has(lower) && wordAt(tokens, index + 1) !== 'well',
  );
  let end = reason < 0 ? tokens.length : reason;
  while (end > from && closings.has(wordAt(tokens, end - 1))) end -= 1;
  return end;
}

const articles = words(
  'the my our any one ones called named dataset datasets experiment experiments model models file files notebook notebooks',
);

function isMark(tokens: Utterance['tokens'], at: number): boolean {
  return !/[\p{L}\p{N}]/u.test(wordAt(tokens, at));
}

/** The named things of a stretch, split at "and" and commas; the longest existing name counts. Null for anything else. */
function namesBetween(utterance: Utterance, start: number, end: number, names: NameIndex | undefined): string[] | null {
  const { tokens } = utterance;
  const found: string[] = [];
  const known = names?.in(utterance) ?? [];
  let at = start;
  while (at < end) {
    if (articles.has(wordAt(tokens, at)) || ['and', ',', '&'].includes(wordAt(tokens, at)) || isMark(tokens, at)) {
      at += 1;
      continue;
    }
    const longest = Math.max(0, ...[...(known[at]?.keys() ?? [])].filter((to) => to <= end));
    let to = longest;
    if (longest === 0) {
      to = at + 1;
      // A name that is not known here has to look like one.
      const isQuoted = tokens[at]?.quotation !== 0;
      if (!isQuoted && !/[._\d]|\p{Lu}/u.test(tokens[at]?.text ?? '')) return null;
      while (to < end && tokens[to]?.quotation === tokens[at]?.quotation && isQuoted) to += 1;
    }
    found.push(textOf(utterance, at, to));
    at = to;
  }
  return found.length === 0 ? null : found;
}

function leftOut(utterance: Utterance, from: number, referent: Slots, names: NameIndex | undefined): Slots | null {
  const stretch = leavingOut(utterance, from);
  if (stretch === null) return null;
  const { start, end } = stretch;
  const { assets, all, except = [], exceptKinds = [] } = referent;
  const kinds = utterance.kinds.filter((each) => each.plural && each.start >= start && each.end <= end);
  const isOfKinds = kinds.length > 0 && kinds.reduce((sum, each) => sum + each.end - each.start, 0) >= end - start - 2;
  if (all === true && isOfKinds && namesBetween(utterance, start, end, undefined) === null) {
    const said = kinds.map(({ kind }) => kind).filter((kind) => kind !== 'workspace' && kind !== 'asset');
    return { ...referent, exceptKinds: [...new Set([...exceptKinds, ...said])] } as Slots;
  }
  const said = namesBetween(utterance, start, end, names);
  if (said === null) return null;
  if (all === true) return { ...referent, except: [...except, ...said.map((name) => ({ name }))] };
  const out = new Set(said.map(foldName));
  const kept = (assets ?? []).filter(({ name }) => !out.has(foldName(name)));
  const isFound = kept.length === (assets?.length ?? 0) - out.size;
  return isFound && kept.length > 0 ? { ...referent, assets: kept } : null;
}

/** "Only the failed ones", "just those from before 2019", "only the models": a further limit on what was selected. */
function narrowed(said: Utterance, referent: Slots, today: string | undefined): Slots | null {
  // "The ones that failed" are of the kind that was selected.
  const utterance =
    referent.kind === undefined ? said : tokenise(said.text.replace(/\b(?:ones|those)\b/u, `${referent.kind}s`));
  const { tokens, kinds } = utterance;
  const from = afterOpening(utterance);
  if (!['only', 'just'].includes(wordAt(tokens, from)) && !['only', 'just'].includes(wordAt(tokens, from - 1)))
    return null;
  if (referent.all !== true) return null;
  const { limits, covered } = limitsIn(utterance, []);
  const dates = dateRangeIn(utterance, [], today ?? null);
  const head = kinds.find(({ start, kind }) => !covered.has(start) && kind !== 'workspace' && kind !== 'asset');
  const further = {
    ...(head === undefined || head.kind === referent.kind ? {} : { kind: head.kind }),
    ...(dates === undefined ? {} : { dates }),
    ...limits,
  } as Slots;
  const isNew = (slot: string) => referent[slot as keyof Slots] === undefined;
  if (Object.keys(further).length === 0 || !Object.keys(further).every(isNew)) return null;
  const slots: Slots = { ...referent, ...further };
  const isWhole =
    lostWords(
      { intent: 'delete.assets', slots: { all: true, kind: head?.kind, ...further } as Slots, confidence: 1 },
      utterance,
      [],
    ) === null;
  return isWhole ? slots : null;
}

/** "And customers.tsv too": one more name, which exists. */
function added(utterance: Utterance, from: number, referent: Slots, names: NameIndex | undefined): Slots | null {
  const { tokens } = utterance;
  if (referent.assets === undefined || names === undefined) return null;
  const isMore = ['too', 'also', 'well'].includes(wordAt(tokens, tokens.length - 1)) || wordAt(tokens, from) === 'add';
  if (!isMore || !['and', 'also', 'add', 'plus'].includes(wordAt(tokens, 0))) return null;
  const start = wordAt(tokens, from) === 'add' ? from + 1 : from;
  const said = namesBetween(utterance, start, endOfNames(tokens, start), names);
  if (said === null || said.some((name) => (names.named(name) & ofAsset) === 0)) return null;
  return { ...referent, assets: [...referent.assets, ...said.map((name) => ({ name }))] };
}

const pointers = words('it that this them those');

/** "Do that every Monday", "make it weekly" after an export. */
function repeatedExport(utterance: Utterance, from: number, last: Turn, today: string | undefined): Reading | null {
  const { tokens } = utterance;
  const isPointing = ['do', 'make', 'repeat', 'run', 'export', 'send'].includes(wordAt(tokens, from));
  if (!last.intent.startsWith('export.') || !isPointing || !pointers.has(wordAt(tokens, from + 1))) return null;
  const recurring = recurrenceIn(utterance, [], today ?? null);
  if (recurring.recurrence === undefined) return null;
  return reading('schedule.create', { ...last.referent, ...recurring }, 'repeats the export before');
}

const questions = words('who what which how when where whats whos');
const properties = words(
  'made makes owns owned own created owner uses use used using depends big large size old made created it',
);

/** "Who made it?", "what uses that one?", "and how big is it?": about the one thing that was shown or asked for last. */
function aboutTheSame(utterance: Utterance, from: number, { shown, turns }: ConversationContext): Reading | null {
  const { tokens, kinds } = utterance;
  const rest = tokens.slice(from).map(({ lower }) => lower);
  const isQuestion = questions.has(rest[0]?.replace(/['’]s$/u, '') ?? '') || rest[0] === 'is';
  if (!isQuestion || rest.length > 9 || kinds.some(({ kind }) => kind === 'workspace')) return null;
  if (!rest.some((word) => pointers.has(word)) || !rest.some((word) => properties.has(word) && !pointers.has(word)))
    return null;
  // A name in the message is what it is about; "that experiment" may be another.
  if (tokens.some(({ text }) => /[._\d]/u.test(text) && /[\p{L}\d]/u.test(text))) return null;
  const [last] = turns;
  const isShownLater = shown !== undefined && (last === undefined || shown.at >= last.at);
  const assets = isShownLater ? shown.referent.assets : last?.referent.assets;
  if (assets === undefined || assets.length !== 1) return null;
  const { workspace } = isShownLater ? shown.referent : (last?.referent ?? {});
  const slots: Slots = { assets, ...(workspace === undefined ? {} : { workspace }) };
  return reading('asset.show', slots, 'asks about what was named before');
}

function wordAt(tokens: Utterance['tokens'], index: number): string {
  return tokens[index]?.lower ?? '';
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/u));
}
