import type { AssetMention } from '../domain/asset-mentions.ts';
import { foldName } from '../domain/name-folding.ts';
import { lostWords } from './completeness.ts';
import { type ConversationContext, referentsOf, type Turn } from './conversation.ts';
import { dateRangeIn } from './date-range.ts';
import type { IntentName, Reading, Slots } from './intents.ts';
import { type NameIndex, ofAsset } from './learned/name-index.ts';
import { actOf } from './lexicon/acts.ts';
import * as cues from './lexicon/adjustment-words.ts';
import { aboutTheList } from './list-follow-ups.ts';
import { type NamedPlace, namedPlaces } from './named-places.ts';
import { type FurtherLimits, narrower } from './narrower.ts';
import { recurrenceIn } from './recurrence.ts';
import { limitsIn } from './selection-limits.ts';
import { tokenise, type Utterance } from './utterance.ts';

/** What is known beside the message. */
interface Known {
  readonly context: ConversationContext | undefined;
  /** ISO 8601. */
  readonly today: string | undefined;
  readonly names: NameIndex | undefined;
}

/** Longer messages are commands of their own. */
const mostTokens = 32;

/**
 * A message about the command before it, whose preview may still wait: "leave out churn.csv", "only the failed ones",
 * "and customers.tsv too", "do that every Monday", "who made it?". It keeps the action; what it adds to a deletion must
 * exist and be named. `alone` is the message read by itself: a command of its own stays one. Null when the message is
 * none of these. Pure; linear in the number of tokens.
 */
export function adjusted(utterance: Utterance, { context, today, names }: Known, alone: Reading): Reading | null {
  const { tokens } = utterance;
  if (context === undefined || tokens.length > mostTokens) return null;
  const isOfOther = (names?.namesIn(utterance) ?? []).some(({ isWorkspace }) => !isWorkspace);
  const question =
    aboutTheList(utterance, { context, today, names }, alone) ??
    (isOfOther || namesWorkspace(utterance, names) ? null : aboutTheSame(utterance, context));
  const [last] = context.turns;
  if (question !== null || last === undefined || isOwnCommand(utterance, alone, last)) return question;
  // Behind a list, a change is one of that list, and never of an older command.
  if (context.listed !== undefined && context.listed.at > last.at) return null;
  const referent = referentOf(last);
  // "And also Churn Lab, but without the experiments" is about another workspace.
  if (namesOtherWorkspace(utterance, names, referent?.workspace)) return null;
  const places = namedPlaces(utterance, names, referent?.assets ?? []);
  const words = wordsOutside(utterance, places);
  const repeated = places.length === 0 ? repeatedExport(utterance, words, last, today) : null;
  if (repeated !== null || referent === null) return repeated;
  const said: Said = { utterance, words, places, isDeletion: last.intent.startsWith('delete.'), referent };
  // “Can you list those?” asks to see something, whatever else it says.
  if (said.isDeletion && looking.test(utterance.text)) return null;
  const few = onlyNamed(said);
  if (few !== null && referent.all === true)
    return { ...reading(intentOf(last), few, 'names a few of the command before', true), narrows: true };
  const slots = few ?? leftOut(said) ?? narrowed(said, today) ?? added(said, names);
  if (slots !== null) return reading(intentOf(last), slots, 'adjusts the command before', true);
  // "Take out churn.csv" after another command may mean its preview, or a deletion.
  return words.has('out') && words.has('take')
    ? reading('none', {}, 'takes out what is not in the command before')
    : null;
}

function namesOtherWorkspace(utterance: Utterance, names: NameIndex | undefined, own: string | undefined): boolean {
  const said = (names?.namesIn(utterance) ?? []).filter(({ isWorkspace }) => isWorkspace);
  return said.some(({ name }) => own === undefined || foldName(name) !== foldName(own));
}

interface Said {
  readonly utterance: Utterance;
  /** The words outside names. */
  readonly words: ReadonlySet<string>;
  readonly places: readonly NamedPlace[];
  readonly isDeletion: boolean;
  readonly referent: Slots;
}

function reading(intent: IntentName, slots: Slots, why: string, corrects = false): Reading {
  return { intent, slots, confidence: 0.8, why, ...(corrects ? { corrects: true } : {}) };
}

/** Of a whole workspace a part is exported. */
function intentOf({ intent }: Turn): IntentName {
  return intent === 'export.workspace' ? 'export.assets' : intent;
}

/** What the command before was about, as a selection; null where nothing can be left out of it. */
function referentOf({ intent, referent }: Turn): Slots | null {
  // A whole workspace without something is a selection.
  if (intent === 'export.workspace') return { ...referent, all: true };
  return intent.endsWith('.assets') ? referent : null;
}

