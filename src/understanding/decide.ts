import { joinedNames } from '../domain/joined-names.ts';
import { readBelongingWish } from './belongings.ts';
import type { ConversationContext } from './conversation.ts';
import {
  type IntentName,
  intentNames,
  isCommand,
  isDestructive,
  type Offer,
  type Reading,
  type Slots,
  sureEnough,
} from './intents.ts';
import { candidatesOf, type ReaderModel } from './learned/reader-model.ts';
import type { Span } from './learned/tags.ts';
import { laterKinds } from './lexicon/kind-phrases.ts';
import { normalise } from './normalise.ts';
import { readOwnWords } from './read.ts';
import { slotsOf } from './slots.ts';
import { tokenise, type Utterance } from './utterance.ts';
import { areBehindPronoun, deletionSigns } from './vetoes.ts';
import { isName, isWidened } from './widening.ts';

/** Thresholds on probabilities, chosen on writers left out of training (`npm run bench:understanding`). */
const thresholds = {
  /** From here on a reading that only shows or answers something is acted on. */
  harmless: 0.35,
  /** The same for an export or a copy of somebody's data: its preview is shown. */
  copying: 0.5,
  /** The same for what changes a request, a link or a hold, and for an answer. */
  changing: 0.55,
  /** The same for a deletion that nothing speaks against: its preview is shown. */
  deleting: 0.66,
  /** The same where both readers read the same, each by itself. */
  agreed: 0.15,
  /** The same where the learned reader holds another reading for likelier. */
  seconded: 0.3,
  /** The same for a text in which the grammar sees a claim of authority or an attempt to change the rules. */
  claiming: 0.85,
  /** In a text of at most so many words and marks the grammar's objections to a deletion count. */
  shortTokens: 14,
  /** A reading below this is not offered. */
  offer: 0.1,
  /** From this probability of being out of scope on, nothing is offered. */
  outside: 0.5,
};

const copying: ReadonlySet<string> = new Set<IntentName>([
  'export.workspace',
  'export.assets',
  'dsr.export',
  'directory.export',
]);
const changing: ReadonlySet<string> = new Set<IntentName>([
  'request.cancel',
  'request.retry',
  'dsr.extend',
  'link.revoke',
  'link.renew',
  'hold.place',
  'hold.lift',
  'confirm',
  'decline',
]);
/** Whole sentences that the grammar knows by heart. */
const smallTalk: ReadonlySet<string> = new Set<IntentName>(['help', 'greet', 'confirm', 'decline']);

/** Messages of more words and marks are read by the grammar alone. */
const mostTokens = 350;

/**
 * Reads the own words of one message. The learned reader says how likely each reading is; the grammar, which knows
 * nothing of it, reads by rules. What both read alike stands. Alone, the learned reader is acted on when it is sure
 * enough for what the reading would do, and a deletion only when a word of the message speaks of one and nothing
 * speaks against it. What follows from the conversation is the grammar's. Everything else is offered. Pure.
 */
export function understand(text: string, model: ReaderModel, context?: ConversationContext, today?: string): Reading {
  const ruled = readOwnWords(text, context, today);
  if (smallTalk.has(ruled.intent)) return ruled;
  if (ruled.whoseWorkspace === true || ruled.corrects === true || ruled.slots.then !== undefined) return ruled;
  if (ruled.why.startsWith('telemetry')) return ruled;
  if (context !== undefined && isOfContext(ruled, text, today)) return ruled;
  const utterance = tokenise(normalise(text).text);
  const isEmpty = !utterance.tokens.some(({ type }) => type === 'word' || type === 'address');
  if (isEmpty || utterance.tokens.length > mostTokens) return ruled;
  return settled(ruled, learn(utterance, model, today));
}

/** On writers left out the model is right more often than its probabilities say: about as often as their square root. */
function calibrated(probability: number): number {
  return Math.sqrt(probability);
}

/** How the reason of a reading begins that the rules did not read. */
const learnedAlone = 'learned';

/** The confidence of a reading that is a question with offers. */
const unsure = 0.5;

/** True when the learned reader alone read this: the words may be those of a remark about something else. */
export function isLearnedAlone({ why }: Reading): boolean {
  return why.startsWith(learnedAlone);
}

/** True when the conversation before decided how the grammar reads: "delete it" says too little by itself. */
function isOfContext(ruled: Reading, text: string, today: string | undefined): boolean {
  const alone = readOwnWords(text, undefined, today);
  return alone.intent !== ruled.intent || JSON.stringify(alone.slots) !== JSON.stringify(ruled.slots);
}

interface Learned {
  readonly utterance: Utterance;
  readonly spans: readonly Span[];
  /** Every reading, likeliest first. */
  readonly readings: readonly Offer[];
}

