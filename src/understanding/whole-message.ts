import { foldName } from '../domain/name-folding.ts';
import {
  aboutRequest,
  changesSchedule,
  receiptIn,
  sameElsewhere,
  sharesWithOthers,
  swapsRhythm,
  withMeantCancel,
  withMeantLink,
  withMeantSchedule,
} from './about-requests.ts';
import { assetQuestion } from './asset-questions.ts';
import { inOrder, inPointingWords, ofTheListBefore, ofThePlaceBefore } from './behind-a-list.ts';
import type { ConversationContext } from './conversation.ts';
import { deliveryWish } from './delivery-phrases.ts';
import { droppedBehind, droppedInFront, stemBehind, withoutExceptedNames } from './dropped-parts.ts';
import { exceptedLimit, withoutCorrectedLimit, withScheduledLimits } from './excepted-limits.ts';
import { withExceptedOwner, withOthersThings } from './excepted-owner.ts';
import { withKindInFront } from './follow-ups.ts';
import { isCommand, isDestructive, type Offer, type Reading, type Slots } from './intents.ts';
import { withoutKept } from './kept-names.ts';
import { inPlainWords, ofTypeInstead, withKnownWorkspace } from './known-workspace.ts';
import type { NameIndex } from './learned/name-index.ts';
import { exceptWords } from './learned/tag-features.ts';
import { actOf } from './lexicon/acts.ts';
import { deletionHints } from './lexicon/deletion-hints.ts';
import { StemIndex } from './name-stems.ts';
import { narrowedIn } from './narrowing.ts';
import { normalise } from './normalise.ts';
import { offeredInPlace } from './offered-readings.ts';
import { honestList } from './overlooked.ts';
import { withMembers, withOwnerForPlace, withPersonSaid } from './owner-for-place.ts';
import { hasUnreadRhythm, recurrenceIn } from './recurrence.ts';
import { remainderIn } from './remainder.ts';
import { withSaidPeople } from './said-people.ts';
import { secondTry } from './second-try.ts';
import { withoutDoubts } from './selection-doubts.ts';
import { ofEachWorkspace, withSought } from './sought.ts';
import { stopsSchedule, takesBack } from './stopping.ts';
import { tokenise, type Utterance } from './utterance.ts';

/** Confidence of a reading that only offers choices. */
const unsure = 0.5;

interface Given {
  readonly today?: string | undefined;
  readonly context?: ConversationContext | undefined;
  readonly names?: NameIndex | undefined;
}

/**
 * The reading of a message, with what another part of the message says: of two wishes none is dropped in silence, what
 * is to repeat is not done once, what is denied by name is left out, and the deletion of a workspace is not offered for
 * a message about less. `read` reads a text by itself. Pure; linear in the length of the text.
 */
