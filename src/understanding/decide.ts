import { joinedNames } from '../domain/joined-names.ts';
import { adjusted } from './adjustments.ts';
import { withBackupFirst } from './backup-first.ts';
import { isSureDeletion } from './certainty.ts';
import { dropsName, isComplete, lostWords, questionAboutOne, settledOffers } from './completeness.ts';
import type { ConversationContext } from './conversation.ts';
import {
  type IntentName,
  isCommand,
  isDestructive,
  type Offer,
  type Reading,
  type Slots,
  sureEnough,
} from './intents.ts';
import { type NameIndex, ofAsset, ofWorkspace } from './learned/name-index.ts';
import type { ReaderModel } from './learned/reader-model.ts';
import type { Span } from './learned/tags.ts';
import { exceptionInFront } from './left-out.ts';
import { learn, type ModelReadings } from './model-readings.ts';
import { offersOfNames, questionAboutName } from './named-offers.ts';
import { normalise } from './normalise.ts';
import { withOwnGrammars } from './own-grammars.ts';
import { plainCommand } from './plain-commands.ts';
import { holdsNames, ofWorkspaceData, quoteNames, withoutDates, withPlace, withWholeOffers } from './quote-names.ts';
import { readOwnWords } from './read.ts';
import { besideLimits, readWithoutLimits } from './read-without-limits.ts';
import { hasUnreadRhythm, recurrenceIn } from './recurrence.ts';
import { holdsRulingPhrase } from './rule-out.ts';
import { listsSchedules } from './small-talk.ts';
import { withProposedNames } from './stem-proposals.ts';
import { stopsSchedule } from './stopping.ts';
import { isThanks } from './thanks.ts';
import { withUnanswered } from './unanswered-part.ts';
import { tokenise, type Utterance } from './utterance.ts';
import { areBehindPronoun, deletionSigns } from './vetoes.ts';
import { wholeMessage } from './whole-message.ts';

/** Thresholds on probabilities, chosen on writers left out of training (`npm run bench:understanding`). */
const thresholds = {
  /** From this probability on, a reading that only shows or answers something is acted on. */
  harmless: 0.5,
  /** A question must be likelier than any command by as much. */
  rivalled: 0.15,
  /** The same for an export or a copy of somebody's data: its preview is shown. */
  copying: 0.6,
  /** The same for a reading that changes a request, a link or a hold, and for a yes or no. */
  changing: 0.55,
  /** The same for a yes or no, which ends what waits: "nah make it weekly" is more than a no. */
  answering: 0.85,
  /** The same when the rules and the trained model read the same intent independently. */
  agreed: 0.15,
  /** The same when they agree although the trained model prefers another reading. */
  seconded: 0.3,
  /** The same for a text in which the rules find a claim of authority or an attempt to change the rules. */
  claiming: 0.85,
  claimingDeletion: 0.97,
  /** From this probability of a schedule on, an export beside a rhythm ("every Friday") is not done once in silence. */
  repeated: 0.08,
  /** Readings below this probability are not offered. */
  offer: 0.03,
  /** From this probability of being out of scope on, nothing is offered. */
  outside: 0.75,
  /** The same for a short text with a name in it. */
  outsideBriefly: 0.98,
  briefTokens: 4,
};

const copying: ReadonlySet<string> = new Set<IntentName>([
  'export.workspace',
  'export.assets',
  'dsr.export',
  'directory.export',
  'schedule.create',
]);
const changing: ReadonlySet<string> = new Set<IntentName>([
  'request.cancel',
  'request.retry',
  'dsr.extend',
  'link.revoke',
  'link.renew',
  'schedule.stop',
  'hold.place',
  'hold.lift',
  'confirm',
  'decline',
]);
/** Intents that the rules read from whole sentences of small talk. */
const smallTalk: ReadonlySet<string> = new Set<IntentName>(['help', 'greet', 'confirm', 'decline']);

/** Longer messages, in tokens, are read by the rules alone. */
const mostTokens = 350;

/** What is known when a message is read. */
export interface ReadingContext {
  /** The state of this conversation. */
  readonly context?: ConversationContext | undefined;
  /** The day that "last year" counts from, ISO 8601; without it such words are not read. */
  readonly today?: string | undefined;
  /** Names of assets and workspaces that the person may list; they tell where a name ends and what it refers to. */
  readonly names?: NameIndex | undefined;
}

/**
 * Reads the speaker's own words of one message with two independent readers: a trained model, which gives each reading
 * a probability, and rules. A reading on which both agree stands. A reading of the model alone is acted on when its
 * probability is high enough for what it would do. A deletion, whichever reader found it, is acted on only when no veto
 * rules it out and all evidence together is certain enough (`certainty.ts`). References to the conversation are
 * resolved by the rules. Everything else is offered as a choice. Some commands have grammars of their own. Pure.
 */