function learn(utterance: Utterance, model: ReaderModel, today: string | undefined): Learned {
  const probabilities = new Map<string, number>();
  const best = new Map<string, { readonly slots: Slots; readonly spans: readonly Span[] }>();
  for (const { readingClass, probability, spans } of candidatesOf(model, utterance, 6)) {
    const [intent = ''] = readingClass.split('/');
    probabilities.set(intent, (probabilities.get(intent) ?? 0) + probability);
    if (!best.has(intent)) best.set(intent, { slots: slotsOf(utterance, spans, readingClass, today ?? null), spans });
  }
  const readings = intentNames
    .flatMap((intent): Offer[] => {
      const found = best.get(intent);
      const probability = probabilities.get(intent) ?? 0;
      return found === undefined ? [] : [{ intent, slots: found.slots, confidence: probability }];
    })
    .sort((a, b) => b.confidence - a.confidence);
  return { utterance, spans: best.get(readings[0]?.intent ?? '')?.spans ?? [], readings };
}

function settled(ruled: Reading, { utterance, spans, readings }: Learned): Reading {
  const [best] = readings;
  if (best === undefined) return ruled;
  if (areBehindPronoun(ruled.slots.assets?.map(({ name }) => name) ?? [], utterance)) return ruled;
  // "What may I do" asks for rights; "what can you do" for help.
  if (ruled.intent === 'account.info' && best.intent === 'help') return ruled;
  const isClaim = ruled.why.startsWith('tries to change the rules');
  if (isClaim && best.confidence < thresholds.claiming) return ruled;
  const agreed = readings.find(({ intent }) => intent === ruled.intent);
  if (agreed !== undefined && agreed.intent !== 'none' && isAgreed(agreed, best, utterance, spans)) {
    if (isWhole(agreed, utterance, spans)) return together(ruled, agreed);
    if (isWhole({ ...ruled }, utterance, spans)) return ruled;
  }
  const mayAct = best.intent !== 'none' && !(isClaim && isDestructive(best.intent));
  if (mayAct && isWhole(best, utterance, spans) && isSure(best, ruled, utterance, spans))
    return { ...best, confidence: calibrated(best.confidence), why: `${learnedAlone}: ${best.confidence.toFixed(2)}` };
  // A bare name may be that of an asset or of a workspace: that is asked, whatever else it may be.
  if (ruled.intent === 'export.assets' && ruled.confidence < sureEnough) return ruled;
  const rest = offered(ruled, readings, utterance, spans);
  const lacking = ruled.incomplete?.intent;
  // The bot's own question, what to delete, is better than offers of something else.
  return lacking === undefined || rest.offers?.some(({ intent }) => intent === lacking) ? rest : ruled;
}

/** The rules saw a command and what is against it, or a question. They account for every word, which is worth much in few. */
function objects({ intent, why }: Reading): boolean {
  return intent === 'ask' || (why.startsWith('a command, but') && !/more words|somebody else/.test(why));
}

/** Both readers read this, each by itself; for a deletion nothing may speak against it either, unless it is plain. */
function isAgreed(agreed: Offer, best: Offer, utterance: Utterance, spans: readonly Span[]): boolean {
  if (agreed.confidence < (agreed === best ? thresholds.agreed : thresholds.seconded)) return false;
  return !isDestructive(agreed.intent) || agreed.confidence >= 0.85 || deletionSigns(utterance, spans).veto === null;
}

/** What both readers read: the learned one's slots, unless the grammar saw more ways to read a name. */
function together(ruled: Reading, { slots }: Offer): Reading {
  const isMore = ruled.slots.workspaceLonger !== undefined || isSplit(ruled.slots, slots);
  return isMore || Object.keys(slots).length === 0 ? ruled : { ...ruled, slots };
}

/** The grammar took "R&D.csv" for two names that may be one, where the learned reader sees the one alone. */
function isSplit(ruled: Slots, { assets = [] }: Slots): boolean {
  const names = new Set(assets.map(({ name }) => name));
  return joinedNames(ruled.assets ?? []).some(({ mention }) => names.has(mention.name));
}

/** "Erase all personal data" says nothing of the speaker. */
function isOfSpeaker({ tokens }: Utterance): boolean {
  return tokens.some(({ lower }) => speakers.has(lower));
}

const speakers = new Set("i me my mine myself i'm im i'd i've our us we moi self".split(' '));
const ofPersons = new Set(
  `
  data gdpr art article dsr erase erasure erasing erased forget forgotten privacy personal subject record
  records info information details particulars trace traces dsgvo`
    .trim()
    .split(/\s+/),
);

/** What the words say of a person's data, or of a workspace as a whole. Less than that is a wish for something smaller. */
function fits(intent: IntentName, { tokens, kinds }: Utterance): boolean {
  const has = (words: ReadonlySet<string>) => tokens.some(({ lower }) => words.has(lower));
  if (intent === 'dsr.erase') return has(ofPersons);
  if (intent !== 'delete.workspace') return true;
  const isOfSomebody = tokens.some(({ lower }, index) => lower === 'workspace' && tokens[index + 1]?.lower === 'of');
  const areSeveral = kinds.some(({ kind, plural }) => kind === 'workspace' && plural);
  return !isOfSomebody && !areSeveral && (!has(new Set(['from'])) || has(wholly));
}

