import { joinedNames } from '../domain/joined-names.ts';
import { isSureDeletion } from './certainty.ts';
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
import { type NameIndex, ofAsset, ofWorkspace } from './learned/name-index.ts';
import { candidatesOf, type ReaderModel } from './learned/reader-model.ts';
import type { Span } from './learned/tags.ts';
import { laterKinds } from './lexicon/kind-phrases.ts';
import { offersOfNames } from './named-offers.ts';
import { normalise } from './normalise.ts';
import { readOwnWords } from './read.ts';
import { slotsOf } from './slots.ts';
import { isThanks } from './thanks.ts';
import { tokenise, type Utterance } from './utterance.ts';
import { areBehindPronoun } from './vetoes.ts';
import { isName, isWidened } from './widening.ts';
import { readWorkspaceResourceWish } from './workspace-resource-phrases.ts';

/** Thresholds on probabilities, chosen on writers left out of training (`npm run bench:understanding`). */
const thresholds = {
  /** From here on a reading that only shows or answers something is acted on. */
  harmless: 0.5,
  /** The same for an export or a copy of somebody's data: its preview is shown. */
  copying: 0.6,
  /** The same for what changes a request, a link or a hold, and for an answer. */
  changing: 0.55,
  /** The same where both readers read the same, each by itself. */
  agreed: 0.15,
  /** The same where the learned reader holds another reading for likelier. */
  seconded: 0.3,
  /** The same for a text in which the grammar sees a claim of authority or an attempt to change the rules. */
  claiming: 0.85,
  claimingDeletion: 0.97,
  /** A reading below this is not offered. */
  offer: 0.03,
  /** From this probability of being out of scope on, nothing is offered. */
  outside: 0.75,
  /** The same for a text of few words with a name among them. */
  outsideBriefly: 0.98,
  briefTokens: 4,
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

/** What is known when a message is read. */
export interface ReadingContext {
  /** What was said before in this conversation. */
  readonly context?: ConversationContext | undefined;
  /** The day that "last year" counts from, ISO 8601; without it such words are not read. */
  readonly today?: string | undefined;
  /** The names of what the person may list: they decide where a name ends and what it names. */
  readonly names?: NameIndex | undefined;
}

/**
 * Reads the own words of one message. The learned reader says how likely each reading is; the grammar, which knows
 * nothing of it, reads by rules. What both read alike stands. Alone, the learned reader is acted on when it is sure
 * enough for what the reading would do. A deletion, by whomever it is read, is acted on only when nothing firm speaks
 * against it and everything together is certain enough (`certainty.ts`). What follows from the conversation is the
 * grammar's. Everything else is offered. Pure.
 */
export function understand(text: string, model: ReaderModel, { context, today, names }: ReadingContext = {}): Reading {
  const ruled = readOwnWords(text, context, today);
  if (smallTalk.has(ruled.intent) || isThanks(text)) return ruled;
  if (ruled.whoseWorkspace === true || ruled.corrects === true || ruled.slots.then !== undefined) return ruled;
  if (ruled.why.startsWith('telemetry')) return ruled;
  if (context !== undefined && isOfContext(ruled, text, today)) return ruled;
  const utterance = tokenise(normalise(text).text);
  const isEmpty = !utterance.tokens.some(({ type }) => type === 'word' || type === 'address');
  if (isEmpty || utterance.tokens.length > mostTokens) return ruled;
  return settled(ruled, learn(utterance, model, today, names), names);
}

/** How the reason of a reading begins that the rules did not read. */
const byModelAlone = 'learned';

/** The confidence of a reading that is a question with offers. */
const unsure = 0.5;

/** True when the learned reader alone read this: the words may be those of a remark about something else. */
export function isByModelAlone({ why }: Reading): boolean {
  return why.startsWith(byModelAlone);
}

/** True when the conversation before decided how the grammar reads: "delete it" says too little by itself. */
function isOfContext(ruled: Reading, text: string, today: string | undefined): boolean {
  const alone = readOwnWords(text, undefined, today);
  return alone.intent !== ruled.intent || JSON.stringify(alone.slots) !== JSON.stringify(ruled.slots);
}

export interface Learned {
  readonly utterance: Utterance;
  readonly spans: readonly Span[];
  /** Every reading, likeliest first. */
  readonly readings: readonly Offer[];
}

/** What the learned reader makes of a message by itself, before anything is weighed. */
export function learn(utterance: Utterance, model: ReaderModel, today?: string, names?: NameIndex): Learned {
  const probabilities = new Map<string, number>();
  const best = new Map<string, { readonly slots: Slots; readonly spans: readonly Span[] }>();
  for (const { readingClass, probability, spans } of candidatesOf(model, utterance, 6, names?.in(utterance))) {
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

function settled(ruled: Reading, { utterance, spans, readings }: Learned, names: NameIndex | undefined): Reading {
  const [best] = readings;
  if (best === undefined) return ruled;
  if (areBehindPronoun(ruled.slots.assets?.map(({ name }) => name) ?? [], utterance)) return ruled;
  // "What may I do" asks for rights; "what can you do" for help.
  if (ruled.intent === 'account.info' && best.intent === 'help') return ruled;
  const isClaim = ruled.why.startsWith('tries to change the rules');
  if (isClaim && best.confidence < thresholds.claiming) return ruled;
  const outside = probabilityOf(readings, 'none');
  const isBare = ruled.intent === 'export.assets' && ruled.confidence < sureEnough;
  const known = isBare && outside < outsideFor(utterance) && names !== undefined ? ofKnownName(ruled, names) : null;
  if (known !== null) return known;
  const agreed = readings.find(({ intent }) => intent === ruled.intent);
  const isSure = (reading: Offer) =>
    isDestructive(reading.intent)
      ? isSureDeletion({ reading, readings, ruled, utterance, spans })
      : reading === agreed || isLikely(reading);
  if (agreed !== undefined && isSeconded(agreed, best) && isSure(agreed)) {
    if (isWhole(agreed, utterance, spans)) return together(ruled, agreed);
    if (isWhole({ ...ruled }, utterance, spans)) return ruled;
  }
  const mayAct =
    best.intent !== 'none' && !(isClaim && isDestructive(best.intent) && best.confidence < thresholds.claimingDeletion);
  if (mayAct && isWhole(best, utterance, spans) && isSure(best))
    return {
      ...best,
      confidence: Math.max(sureEnough, best.confidence),
      why: `${byModelAlone}: ${best.confidence.toFixed(2)}`,
    };
  // A bare name may be that of an asset or of a workspace: that is asked, unless nothing of that kind is likely.
  if (isBare && outside < outsideFor(utterance)) return ruled;
  const rest = offered(ruled, readings, utterance, spans);
  const lacking = ruled.incomplete?.intent;
  const isUnread = rest.offers === undefined && lacking === undefined;
  const named = isUnread && names !== undefined ? offersOfNames(utterance, names) : [];
  if (named.length > 0) return { ...rest, confidence: unsure, offers: named.slice(0, 3) };
  // The bot's own question, what to delete, is better than offers of something else.
  return lacking === undefined || rest.offers?.some(({ intent }) => intent === lacking) ? rest : ruled;
}

/** The export of a bare name that is known to be that of one thing; null when it is not. */
function ofKnownName(ruled: Reading, names: NameIndex): Reading | null {
  const [only, ...others] = ruled.slots.assets ?? [];
  const named = only === undefined || others.length > 0 ? 0 : names.named(only.name);
  const confidence = sureEnough;
  if (named === ofAsset) return { ...ruled, confidence };
  if (named !== ofWorkspace || only === undefined) return null;
  return { intent: 'export.workspace', slots: { workspace: only.name }, confidence, why: 'the name of a workspace' };
}

/** Both readers read this, each by itself, and the learned one not much against its own inclination. */
function isSeconded(agreed: Offer, best: Offer): boolean {
  if (agreed.intent === 'none') return false;
  if (agreed === best) return agreed.confidence >= thresholds.agreed;
  return agreed.confidence >= thresholds.seconded && !copying.has(agreed.intent);
}

/** What both readers read: the learned one's slots, unless the grammar saw more ways to read a name. */
function together(ruled: Reading, { slots, confidence }: Offer): Reading {
  const isMore = ruled.slots.workspaceLonger !== undefined || isSplit(ruled.slots, slots);
  if (isMore || Object.keys(slots).length === 0) return ruled;
  // A name without its kind may be that of something else.
  const isBare = slots.assets?.some(({ kind }) => kind === undefined) === true;
  return { ...ruled, slots, confidence: isBare ? ruled.confidence : Math.max(ruled.confidence, confidence) };
}

/** How likely to be out of scope a text may be that something is offered for: "export Heron" says little beside the name. */
function outsideFor({ tokens }: Utterance): number {
  const isNamed = tokens.slice(1).some(({ text, type }) => type === 'word' && text !== text.toLowerCase());
  return isNamed && tokens.length <= thresholds.briefTokens ? thresholds.outsideBriefly : thresholds.outside;
}

function probabilityOf(readings: readonly Offer[], intent: IntentName): number {
  return readings.find((one) => one.intent === intent)?.confidence ?? 0;
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

/** Likely enough to be acted on, for what is no deletion. */
function isLikely({ intent, confidence }: Offer): boolean {
  if (copying.has(intent)) return confidence >= thresholds.copying;
  return confidence >= (changing.has(intent) ? thresholds.changing : thresholds.harmless);
}

/** What answers to small talk are for is nothing to offer on a button. */
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
    (one) => !notOffered.has(one.intent) && isWhole(one, utterance, spans),
  );
  if (likely.length === 0 || (outside >= outsideFor(utterance) && own.length === 0)) return nothing;
  return { ...nothing, confidence: unsure, offers: likely.slice(0, 3) };
}

/**
 * A reading of a text as Studio (classic) can act on it: what names a kind that only today's service has says so and does
 * nothing, and what speaks of members, gateways or plans is left to its own answer.
 */
export function inStudio(reading: Reading, text: string): Reading {
  if (isWorkspaceResource(reading, text)) {
    return { intent: 'none', slots: {}, confidence: reading.confidence, why: 'about what is no asset' };
  }
  const { intent, slots, offers = [], confidence, why } = reading;
  const laterKind = laterKindOf(slots);
  if (laterKind !== undefined && intent !== 'none') return { intent: 'none', slots: {}, confidence, why, laterKind };
  const possible = offers.filter((offer) => laterKindOf(offer.slots) === undefined);
  if (possible.length === offers.length) return reading;
  const expectedKind = offers[0] === undefined ? undefined : laterKindOf(offers[0].slots);
  const { offers: _, ...rest } = reading;
  if (possible.length > 0) return { ...rest, offers: possible };
  return expectedKind === undefined ? rest : { ...rest, laterKind: expectedKind };
}

/** The rules read no command, the text speaks of members or the like, and no asset of Studio is named. */
function isWorkspaceResource(reading: Reading, text: string): boolean {
  const {
    intent,
    slots: { assets = [] },
    incomplete,
  } = reading;
  if ((intent !== 'none' && !isByModelAlone(reading)) || incomplete !== undefined) return false;
  return (
    assets.every(({ kind }) => kind === undefined || laterKinds.has(kind)) && readWorkspaceResourceWish(text) !== null
  );
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