export function understand(text: string, model: ReaderModel, given: ReadingContext = {}): Reading {
  const read = (part: string) => understandPart(part, model, given);
  return withOwnGrammars(text, read, () =>
    withUnanswered(withProposedNames(wholeMessage(text, given, read), text, given.names), text, read),
  );
}

function understandPart(text: string, model: ReaderModel, given: ReadingContext): Reading {
  const alone = withBackupFirst(understandAlone(exceptionInFront(text), model, given), text);
  if (given.context === undefined || alone.corrects === true) return alone;
  const utterance = tokenise(normalise(text).text);
  return adjusted(utterance, { context: given.context, today: given.today, names: given.names }, alone) ?? alone;
}

function understandAlone(text: string, model: ReaderModel, given: ReadingContext): Reading {
  const first = ofWorkspaceData(understandOnce(text, model, given), given.names);
  const { names } = given;
  if (names === undefined || !namesThings(first)) return first;
  const utterance = tokenise(normalise(text).text);
  if (utterance.tokens.length > mostTokens) return first;
  const isUnread = first.intent === 'none' && first.offers === undefined && first.incomplete === undefined;
  const isQuestion = isUnread || first.intent === 'ask';
  const asked = isQuestion ? questionAboutName(utterance, names) : null;
  if (asked !== null) return { ...asked, why: 'asks about an asset that exists' };
  const plain = first.intent === 'none' ? plainCommand(utterance, names) : null;
  if (plain !== null) return plain;
  const reading = withPlace(withWholeOffers(withoutDates(first, names), utterance, names), utterance, names);
  const quoted = quoteNames(reading, utterance, names);
  if (quoted === null) return reading;
  const again = understandOnce(quoted, model, given);
  // The quotes say what is named, never what is wanted.
  const wanted = reading.intent === 'none' ? (reading.offers ?? []) : [reading];
  const isSame = wanted.some(({ intent }) => intent === again.intent);
  if (!isSame || again.offers !== undefined || !holdsNames(again, utterance, names)) return reading;
  // A name may hold words that speak against a deletion: a dataset called "do not".
  const isVetoed = isDestructive(again.intent) && deletionSigns(utterance, []).vetoes.length > 0;
  return isVetoed ? reading : again;
}

const ofThings = new Set('none asset.show list.assets account.info ask schedule.create schedule.stop'.split(' '));

/** True for a reading that should hold the existing names of its message. */
function namesThings({ intent, lost }: Reading): boolean {
  return lost === undefined && (isCommand(intent) || ofThings.has(intent));
}

function understandOnce(text: string, model: ReaderModel, { context, today, names }: ReadingContext): Reading {
  const ruled = readOwnWords(text, context, today);
  if (smallTalk.has(ruled.intent) || isThanks(text)) return ruled;
  if (ruled.why === listsSchedules) return ruled;
  if (stopsSchedule(text)) return { intent: 'schedule.stop', slots: {}, confidence: 0.9, why: 'stops what repeats' };
  if (ruled.intent === 'request.cancel' && ruled.slots.request === undefined && ruled.confidence >= 0.95) return ruled;
  if (ruled.whoseWorkspace === true || ruled.corrects === true) return ruled;
  if (ruled.slots.then !== undefined) {
    // Of two commands neither is read where something rules a deletion out: "Correction: none of the two."
    const isDeletion = [ruled.intent, ruled.slots.then.intent].some(isDestructive);
    const isOut = isDeletion && holdsRulingPhrase(tokenise(normalise(text).text));
    return isOut ? { intent: 'none', slots: {}, confidence: unsure, why: 'two commands, and one is ruled out' } : ruled;
  }
  if (ruled.why.startsWith('telemetry')) return ruled;
  if (context !== undefined && isOfContext(ruled, text, today)) return ruled;
  const utterance = tokenise(normalise(text).text);
  const isEmpty = !utterance.tokens.some(({ type }) => type === 'word' || type === 'address');
  if (isEmpty || utterance.tokens.length > mostTokens) return ruled;
  const found = learn(utterance, model, today, names);
  const plain = readWithoutLimits(ruled, found, today);
  // A second command ("… and then delete them") is known to the rules alone.
  if (plain.slots.then !== undefined && isComplete({ ...plain }, utterance, found.spans)) return plain;
  return combined(plain, found, names);
}

/** Prefix of `why` for a reading of the trained model alone. */
const byModelAlone = 'learned';

/** Confidence of a reading that only offers choices. */
const unsure = 0.5;