export function wholeMessage(
  typed: string,
  { today, context, names }: Given,
  read: (text: string) => Reading,
): Reading {
  const text = inPointingWords(typed);
  const brief = asksForRuns.test(text)
    ? ({ intent: 'schedule.list', slots: {}, confidence: 0.9, why: 'asks what repeats' } as const)
    : stopsSchedule(text)
      ? null
      : (offeredInPlace(text, context) ??
        takesBack(text) ??
        receiptIn(text) ??
        deliveryWish(text) ??
        aboutRequest(text, context) ??
        sameElsewhere(text, context, today) ??
        ofTypeInstead(text, context) ??
        remainderIn(text, context, names) ??
        narrowedIn(text, context) ??
        twoWishes(text, read));
  if (brief !== null) return brief;
  const said = inPlainWords(withKindInFront(text.replace(leadIn, ''), context));
  const alone = secondTry(
    withMeantSchedule(withMeantLink(withMeantCancel(read(said), text), text), text),
    said,
    context,
    (part) => ofTypeInstead(part, context) ?? read(part),
  );
  const asked =
    names !== undefined && (alone.intent === 'none' || alone.intent === 'ask') ? questionIn(said, names) : null;
  const wanted = ofEachWorkspace(withSought(asked ?? withKnownWorkspace(alone, said, names), said), said);
  const reading = withMembers(withOthersThings(wanted, said), said);
  if (sharesWithOthers(reading, text)) {
    return { intent: 'unsupported', slots: { operation: 'share' }, confidence: 0.8, why: 'hands something to others' };
  }
  const isOfRepeated = context?.turns[0]?.repeats === true;
  const changesOnce = reading.corrects === true && reading.intent.startsWith('export.');
  const changesOther = isOfRepeated && (changesOnce || (isUnread(reading) && changesRhythm(text)));
  if (changesOther || (isOfRepeated && swapsRhythm(reading, text)) || changesSchedule(reading, text)) {
    return { intent: 'unsupported', slots: { operation: 'reschedule' }, confidence: 0.8, why: 'changes what repeats' };
  }
  const checked = isCommand(reading.intent) || reading.intent === 'list.assets' || reading.intent === 'schedule.create';
  const isPlain = !checked && reading.offers === undefined;
  const people = names instanceof StemIndex ? names.people : [];
  if (isPlain) return withSaidPeople(reading, text, people, names);
  const utterance = tokenise(normalise(text).text);
  const real = withRealPlace(withoutKept(withoutExceptedNames(reading, text, read), text), text);
  const placed = withPersonSaid(withOwnerForPlace(real, text, names), text, names);
  const whole = withWholeObject(withoutDenied(withRhythm(placed, utterance, today), text), text, names);
  const limited = withWholePeriod(withoutCorrectedLimit(whole, text), text);
  const kept = withoutWideOffers(withoutExceptedLimits(limited, text, today), utterance);
  const scheduled = withScheduledLimits(kept, utterance);
  const narrow = withExceptedOwner(
    ofThePlaceBefore(ofTheListBefore(scheduled, text, context), text, context),
    utterance,
  );
  const owned = withSaidPeople(narrow, text, people, names);
  return withoutDoubts(inOrder(honestList(owned, text, utterance), text, context), text);
}

function questionIn(text: string, names: NameIndex): Reading | null {
  return assetQuestion(tokenise(normalise(text).text), names);
}

/** "All right, then please delete …": the words in front say nothing about what is wanted. */
const leadIn = /^\W{0,3}(?:all right|alright|ok|okay|right|fine|good|well)\W{1,3}then\W{1,3}(?=\p{L})/iu;

const nextRun = "when(?:'s| is| does)? (?:the |my )?next (?:run|backup|export)\\b|next run when";
const whatRepeats = 'what (?:have i got|do i have|have i|is|else)[^.;,]{0,30}\\b(?:repeats?|repeating|recurring)\\b';
const repeating = '(?:scheduled|recurring|repeating|regular)';
const whatIsScheduled = `(?:what|which)(?:'s| is| are| else is)? (?:all )?${repeating}|no,? i mean(?:t)? my ${repeating}`;
const scheduledStuff = `(?:what|which) ${repeating} (?:stuff|things?|backups?|exports?|copies|ones|jobs?)`;
const listScheduled = `(?:show|list|see)(?: me)?(?: all| my| the){0,2} ${repeating} (?:stuff|things?|backups?|exports?|copies|ones|jobs?|tasks?|runs?)`;
const asksForRuns = new RegExp(
  `^(?:[^.;!?]{0,60},)?\\W*(?:and |so |ok |hey )?(?:${nextRun}|${whatRepeats}|${whatIsScheduled}|${scheduledStuff}|${listScheduled})\\b[^.;]{0,40}$`,
  'iu',
);

/** True for a reading that does nothing by itself. */
function isUnread({ intent }: Reading): boolean {
  return intent === 'none' || intent === 'greet' || intent === 'decline';
}

const dayTimes = "\\d{1,2}[:.]\\d\\d|\\d{1,2} ?(?:am|pm|o'?clock)|mornings?|evenings?|nights?|noon|midnight";
const days = '(?:mon|tues|wednes|thurs|fri|satur|sun)days?|\\d{1,2}(?:st|nd|rd|th)';
const rhythmWords = new RegExp(
  `\\b(?:${dayTimes}|${days}|daily|weekly|fortnightly|monthly|until|till?|xmas|christmas)\\b`,
  'iu',
);
const otherWishes = /\b(?:export|delete|remove|back ?up|list|show|status|link|cancel|stop|who|what|when|why|how)\b/iu;