/** A command with a verb of its own, or a yes, a no or small talk. */
function isOwnCommand(
  utterance: Utterance,
  { intent, confidence, lost, slots, offers = [] }: Reading,
  last: Turn,
): boolean {
  if (['help', 'greet', 'decline', 'confirm', 'request.cancel'].includes(intent)) return confidence >= sureOfOther;
  if (intent.startsWith('schedule.') && intent !== 'schedule.create' && confidence >= sureOfOther) return true;
  const hasAct = utterance.tokens.some(
    ({ lower, quotation }) => quotation === 0 && ['delete', 'export'].includes(actOf(lower) ?? ''),
  );
  // "Get rid of those three, no wait, just the other two" deletes, whatever was exported before.
  if (last.intent.startsWith('export.') && cues.saysDeletion.test(utterance.text)) return true;
  if (!hasAct) return false;
  // "Export Fraud Detection without the datasets every Friday" says everything itself.
  if (
    last.repeats === true &&
    [slots, ...offers.map((offer) => offer.slots)].some(({ workspace }) => workspace !== undefined)
  )
    return true;
  if (lost !== undefined) return true;
  // A deletion never becomes an exception of an export.
  const isOther = last.intent.startsWith('delete.') ? 'export' : 'delete';
  if (utterance.tokens.some(({ lower, quotation }) => quotation === 0 && actOf(lower) === isOther)) return true;
  // A verb of its own makes it a command, unless it says outright that something stays out.
  const words = new Set(utterance.tokens.map(({ lower }) => lower));
  return (intent !== 'none' && intent !== 'ask') || !(hasAny(words, cues.leavingOut) || hasAny(words, cues.sparing));
}

const sureOfOther = 0.9;

function wordsOutside({ tokens }: Utterance, places: readonly NamedPlace[]): ReadonlySet<string> {
  const isNamed = (index: number) => places.some(({ start, end }) => index >= start && index < end);
  return new Set(tokens.filter((_, index) => !isNamed(index)).map(({ lower }) => lower.replaceAll('’', "'")));
}