/** True when only the trained model found this reading; the message may be a remark about something else. */
export function isByModelAlone({ why }: Reading): boolean {
  return why.startsWith(byModelAlone);
}

/** True when the conversation state changes what the rules read: "delete it" alone has no object. */
function isOfContext(ruled: Reading, text: string, today: string | undefined): boolean {
  const alone = readOwnWords(text, undefined, today);
  return alone.intent !== ruled.intent || JSON.stringify(alone.slots) !== JSON.stringify(ruled.slots);
}

function combined(
  ruled: Reading,
  { utterance, spans, readings }: ModelReadings,
  names: NameIndex | undefined,
): Reading {
  const [best] = readings;
  if (best === undefined) return ruled;
  if (areBehindPronoun(ruled.slots.assets?.map(({ name }) => name) ?? [], utterance)) return ruled;
  // "What may I do" asks for rights; "what can you do" asks for help.
  if (ruled.intent === 'account.info' && best.intent === 'help') return ruled;
  const isClaim = ruled.why.startsWith('tries to change the rules');
  if (isClaim && best.confidence < thresholds.claiming) return ruled;
  const outside = probabilityOf(readings, 'none');
  const isBare = ruled.intent === 'export.assets' && ruled.confidence < sureEnough;
  const known = isBare && outside < outsideFor(utterance) && names !== undefined ? ofKnownName(ruled, names) : null;
  if (known !== null && !dropsName(known, utterance, names)) return known;
  const shown = ruled.intent === 'ask' ? questionAboutOne(readings, utterance, spans) : null;
  if (shown !== null) return { ...shown, confidence: Math.max(sureEnough, shown.confidence), why: byModelAlone };
  const agreed = readings.find(({ intent }) => intent === ruled.intent);
  const repeated = readings.some(
    ({ intent, slots, confidence }) =>
      intent === 'schedule.create' && slots.recurrence !== undefined && confidence >= thresholds.repeated,
  );
  // What repeats is never exported once, as if the rhythm had not been said.
  const hasRhythm = recurrenceIn(utterance, spans, null).recurrence !== undefined || hasUnreadRhythm(utterance, spans);
  const isSure = (reading: Offer) =>
    ((repeated || hasRhythm) && reading.intent.startsWith('export.')) || dropsName(reading, utterance, names)
      ? false
      : isDestructive(reading.intent)
        ? isSureDeletion({ reading, readings, ruled, utterance, spans })
        : reading === agreed ||
          (isLikely(reading) &&
            !isRivalled(reading, readings) &&
            !(saysMore(reading, utterance) || (hasRhythm && reading.intent === 'decline')));
  if (agreed !== undefined && isSeconded(agreed, best) && isSure(agreed)) {
    if (isComplete(agreed, utterance, spans)) return agreedReading(ruled, agreed);
    if (isComplete({ ...ruled }, utterance, spans)) return ruled;
  }
  const mayAct =
    best.intent !== 'none' && !(isClaim && isDestructive(best.intent) && best.confidence < thresholds.claimingDeletion);
  if (mayAct && isComplete(best, utterance, spans) && isSure(best))
    return {
      ...best,
      confidence: Math.max(sureEnough, best.confidence),
      why: `${byModelAlone}: ${best.confidence.toFixed(2)}`,
    };
  // A name without a kind may be that of an asset or of a workspace, so the bot asks, unless the message is probably
  // out of scope.
  if (isBare && outside < outsideFor(utterance)) return ruled;
  const rest = settledOffers(offered(ruled, readings, utterance, spans), utterance, names);
  const lost = rest.offers === undefined ? lostWords(best, utterance, spans) : null;
  if (lost !== null) return { ...rest, lost };
  const lacking = ruled.incomplete?.intent;
  const isUnread = rest.offers === undefined && lacking === undefined;
  const own = isUnread && names !== undefined ? offersOfNames(utterance, names) : [];
  const named = own.filter((each) => isComplete(each, utterance, spans));
  if (named.length > 0) return { ...rest, confidence: unsure, offers: named.slice(0, 3) };
  // The question what to delete is better than offers of something else.
  return lacking === undefined || rest.offers?.some(({ intent }) => intent === lacking) ? rest : ruled;
}

/** The export of bare names when they are known for assets only, or for workspaces only; null otherwise. */
function ofKnownName(ruled: Reading, names: NameIndex): Reading | null {
  const said = (ruled.slots.assets ?? []).map(({ name }) => name);
  const named = said.map((name) => names.named(name));
  const confidence = sureEnough;
  const [only] = said;
  if (said.length === 1 && named[0] === ofAsset) return { ...ruled, confidence };
  if (only === undefined || named.some((each) => each !== ofWorkspace)) return null;
  const slots: Slots = said.length === 1 ? { workspace: only } : { workspaces: said };
  return { intent: 'export.workspace', slots, confidence, why: 'the name of a workspace' };
}

