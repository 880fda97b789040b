import { bothExcepted } from '../domain/asset-mentions.ts';
import type { ConversationContext } from './conversation.ts';
import type { Reading, Slots } from './intents.ts';

const showing =
  '(?:just |have just |have |had )?(?:showed|shown|show|listed|list|gave|given|found|displayed|named|counted)';
const wasShown = new RegExp(
  `\\b(?:(?:everything|all|what|whatever)(?: of)?(?: the)?|(?:all )?(?:the|those|these)(?: ones| things| stuff| assets)?)(?: that| which)? you(?:['’]ve)? ${showing}` +
    '(?: to)?(?: me| us)?(?: just now| there| above| before| here| right now)?(?=[ .!?]{0,3}$|[,;] | please\\b| and\\b| as\\b)',
  'iu',
);
const onScreen =
  /\b(?:what (?:i['’]?m|i am|we['’]?re) looking at|everything (?:on|in) (?:that|this|the|your) list|(?:that|this|the) (?:whole|entire) list)(?=[ .!?]{0,3}$|[,;] )/iu;

/** "What you just showed me", "everything on that list": these. Pure; linear in the text. */
export function inPointingWords(text: string): string {
  return text.length > 300 || /["“”]/u.test(text) ? text : text.replace(wasShown, 'these').replace(onScreen, 'these');
}

const pointing =
  /\b(?:in there|of (?:these|those|them)|(?:these|those) (?:ones|things)|from there|in it)\b|(?<!\b(?:is|are|was|were|over) )\bthere(?: then| now| please| pls)?\W{0,3}$/iu;

/** "What is from before 2019 in there": of the place that was listed before, and not of all places. */
export function ofThePlaceBefore(reading: Reading, text: string, context: ConversationContext | undefined): Reading {
  const { listed, turns = [] } = context ?? {};
  const { workspace, workspaces } = listed?.referent ?? {};
  if (listed === undefined || (turns[0]?.at ?? 0) > listed.at || !pointing.test(text)) return reading;
  const place = {
    ...(workspace === undefined ? {} : { workspace }),
    ...(workspaces === undefined ? {} : { workspaces }),
  };
  const isAnywhere = ({ intent, slots }: Pick<Reading, 'intent' | 'slots'>) =>
    intent === 'list.assets' && slots.workspace === undefined && slots.workspaces === undefined;
  const within = <Wish extends Pick<Reading, 'intent' | 'slots'>>(wish: Wish): Wish =>
    isAnywhere(wish) ? { ...wish, slots: { ...wish.slots, ...place } as Slots } : wish;
  const { offers } = reading;
  return { ...within(reading), ...(offers === undefined ? {} : { offers: offers.map(within) }) };
}

const ordering = /\b(?:'?em|them|those|these|sort(?:ed)?|order(?:ed)?)\b/iu;

/** "Ok biggest ones first pls". */
const orderedBriefly =
  /^\W{0,3}(?:(?:ok|and|now|then|no|hm+)[ ,]{1,2}){0,3}(?:the )?\p{L}{3,9}est (?:ones?|first|1st)\b.{0,20}$/iu;

/** "Sort them by size": the list before in another order, and not everything. */
export function inOrder(reading: Reading, text: string, context?: ConversationContext): Reading {
  const { intent, slots, ...rest } = reading;
  const { listed, turns = [] } = context ?? {};
  const isOrder = intent === 'list.assets' && slots.pick !== undefined && Object.keys(slots).length === 1;
  if (
    !isOrder ||
    listed === undefined ||
    (turns[0]?.at ?? 0) > listed.at ||
    !(ordering.test(text) || orderedBriefly.test(text))
  )
    return reading;
  return { ...rest, intent, slots: { ...listed.referent, ...slots }, why: 'the list before in another order' };
}

/**
 * "Delete the datasets" behind a list of what is not mine: what is offered is of that list, and never more. What the
 * message says itself comes first.
 */
export function ofTheListBefore(reading: Reading, text: string, context: ConversationContext | undefined): Reading {
  const { listed, turns = [] } = context ?? {};
  const { offers } = reading;
  if (listed === undefined || (turns[0]?.at ?? 0) > listed.at) return reading;
  if (pointingAtSeveral.test(text)) return ofThose(reading, listed.referent);
  if (offers === undefined || ofAll.test(text)) return reading;
  const narrowed = offers.map((offer) => {
    const isBare = Object.keys(offer.slots).every((slot) => slot === 'all' || slot === 'kind');
    const isSelection =
      (offer.intent === 'delete.assets' || offer.intent === 'export.assets') && offer.slots.all === true;
    return isSelection && isBare ? { ...offer, slots: { ...listed.referent, ...offer.slots } as Slots } : offer;
  });
  return { ...reading, offers: narrowed };
}

const pointingAtSeveral = /\b(?:those|these|them)\b/iu;

/**
 * "Delete those datasets but not CON": a selection without a place of its own is one of what was listed. Of a number of
 * the biggest nothing can be left out, since another one would take its place.
 */
function ofThose(reading: Reading, listed: Slots): Reading {
  const within = <Wish extends Pick<Reading, 'intent' | 'slots'>>(wish: Wish): Wish | null => {
    const { intent, slots } = wish;
    const isSelection = (intent === 'delete.assets' || intent === 'export.assets') && slots.all === true;
    if (!isSelection || slots.workspace !== undefined || slots.workspaces !== undefined) return wish;
    const both = { ...listed, ...slots, ...bothExcepted(listed.exceptOwner, slots.exceptOwner) } as Slots;
    const isWider = Object.keys(listed).some((slot) => isReplaced(listed, slots, slot as keyof Slots));
    const isRefilled =
      listed.pick !== undefined && listed.pick.rest !== true && Object.keys(both).some(isFurther(listed));
    return isWider || isRefilled ? null : { ...wish, slots: both };
  };
  const { offers, ...rest } = reading;
  if (offers !== undefined) {
    const left = offers.flatMap((offer) => within(offer) ?? []);
    return left.length === 0 ? rest : { ...rest, offers: left };
  }
  return within(reading) ?? { intent: 'none', slots: {}, confidence: 0.5, why: 'not a part of the list before' };
}

/** True for a limit of the list in whose place the message says another one, which may be wider. */
function isReplaced(listed: Slots, slots: Slots, slot: keyof Slots): boolean {
  const isOther = slots[slot] !== undefined && JSON.stringify(slots[slot]) !== JSON.stringify(listed[slot]);
  return isOther && slot !== 'exceptOwner';
}

const isFurther = (listed: Slots) => (slot: string) => slot !== 'all' && listed[slot as keyof Slots] === undefined;

const ofAll = /\b(?:all|every|everything|any)\b/iu;
