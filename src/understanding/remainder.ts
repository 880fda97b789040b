import type { AssetMention, PickOrder } from '../domain/asset-mentions.ts';
import { foldName } from '../domain/name-folding.ts';
import type { ConversationContext } from './conversation.ts';
import type { Offer, Reading, Slots } from './intents.ts';
import type { NameIndex } from './learned/name-index.ts';
import { type NamedPlace, namedPlaces } from './named-places.ts';
import { normalise } from './normalise.ts';
import { type Item, type Phrase, phraseOf } from './remainder-phrases.ts';
import { type Group, groupOf } from './shown-groups.ts';
import { tokenise, type Utterance } from './utterance.ts';

/** Longer messages are sentences of their own. */
const mostTokens = 24;
const mostCharacters = 300;

/** The most buttons of one question. */
const mostOffered = 3;

/**
 * What remains of the things that were listed or previewed last, after those that are named or were spoken of since:
 * "the other one", "the other two", "all of these except the second", "those but not the import", "without the last".
 * Every word of the message must be explained. Where it is not certain which ones remain, each possibility is offered;
 * where the possibilities are not known, the words are named and nothing is done. Null when the message is none of
 * these. Pure; linear in the number of tokens.
 */
export function remainderIn(
  text: string,
  context: ConversationContext | undefined,
  names: NameIndex | undefined,
): Reading | null {
  if (context === undefined || text.length > mostCharacters) return null;
  const utterance = tokenise(normalise(text).text);
  if (utterance.tokens.length > mostTokens) return null;
  if (context.turns[0]?.repeats === true) return null;
  const group = groupOf(context);
  const places = namedPlaces(utterance, names, group?.members ?? []);
  const phrase = phraseOf(utterance, places);
  if (phrase === null || (group !== null && !areOfKind(group, utterance, places))) return null;
  const { act } = phrase;
  const isOfCommand = group?.intent !== undefined;
  // Without a verb it is about a command that waits, and never about a list.
  if (group === null) return act === 'delete' || act === 'export' ? unknown(phrase) : null;
  if (act === null && !isOfCommand) return null;
  // "Drop the others" may mean the export that waits, or the things.
  const isOtherVerb =
    isOfCommand &&
    (act === 'delete' || act === 'export') &&
    group.intent !== `${act}.assets` &&
    (group.members === null || takesOff.test(text));
  if (isOtherVerb)
    return { intent: 'none', slots: {}, confidence: 0.5, why: 'another verb than the command', lost: phrase.said };
  const intent = act === 'look' ? 'asset.show' : act === null ? group.intent : (`${act}.assets` as const);
  if (intent === undefined) return null;
  const corrects = isOfCommand && intent === group.intent;
  const found =
    group.members === null ? withoutNamed(group.referent, phrase, group) : remaining(group, group.members, phrase);
  return found === null ? null : readingOf(found, { intent, group, phrase, corrects });
}

/** Verbs that may be said of a list as well as of the things in it. */
const takesOff = /\b(?:drop|remove|lose|ditch|scrap|skip|take|cut|bin)\b/iu;

/** What remains: certain slots, several possibilities, or words that say something which cannot be decided. */
type Found =
  | { readonly slots: Slots }
  | { readonly possible: readonly (readonly AssetMention[])[] }
  | { readonly lost: string };

interface Given {
  readonly intent: Offer['intent'];
  readonly group: Group;
  readonly phrase: Phrase;
  readonly corrects: boolean;
}

function readingOf(found: Found, { intent, group, phrase, corrects }: Given): Reading | null {
  const why = 'what remains of what was shown';
  if ('lost' in found) return { intent: 'none', slots: {}, confidence: 0.5, why, lost: found.lost };
  if ('slots' in found) {
    const isOne = found.slots.assets?.length === 1;
    if (intent === 'asset.show' && !isOne) return null;
    return { intent, slots: found.slots, confidence: 0.8, why, ...(corrects ? { corrects: true } : {}) };
  }
  if (intent === 'asset.show') return null;
  const offers = found.possible.map((assets) => ({ intent, slots: ofGroup(group, assets), confidence: 0.5 }));
  return offers.length === 0 || offers.length > mostOffered
    ? { intent: 'none', slots: {}, confidence: 0.5, why, lost: phrase.said }
    : { intent: 'none', slots: {}, confidence: 0.5, why, offers };
}

/** "Delete the other one" where nothing is known of which it is the other. */
function unknown({ said, isOther }: Phrase): Reading | null {
  if (!isOther) return null;
  return { intent: 'none', slots: {}, confidence: 0.5, why: 'the other one of nothing', lost: said };
}

/** Of a selection whose things are not known here, what is named stays out; a number of the biggest would be refilled. */
function withoutNamed(referent: Slots, phrase: Phrase, { spoken }: Group): Found | null {
  const { isOther, count, items, form } = phrase;
  if (form === 'only' || isBrief(phrase)) {
    // What is named of a selection is looked for among what its preview lists.
    return items.some(({ type }) => type === 'place' || type === 'compared') ? { lost: phrase.said } : null;
  }
  const isNamed = items.every((item) => item.type === 'name');
  const named = items.flatMap((item) => (item.type === 'name' ? [{ name: item.name }] : []));
  const left = isOther && items.length === 0 ? spoken : named;
  const isCertain = isNamed && left.length > 0 && (!isOther || count === null);
  const { except = [], pick } = referent;
  if (!isCertain || (pick !== undefined && pick.rest !== true)) return { lost: phrase.said };
  const isNew = ({ name }: AssetMention) => !except.some((each) => foldName(each.name) === foldName(name));
  return { slots: { ...referent, all: true, except: [...except, ...left.filter(isNew)] } };
}