/** "Make it 18:00", "on the 1st, not the 30th", "only till Christmas": hardly anything but another time. */
function changesRhythm(text: string): boolean {
  return text.length <= 80 && !/[.!?] \p{L}/u.test(text) && rhythmWords.test(text) && !otherWishes.test(text);
}

const verbAsPlace = /^(?:gets?|goes|is|was|has|will|dies|expires|ends|vanishes|disappears|closes|contains|holds)$/u;
const typedPlace = /\b(guest|free|standard) (?:workspace|worksapce|workspce|one)\b/iu;

/** "My guest workspace gets wiped today, export it": the verb behind "workspace" is no name. */
function withRealPlace(reading: Reading, text: string): Reading {
  const { workspace, ...others } = reading.slots;
  if (workspace === undefined || !verbAsPlace.test(workspace)) return reading;
  const type = typedPlace.exec(text)?.[1]?.toLowerCase();
  if (type !== undefined) return { ...reading, slots: { ...others, workspace: type } as Slots };
  return { intent: 'none', slots: {}, confidence: unsure, why: 'a verb behind the word workspace' };
}

const denying = /(?:^|[\s,;-])(?:not|but park|park|hold back|skip|never|leave out|spare)\s+(?:the\s+)?["“'‘]?$/iu;
const actedOn = 'export|back|delete|remove|bin|save|download|erase|wipe|ditch|get rid of|copy';
const pointedAt = 'it|them|those|these|(?:that|this) one';
const joining = '\\bplus\\b|\\band\\b|\\bas well as\\b|\\balong with\\b|,';
const pointing = new RegExp(`\\b(?:${actedOn})\\s+(?:up\\s+)?(?:${pointedAt})\\b[^.;!?]{0,60}?(?:${joining})`, 'iu');

/**
 * "Export a.csv, not b.csv": what is denied by its name is left out, and then asked about. "Back that one up, plus
 * b.csv" has an object that the names alone drop.
 */
function withoutDenied(reading: Reading, text: string): Reading {
  if (reading.offers !== undefined) return { ...reading, offers: reading.offers.map((each) => kept(each, text)) };
  if (!reading.intent.endsWith('.assets') || reading.slots.assets === undefined) return reading;
  const left = kept(reading, text);
  const first = Math.min(...reading.slots.assets.map(({ name }) => text.indexOf(name)).filter((at) => at >= 0));
  const isDropped = reading.corrects !== true && (pointing.exec(text)?.index ?? Number.POSITIVE_INFINITY) < first;
  if (left === reading && !isDropped) return reading;
  return { intent: 'none', slots: {}, confidence: unsure, why: `not all of it: ${reading.why}`, offers: [left] };
}

function kept<Wish extends Offer>(wish: Wish, text: string): Wish {
  const { assets } = wish.slots;
  if (assets === undefined || assets.length < 2) return wish;
  const others = assets.filter(({ name }) => !denying.test(text.slice(0, Math.max(0, text.indexOf(name))).slice(-24)));
  return others.length === assets.length || others.length === 0
    ? wish
    : { ...wish, slots: { ...wish.slots, assets: others } };
}

const determiner = 'the|my|that|those|these|all|both|everything|anything|whatever|what|our|his|her|its';
const conjunction = '(?:and|n|plus|&|as well as|along with)\\s{1,3}(?:also\\s{1,3})?';
const furtherObject = new RegExp(
  `^["”'’]?(?: in [^,.;!?\\n]{2,40})?\\s{0,3},?\\s{0,3}${conjunction}((?:${determiner})\\b[^,.;!?\\n]{0,40})`,
  'iu',
);
const noObject = /^(?:the|my) (?:workspace|link|rest of my day)\b|^that(?:'s| is)\b|^(?:all|that)$/iu;

/**
 * "Delete churn-2018.csv and the 2018 predictor": an object that no name explains is not dropped beside one that has a
 * name. "All but the last two" is no list of all.
 */
function withWholeObject(reading: Reading, text: string, names: NameIndex | undefined): Reading {
  const { assets, except, exceptKinds = [], all, then } = reading.slots;
  if (reading.offers !== undefined) return withWholeOffers(reading, text, names);
  const named = all === true ? (except ?? []) : (assets ?? []);
  const lose = (lost: string): Reading => ({
    intent: 'none',
    slots: {},
    confidence: unsure,
    why: 'an object that nothing explains',
    lost: lost.trim(),
  });
  const inFront = droppedInFront(reading, text, names) ?? droppedBehind(reading, text, names);
  if (inFront !== null) return lose(inFront);
  const behind = isCommand(reading.intent) ? stemBehind(reading, text, names) : null;
  if (behind !== null) {
    if (!reading.intent.startsWith('export.') || then !== undefined) return lose(behind.said);
    return { ...reading, slots: { ...reading.slots, assets: [...(assets ?? []), { name: behind.name }] } as Slots };
  }
  const ends = named
    .map(({ name }) => ({ at: text.toLowerCase().lastIndexOf(name.toLowerCase()), length: name.length }))
    .flatMap(({ at, length }) => (at < 0 ? [] : [at + length]));
  if (ends.length > 0 && then === undefined && isCommand(reading.intent)) {
    const further = furtherObject.exec(text.slice(Math.max(...ends)))?.[1];
    const said = further === undefined ? null : tokenise(normalise(further).text);
    const kinds = said?.kinds.map(({ kind }) => kind) ?? [];
    // "Except churn.csv and the models": the models are left out, too.
    const isLeftOut = kinds.length > 0 && kinds.every((kind) => exceptKinds.some((each) => each === kind));
    const listed = new Set(named.map(({ name }) => foldName(name)));
    const inside = said === null ? [] : (names?.namesIn(said) ?? []);
    // A name in it that is on nobody's list would be dropped.
    const isKnown = isLeftOut || inside.some(({ name, isWorkspace }) => isWorkspace || listed.has(foldName(name)));
    if (further !== undefined && !isKnown && !noObject.test(further)) return lose(further);
  }
  const left = reading.intent === 'list.assets' ? allBut.exec(text) : null;
  if (left === null || exceptionsOf(reading.slots)) return reading;
  return lose(left[0]);
}

/** The same for what is only offered: a button never does half of what was said. */
function withWholeOffers(reading: Reading, text: string, names: NameIndex | undefined): Reading {
  const { offers = [], ...rest } = reading;
  const checked = offers.map((offer) => ({ offer, as: withWholeObject({ ...offer, why: '' }, text, names) }));
  const whole = checked
    .filter(({ as }) => as.lost === undefined)
    .map(({ offer, as }) => ({ ...offer, slots: as.slots }));
  const lost = checked.find(({ as }) => as.lost !== undefined)?.as.lost;
  return whole.length > 0 ? { ...rest, offers: whole } : { ...rest, ...(lost === undefined ? {} : { lost }) };
}

const allBut = /\b(?:all|everything|every one) but\b[^.;!?\n]{1,40}/iu;

function exceptionsOf({ except, exceptKinds, pick, owner }: Slots): boolean {
  return [except, exceptKinds, pick, owner].some((each) => each !== undefined);
}

/** "Delete everything without the failed experiments" is not the deletion of the failed experiments. */
function withoutExceptedLimits(reading: Reading, text: string, today: string | undefined): Reading {
  const { offers, ...rest } = reading;
  if (offers !== undefined) {
    const left = offers.filter((each) => exceptedLimit(each, text, today) === null);
    return left.length === 0 ? rest : { ...rest, offers: left };
  }
  const lost = exceptedLimit(reading, text, today);
  return lost === null
    ? reading
    : { intent: 'none', slots: {}, confidence: unsure, why: 'an exception that became a limit', lost };
}

const months = 'january|february|march|april|may|june|july|august|september|october|november|december';
const vaguePeriod = new RegExp(
  `\\b(?:(?:early|late|mid)[\\s-](?:in\\s+)?|(?:beginning|start|middle) of )(?:20\\d\\d|${months})\\b`,
  'iu',
);

/** "Early 2019" is no period that anybody has agreed on: nothing is selected by it. */
function withWholePeriod(reading: Reading, text: string): Reading {
  const selects = reading.intent === 'list.assets' || reading.slots.all === true;
  const found = selects ? vaguePeriod.exec(text) : null;
  // What stands in quotes is a name.
  if (found === null || (text.slice(0, found.index).match(/["“”]/gu)?.length ?? 0) % 2 === 1) return reading;
  const [lost] = found;
  return { intent: 'none', slots: {}, confidence: unsure, why: 'a period without bounds', lost };
}

/** "Bin that request. Export churn.csv": what takes something back, and a command behind it. */
function twoWishes(text: string, read: (text: string) => Reading): Reading | null {
  const [, head, rest] = /^([^.;!?\n]{3,80})[.;!\n]\s+(\S.*)$/su.exec(text) ?? [];
  if (head === undefined || rest === undefined) return null;
  const first = takesBack(head);
  if (first === null || first.intent !== 'request.cancel') return null;
  const second = read(rest);
  if (!isCommand(second.intent)) return null;
  return { intent: 'none', slots: {}, confidence: unsure, why: 'two wishes in one message', offers: [second, first] };
}

/** An export for which the message names a rhythm becomes an offer of a recurring one. */
function withRhythm(reading: Reading, utterance: Utterance, today: string | undefined): Reading {
  const { intent, slots } = reading;
  if (!intent.startsWith('export.')) return reading;
  const said = recurrenceIn(utterance, [], today ?? null);
  if (said.recurrence === undefined && !hasUnreadRhythm(utterance, [])) return reading;
  const { then, ...object } = slots;
  const repeated: Offer = { intent: 'schedule.create', slots: { ...object, ...said } as Slots, confidence: unsure };
  const nothing: Reading = { intent: 'none', slots: {}, confidence: unsure, why: `names a rhythm: ${reading.why}` };
  return said.recurrence === undefined || then !== undefined ? nothing : { ...nothing, offers: [repeated] };
}

/** Without offers of deletions where no word speaks of one, and of a whole workspace where less than all of it is meant. */
function withoutWideOffers(reading: Reading, utterance: Utterance): Reading {
  const { offers, ...rest } = reading;
  if (offers?.some(({ intent }) => isDestructive(intent)) !== true) return reading;
  const isNarrowed = utterance.tokens.some(({ lower, quotation }) => quotation === 0 && exceptWords.has(lower));
  const deletes = utterance.tokens.some(({ lower }) => actOf(lower) === 'delete' || deletionHints.has(lower));
  const kept = offers.filter(({ intent, slots }) => {
    if (renaming.test(utterance.text)) return !isDestructive(intent);
    if (intent !== 'delete.workspace') return (deletes && !offList.test(utterance.text)) || !isDestructive(intent);
    if (/\b(?:files?|csvs?|tsvs?)\b/iu.test(utterance.text)) return false;
    return deletes && !isNarrowed && (slots.workspace !== undefined || saysAllOfIt(utterance));
  });
  return kept.length === 0 ? rest : { ...rest, offers: kept };
}

const renaming = /^\W{0,3}(?:please |can |could |you |u |we |i |also ){0,4}(?:rename|move|copy|share)\b/iu;
const offList = /\b(?:off|from|out of) (?:the|that|this|my|your) list\b/iu;

/** "My workspace", "everything", "all my data", "my account". */
function saysAllOfIt({ kinds, tokens }: Utterance): boolean {
  if (kinds.some(({ kind }) => kind === 'workspace')) return true;
  return tokens.some(({ lower }, at) => {
    if (lower === 'everything' || lower === 'account') return true;
    return lower === 'all' && ['my', 'our', 'data', 'of'].includes(tokens[at + 1]?.lower ?? '') && !isOfFew(tokens, at);
  });
}

/** "All of it", "all of them": of what was shown before. */
function isOfFew(tokens: Utterance['tokens'], at: number): boolean {
  return ['it', 'them', 'those', 'these'].includes(tokens[at + 2]?.lower ?? '');
}