/**
 * True when the reading of the rules has enough probability in the trained model, even where the model prefers another.
 */
function isSeconded(agreed: Offer, best: Offer): boolean {
  if (agreed.intent === 'none') return false;
  if (agreed === best) return agreed.confidence >= thresholds.agreed;
  return agreed.confidence >= thresholds.seconded && !copying.has(agreed.intent);
}

/**
 * The reading on which both agree, with the slots of the trained model unless the rules found more than one way to read
 * a name.
 */
function agreedReading(ruled: Reading, { slots, confidence }: Offer): Reading {
  const isMore = ruled.slots.workspaceLonger !== undefined || isSplit(ruled.slots, slots);
  if (isMore || Object.keys(slots).length === 0) return ruled;
  // A name without a kind may be that of something else.
  const isBare = slots.assets?.some(({ kind }) => kind === undefined) === true;
  return { ...ruled, slots, confidence: isBare ? ruled.confidence : Math.max(ruled.confidence, confidence) };
}

/**
 * The probability of being out of scope up to which something is still offered. It is higher for a short text with a
 * name: "export Heron" holds little else.
 */
function outsideFor({ tokens }: Utterance): number {
  const isNamed = tokens.slice(1).some(({ text, type }) => type === 'word' && text !== text.toLowerCase());
  return isNamed && tokens.length <= thresholds.briefTokens ? thresholds.outsideBriefly : thresholds.outside;
}

function probabilityOf(readings: readonly Offer[], intent: IntentName): number {
  return readings.find((one) => one.intent === intent)?.confidence ?? 0;
}

/** True when the rules split "R&D.csv" into two names that the trained model read as one. */
function isSplit(ruled: Slots, { assets = [] }: Slots): boolean {
  const names = new Set(assets.map(({ name }) => name));
  return joinedNames(ruled.assets ?? []).some(({ mention }) => names.has(mention.name));
}

/** True for a yes or no in more words than that takes, of which the model is not certain. */
function saysMore({ intent, confidence }: Offer, { tokens }: Utterance): boolean {
  const isAnswer = intent === 'decline' || intent === 'confirm';
  // "Not aux.txt" is about that file, "7am, not midnight" about a time.
  const isNamed = tokens.some(({ text }) => /\p{L}\.[\p{L}\d]|\d/u.test(text));
  return isAnswer && (isNamed || (tokens.length > 3 && confidence < thresholds.answering));
}

/** True when a reading that is no deletion is likely enough to be acted on. */
function isLikely({ intent, confidence }: Offer): boolean {
  if (copying.has(intent)) return confidence >= thresholds.copying;
  return confidence >= (changing.has(intent) ? thresholds.changing : thresholds.harmless);
}

/** True for a question that is hardly likelier than a command: which of them is meant is asked. */
function isRivalled({ intent, confidence }: Offer, readings: readonly Offer[]): boolean {
  const rival = readings.find((one) => isCommand(one.intent))?.confidence ?? 0;
  return intent === 'ask' && confidence - rival < thresholds.rivalled;
}

/** Intents that are never offered as a choice on a button. */
const notOffered: ReadonlySet<string> = new Set<IntentName>(['none', 'confirm', 'decline', 'greet']);

function offered(ruled: Reading, readings: readonly Offer[], utterance: Utterance, spans: readonly Span[]): Reading {
  const why = ruled.intent === 'none' ? ruled.why : `not sure, and by the rules ${ruled.intent}: ${ruled.why}`;
  const nothing: Reading = { intent: 'none', slots: {}, confidence: ruled.confidence, why };
  const outside = probabilityOf(readings, 'none');
  const { intent, slots } = ruled;
  const isKnown = readings.some(
    (one) => one.intent === intent && (one.confidence >= thresholds.offer || !isCommand(intent)),
  );
  const own: readonly Offer[] = intent === 'none' || isKnown ? [] : [{ intent, slots, confidence: 0 }];
  const likely = [...readings.filter((one) => one.confidence >= thresholds.offer), ...own].filter(
    (one) => !notOffered.has(one.intent) && isComplete(one, utterance, spans),
  );
  const isSelection = ruled.why.startsWith(besideLimits);
  if (likely.length === 0 || (outside >= outsideFor(utterance) && own.length === 0 && !isSelection)) return nothing;
  return { ...nothing, confidence: unsure, offers: likely.slice(0, 3) };
}