/** Of things that are known by name: those that are neither named nor, for "the other one", spoken of since. */
function remaining(group: Group, members: readonly AssetMention[], phrase: Phrase): Found | null {
  const { isOther, count, items, form, said } = phrase;
  const placed = items.map((item) => placesIn(group, members, item));
  // What is not among them, or may be several of them, is not guessed.
  if (placed.some((each) => each.length === 0)) return isBrief(phrase) ? null : { lost: said };
  const isLastOfMore = !group.isWhole && items.some((item) => item.type === 'place' && item.from < 0);
  if (isLastOfMore) return { lost: said };
  const isUnordered = !group.isOrdered && items.some(({ type }) => type === 'place');
  // Of a longer list, a hint may mean what is not shown.
  const isVague = items.some(({ type }, at) => type === 'hint' && ((placed[at]?.length ?? 0) > 1 || !group.isWhole));
  if (isVague) return { lost: said };
  const out = new Set(placed.flat());
  const spoken = group.spoken.flatMap(({ name }) =>
    members.findIndex((each) => foldName(each.name) === foldName(name)),
  );
  if (isOther && items.length === 0) for (const at of spoken) if (at >= 0) out.add(at);
  const all = members.map((_, at) => at);
  if (isUnordered) return { possible: isOther ? [] : unordered(members, items.length, form === 'only', phrase) };
  const kept = all.filter((at) => out.has(at) === (form === 'only'));
  if (isOther) {
    const isSpoken = out.size > 0 && group.isWhole && !spoken.includes(-1);
    if (!isSpoken || (count !== null && kept.length !== count))
      return { possible: count === 1 ? kept.map((at) => some(members, [at])) : [] };
  }
  if (!group.isWhole && form !== 'only')
    return withoutNamed(group.referent, namedIn(phrase, some(members, [...out])), group);
  if (kept.length === 0 || kept.length === members.length) return { lost: said };
  // What is meant by a word of its name alone is asked about.
  if (form === 'only' && items.some(({ type }) => type === 'hint')) return { possible: [some(members, kept)] };
  return { slots: ofGroup(group, some(members, kept)) };
}

/** "Not the point", "just the usual": words that name nothing say nothing of the things. */
function isBrief({ act, isOther, items }: Phrase): boolean {
  return act === null && !isOther && items.every(({ type }) => type === 'hint');
}

/** The exceptions of a phrase by their names. */
function namedIn(phrase: Phrase, left: readonly AssetMention[]): Phrase {
  return { ...phrase, items: left.map(({ name }) => ({ type: 'name', name })) };
}

/** False where the message speaks of another kind than what was shown, as in "those experiments" of datasets. */
function areOfKind({ members, referent }: Group, { kinds }: Utterance, places: readonly NamedPlace[]): boolean {
  const own = new Set([referent.kind, ...(members ?? []).map(({ kind }) => kind)]);
  return kinds.every(
    ({ kind, start }) =>
      kind === 'asset' || own.has(kind as never) || places.some((place) => start >= place.start && start < place.end),
  );
}

/** Which of the members an item may be. */
function placesIn(group: Group, members: readonly AssetMention[], item: Item): number[] {
  switch (item.type) {
    case 'name':
      return members.flatMap(({ name }, at) => (foldName(name) === foldName(item.name) ? [at] : []));
    case 'place':
      return placesOf(item, members.length);
    case 'hint':
      return hinted(members, item.words);
    case 'compared':
      return olderOrBigger(group, members.length, item.by);
  }
}

/** "The older of the two": by the order in which both were shown; a list is newest first when nothing else was said. */
function olderOrBigger({ isOrdered, isWhole, referent: { pick } }: Group, total: number, by: PickOrder): number[] {
  const order = pick?.by ?? 'newest';
  const opposite = { oldest: 'newest', newest: 'oldest', biggest: 'smallest', smallest: 'biggest' } as const;
  if (!isOrdered || !isWhole || total !== 2) return [];
  return by === order ? [0] : by === opposite[order] ? [1] : [];
}

function placesOf({ from, count }: { readonly from: number; readonly count: number }, total: number): number[] {
  const start = from < 0 ? total - count : from;
  const found = Array.from({ length: count }, (_, offset) => start + offset);
  return found.every((at) => at >= 0 && at < total) && count < total ? found : [];
}

/** "The import": the things of which all these words are words of the name. */
function hinted(members: readonly AssetMention[], words: readonly string[]): number[] {
  return members.flatMap(({ name }, at) => {
    const own = new Set(foldName(name).split(/[^\p{L}\p{N}]+/u));
    return words.every((word) => own.has(word)) ? [at] : [];
  });
}

/** "Without the second" of things whose order on the card is not known: any one may be meant. */
function unordered(members: readonly AssetMention[], items: number, isOnly: boolean, { items: said }: Phrase) {
  const isOne = items === 1 && said.every((item) => item.type === 'place' && item.count === 1);
  if (!isOne) return [];
  return members.map((_, at) =>
    some(
      members,
      members.flatMap((__, other) => ((other === at) === isOnly ? [other] : [])),
    ),
  );
}

function some(members: readonly AssetMention[], at: readonly number[]): AssetMention[] {
  // Each stands for itself, whatever stood between two of them.
  return members.filter((_, index) => at.includes(index)).map(({ joinedBy: _joint, ...mention }) => mention);
}

function ofGroup({ referent: { workspace, workspaces } }: Group, assets: readonly AssetMention[]): Slots {
  return {
    assets,
    ...(workspace === undefined ? {} : { workspace }),
    ...(workspaces === undefined ? {} : { workspaces }),
  };
}