const wholly = new Set('everything all whole entire entirely contents completely itself too'.split(' '));

function isSure({ intent, confidence }: Offer, ruled: Reading, utterance: Utterance, spans: readonly Span[]): boolean {
  if (isDestructive(intent)) {
    const { said, exported, veto } = deletionSigns(utterance, spans);
    if ((utterance.tokens.length <= thresholds.shortTokens && objects(ruled)) || !fits(intent, utterance)) return false;
    return said && !exported && veto === null && confidence >= thresholds.deleting;
  }
  if (copying.has(intent)) return confidence >= thresholds.copying;
  return confidence >= (changing.has(intent) ? thresholds.changing : thresholds.harmless);
}

/** What answers to small talk are for is nothing to offer on a button. */
const notOffered: ReadonlySet<string> = new Set<IntentName>(['none', 'confirm', 'decline', 'greet']);

function offered(ruled: Reading, readings: readonly Offer[], utterance: Utterance, spans: readonly Span[]): Reading {
  const why = ruled.intent === 'none' ? ruled.why : `not sure, and by the rules ${ruled.intent}: ${ruled.why}`;
  const nothing: Reading = { intent: 'none', slots: {}, confidence: ruled.confidence, why };
  const outside = readings.find(({ intent }) => intent === 'none')?.confidence ?? 0;
  const { intent, slots } = ruled;
  const isKnown = readings.some(
    (one) => one.intent === intent && (one.confidence >= thresholds.offer || !isCommand(intent)),
  );
  const own: readonly Offer[] = intent === 'none' || isKnown ? [] : [{ intent, slots, confidence: 0 }];
  const likely = [...readings.filter((one) => one.confidence >= thresholds.offer), ...own].filter(
    (one) => !notOffered.has(one.intent) && isWhole(one, utterance, spans),
  );
  if (likely.length === 0 || (outside >= thresholds.outside && own.length === 0)) return nothing;
  const offers = likely.slice(0, 3).map((one) => ({ ...one, confidence: calibrated(one.confidence) }));
  return { ...nothing, confidence: unsure, offers };
}

/**
 * A reading of a text as Studio (classic) can act on it: what names a kind that only today's service has says so and does
 * nothing, and what speaks of members, gateways or plans is left to its own answer.
 */
export function inStudio(reading: Reading, text: string): Reading {
  if (isBelonging(reading, text)) {
    return { intent: 'none', slots: {}, confidence: reading.confidence, why: 'about what is no asset' };
  }
  const { intent, slots, offers = [], confidence, why } = reading;
  const laterKind = laterKindOf(slots);
  if (laterKind !== undefined && intent !== 'none') return { intent: 'none', slots: {}, confidence, why, laterKind };
  const possible = offers.filter((offer) => laterKindOf(offer.slots) === undefined);
  if (possible.length === offers.length) return reading;
  const meant = offers[0] === undefined ? undefined : laterKindOf(offers[0].slots);
  const { offers: _, ...rest } = reading;
  if (possible.length > 0) return { ...rest, offers: possible };
  return meant === undefined ? rest : { ...rest, laterKind: meant };
}

/** The rules read no command, the text speaks of members or the like, and no asset of Studio is named. */
function isBelonging(reading: Reading, text: string): boolean {
  const {
    intent,
    slots: { assets = [] },
    incomplete,
  } = reading;
  if ((intent !== 'none' && !isLearnedAlone(reading)) || incomplete !== undefined) return false;
  return assets.every(({ kind }) => kind === undefined || laterKinds.has(kind)) && readBelongingWish(text) !== null;
}

/** The first kind in these slots that only today's Azure Machine Learning has. */
function laterKindOf({ kind, assets, except }: Slots): string | undefined {
  const kinds: (string | undefined)[] = [
    kind,
    ...[...(assets ?? []), ...(except ?? [])].map((mention) => mention.kind),
  ];
  return kinds.find((said) => said !== undefined && laterKinds.has(said));
}

/** True when a reading has the object that it cannot do without, and a deletion of many leaves out nothing that limits it. */
function isWhole({ intent, slots }: Offer, utterance: Utterance, spans: readonly Span[]): boolean {
  const { assets, all, workspace, subject, kind, filter, dates, except } = slots;
  switch (intent) {
    case 'export.assets':
    case 'delete.assets':
      if (assets !== undefined) return assets.every(({ name }) => isName(name, utterance));
      if (all !== true || [workspace, kind, filter, dates, except].every((slot) => slot === undefined)) return false;
      return intent === 'export.assets' || !isWidened(slots, utterance, spans);
    case 'export.workspace':
    case 'delete.workspace':
    case 'list.assets':
      return workspace === undefined || isName(workspace, utterance);
    case 'dsr.export':
    case 'dsr.erase':
    case 'dsr.discover':
    case 'directory.export':
      return subject !== undefined && (subject === 'me' ? isOfSpeaker(utterance) : isName(subject, utterance));
    default:
      return true;
  }
}