function hasAny(words: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean {
  return [...wanted].some((word) => words.has(word));
}

function isQuestion({ tokens }: Utterance): boolean {
  return tokens.at(-1)?.lower === '?' || cues.questionWords.has(tokens[0]?.lower ?? '');
}

/** "How much is in Churn Lab, and when does it shut down" is not about the asset before. */
function namesWorkspace(utterance: Utterance, names: NameIndex | undefined): boolean {
  return names?.namesIn(utterance).some(({ isWorkspace }) => isWorkspace) === true;
}

const comparing =
  /\b(?:bigger|larger|smaller|older|newer|biggest|largest|smallest|oldest|newest|latest|(?:first|second|other|last) one)\b/iu;

/** True when the message says that what it names stays out of the command. */
function isOut({ utterance, words, isDeletion }: Said): boolean {
  const isNot = hasAny(words, cues.negations);
  // What is not needed is left out of an export, and is no reason to spare it from a deletion.
  if (cues.notNeeded.test(utterance.text.toLowerCase().replaceAll('’', "'"))) return !isDeletion;
  if (hasAny(words, cues.leavingOut)) return true;
  if (isDeletion && hasAny(words, cues.sparing)) return true;
  if (words.has('but') && hasAny(words, cues.allWords)) return true;
  return isNot && (isDeletion || !(words.has('keep') || words.has('stay')));
}

const looking = /(?<!\b(?:the|this|that|my) )\b(?:list|show|see|display|which)\b/iu;
const leaving = /\b(?:except|without|not|n['’]t|but|leave|keep|out|off|skip|drop|other|also|too|add|plus)\b/iu;

/** "No, just the Scored customers on its own": of what was listed only what is named now; never the rest. */
function onlyNamed({ utterance, places, referent, words }: Said): Slots | null {
  const { assets, all } = referent;
  if (places.length === 0 || isQuestion(utterance) || !(words.has('only') || words.has('just'))) return null;
  if (all === true) return namedOfAll(utterance, places, referent);
  if (assets === undefined) return null;
  const known = new Set(assets.map(({ name }) => foldName(name)));
  if (places.some(({ name }) => !known.has(foldName(name)))) return null;
  // What is named in front of "only", as in "keep aux.txt, just CON", is not what is wanted.
  const behind = utterance.text
    .split(/\b(?:only|just)\b/iu)
    .slice(1)
    .join(' ');
  const clause = behind.split(/[,;]|\.\s/u)[0] ?? '';
  const kept = assets.filter(({ name }) => foldName(clause).includes(foldName(name)));
  return kept.length === 0 || kept.length === assets.length || leaving.test(clause)
    ? null
    : { ...referent, assets: kept };
}

/** "Not the whole workspace, just A, B and C": of everything only these, which are never what is left out. */
function namedOfAll({ text, tokens }: Utterance, places: readonly NamedPlace[], referent: Slots): Slots | null {
  const at = Math.max(text.search(/\bonly\b/iu), text.search(/\bjust\b/iu));
  const isBehind = places.every(({ start }) => (tokens[start]?.start ?? 0) > at);
  const between = text.slice(at).replace(/^\w+/u, '');
  if (!isBehind || leaving.test(between.split(/[;]|\.\s/u)[0] ?? '')) return null;
  const { workspace } = referent;
  return { assets: places.map(({ name }) => ({ name })), ...(workspace === undefined ? {} : { workspace }) };
}

/** "Leave out A", "keep the notebooks", "not B though": exceptions, or a shorter list. */
function leftOut(said: Said): Slots | null {
  const { utterance, places, referent, words } = said;
  if (!isOut(said) || isQuestion(utterance) || hasAny(words, cues.nowWords)) return null;
  const { assets, all, except = [] } = referent;
  if (all === true) {
    const kinds = places.length > 0 ? [] : pluralKinds(utterance);
    if (places.length === 0 && (kinds.length === 0 || referent.kind !== undefined)) return null;
    // "Only the three largest datasets, so that nothing is lost" says what is meant, not what is left out.
    const { exceptKinds: _said, ...limits } = limitsIn(utterance, []).limits;
    const isLimit = words.has('only') || Object.keys(limits).length > 0;
    if (places.length === 0 && isLimit) return null;
    const known = new Set(except.map(({ name }) => foldName(name)));
    const names = places.filter(({ name }) => !known.has(foldName(name))).map(({ name }) => ({ name }));
    if (places.length > 0 && names.length === 0) return null;
    return narrower(referent, {
      ...(names.length === 0 ? {} : { except: names }),
      ...(kinds.length === 0 ? {} : { exceptKinds: kinds }),
    } as FurtherLimits);
  }
  // "I only want to keep the bigger" of two with one name leaves out neither both nor one that is known here.
  if (comparing.test(utterance.text)) return null;
  const out = new Set(places.map(({ name }) => foldName(name)));
  const kept = (assets ?? []).filter(({ name }) => !out.has(foldName(name)));
  const isFound = out.size > 0 && kept.length === (assets?.length ?? 0) - out.size;
  return isFound && kept.length > 0 ? { ...referent, assets: kept } : null;
}

function pluralKinds({ kinds }: Utterance): string[] {
  const said = kinds.filter(({ plural, kind }) => plural && kind !== 'workspace' && kind !== 'asset');
  return said.map(({ kind }) => kind);
}

/** "Only the failed ones", "just those from before 2019", "models only": a further limit on what was selected. */
function narrowed({ utterance: typed, places, referent, words }: Said, today: string | undefined): Slots | null {
  if (referent.all !== true || places.length > 0 || !hasAny(words, cues.onlyWords)) return null;
  // "The ones that failed" are of the kind that was selected.
  const utterance =
    referent.kind === undefined ? typed : tokenise(typed.text.replace(/\b(?:ones|those|one)\b/u, `${referent.kind}s`));
  const { limits, covered } = limitsIn(utterance, []);
  const isDated = hasAny(words, cues.dating);
  const dates = isDated ? dateRangeIn(utterance, [], today ?? null) : undefined;
  const head = utterance.kinds.find(
    ({ start, kind }) => !covered.has(start) && kind !== 'workspace' && kind !== 'asset',
  );
  const further = {
    ...(head === undefined || head.kind === referent.kind ? {} : { kind: head.kind }),
    ...(dates === undefined ? {} : { dates }),
    ...limits,
  } as Slots;
  const both = Object.keys(further).length === 0 ? null : narrower(referent, further);
  if (both === null) return null;
  const selection = { all: true, ...(head === undefined ? {} : { kind: head.kind }), ...further } as Slots;
  const lost = lostWords({ intent: 'delete.assets', slots: selection, confidence: 1 }, utterance, []);
  return lost === null || cues.onlyWords.has(lost.split(' ')[0] ?? '') ? both : null;
}

/** "And customers.tsv too": more names, which exist. */
function added({ utterance, words, places, referent, isDeletion }: Said, names: NameIndex | undefined): Slots | null {
  if (referent.assets === undefined || names === undefined || places.length === 0) return null;
  const isMore = hasAny(words, cues.moreWords) || cues.firstMore.has(utterance.tokens[0]?.lower ?? '');
  const isRemark = hasAny(words, cues.remarks) && !hasAny(words, cues.going);
  const isDoubtful = isRemark || isQuestion(utterance) || hasAny(words, cues.negations) || hasAny(words, cues.doubts);
  if (!isMore || (isDeletion && isDoubtful)) return null;
  if (places.some(({ name }) => (names.named(name) & ofAsset) === 0)) return null;
  const listed = new Set(referent.assets.map(({ name }) => foldName(name)));
  const more = places.filter(({ name }) => !listed.has(foldName(name)));
  return more.length === 0
    ? null
    : { ...referent, assets: [...referent.assets, ...more.map((place) => mentionOf(utterance, place))] };
}

function mentionOf({ kinds }: Utterance, { name, start }: NamedPlace): AssetMention {
  const kind = kinds.find(({ end, kind }) => end === start && kind !== 'workspace' && kind !== 'asset')?.kind;
  return (kind === undefined ? { name } : { kind, name }) as AssetMention;
}

/** "Do that every Monday", "weekly would be good" after an export. */
function repeatedExport(
  utterance: Utterance,
  words: ReadonlySet<string>,
  last: Turn,
  today: string | undefined,
): Reading | null {
  const hasOwnObject = utterance.kinds.some(({ kind }) => kind !== 'asset');
  if (!last.intent.startsWith('export.') || hasOwnObject || hasAny(words, cues.stopping)) return null;
  if (utterance.tokens.length > mostOfRhythm && !hasAny(words, cues.repeating)) return null;
  const recurring = recurrenceIn(utterance, [], today ?? null);
  if (recurring.recurrence === undefined) return null;
  return reading('schedule.create', { ...last.referent, ...recurring }, 'repeats the export before');
}

/** "Once a month from now on": a rhythm and hardly anything else. */
const mostOfRhythm = 6;

const generic =
  /\b(?:an?|any|every) (?:\p{L}{3,12} )?(?:asset|dataset|experiment|model|notebook|project|workspace)\b|\bthings that use\b/iu;

/** "Who made it?", "what uses that one?", "by who?": about the one thing that was shown or asked for last. */
function aboutTheSame(utterance: Utterance, context: ConversationContext): Reading | null {
  const { tokens, kinds } = utterance;
  const words = new Set(tokens.map(({ lower }) => lower.replaceAll('’', "'")));
  const isAsking = hasAny(words, cues.questionWords) || tokens.at(-1)?.lower === '?';
  if (!isAsking || tokens.length > 14 || kinds.some(({ kind }) => kind === 'workspace')) return null;
  const isPointing = hasAny(words, cues.pointers) || hasAny(words, cues.ordinals);
  const isBrief = tokens.length <= mostOfBrief && kinds.length === 0;
  if (!(isPointing || isBrief) || !hasAny(words, cues.properties)) return null;
  // A name in the message is what it is about.
  if (tokens.some(({ text, quotation }) => quotation !== 0 || /\p{L}[._]|[._]\p{L}/u.test(text))) return null;
  // "What happens to things that use a deleted asset?"
  if (generic.test(utterance.text)) return null;
  const [last] = referentsOf(context);
  if (last === undefined) return null;
  const { assets = [], workspace, pick } = last.slots;
  // Of a list it is clear which one is meant when it has only one.
  if (last.isList) {
    if (limitsIn(utterance, []).covered.size > 0) return null;
    const { all: _all, ...listed } = last.slots;
    return pick?.count === 1 ? reading('list.assets', listed, 'asks about what was listed before') : null;
  }
  const one = assets.length === 1 ? assets[0] : assets[ordinalIn(tokens, assets.length)];
  if (one === undefined) return null;
  const slots: Slots = { assets: [one], ...(workspace === undefined ? {} : { workspace }) };
  return reading('asset.show', slots, 'asks about what was named before');
}

/** "By who", "how many MB". */
const mostOfBrief = 4;

/** Which of `count` things is meant by "the second one"; -1 when none is. */
function ordinalIn(tokens: Utterance['tokens'], count: number): number {
  const said = tokens.flatMap(({ lower }) => cues.ordinalNumbers.get(lower) ?? []);
  const [at, ...others] = said;
  if (at === undefined || others.length > 0) return -1;
  return at < 0 ? count + at : at;
}
