import type { ConversationContext } from './conversation.ts';
import type { Reading, Slots } from './intents.ts';

const pointing = /\b(?:in there|of (?:these|those|them)|(?:these|those) (?:ones|things)|from there|in it)\b/iu;

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
  if (listed === undefined || offers === undefined || (turns[0]?.at ?? 0) > listed.at || ofAll.test(text))
    return reading;
  const narrowed = offers.map((offer) => {
    const isBare = Object.keys(offer.slots).every((slot) => slot === 'all' || slot === 'kind');
    const isSelection =
      (offer.intent === 'delete.assets' || offer.intent === 'export.assets') && offer.slots.all === true;
    return isSelection && isBare ? { ...offer, slots: { ...listed.referent, ...offer.slots } as Slots } : offer;
  });
  return { ...reading, offers: narrowed };
}

const ofAll = /\b(?:all|every|everything|any)\b/iu;
