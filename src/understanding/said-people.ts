import { exceptedOwners } from '../domain/asset-mentions.ts';
import { slotOf } from './excepted-owner.ts';
import { isCommand, isDestructive, type Offer, type Reading, type Slots } from './intents.ts';
import { type ExistingName, type NameIndex, ofWorkspace } from './learned/name-index.ts';
import { normalise } from './normalise.ts';
import { tokenise, type Utterance } from './utterance.ts';

/** Owners that are clients of the service, or nobody in particular, rather than people. */
const client =
  /\b(?:r|guest|anonymous|admin|administrator|owner|user|member|team|python|powershell|studio|service|api|system|unknown|microsoft)\b/iu;
const mostParts = 4;

/**
 * How people may say an owner as the source tells it ("Megan Bowen", "meganb@example.com"): the whole, and each part of
 * a name. Empty for the name of a client program.
 */
export function waysToSay(owner: string): string[] {
  const whole = owner.trim();
  if (whole === '' || client.test(whole)) return [];
  if (whole.includes('@')) return [whole, whole.slice(0, whole.indexOf('@'))].filter((name) => name.length > 2);
  const parts = whole.split(/[\s,.]+/u).filter((part) => /^\p{L}[\p{L}'’-]{2,}$/u.test(part));
  return parts.length === 0 || parts.length > mostParts ? [whole] : [...new Set([whole, ...parts])];
}

const verbs =
  'makes?|made|creates?|created|uploads?|uploaded|owns?|owned|has|have|had|builds?|built|wrote|writes?|trains?|trained|puts?|adds?|added|left|did|ran|runs?';
const kinds =
  'things?|ones?|those|everything|stuff|all|anything|datasets?|experiments?|models?|notebooks?|files?|projects?|assets?|transforms?|modules?';
const behindPreposition =
  /\b(?:from|by|of|owners?(?: is| are|:)?|belong(?:s|ing)? to) (?:my colleague |colleague )?$/iu;
const behindBeing = /\b(?:are|is) $/iu;
/** "Hi Megan,", "thanks, Alex", "this is Alex": who is spoken to, and who speaks. */
const addressed =
  /(?:^\W{0,3}|\b(?:hi|hey|hello|dear|thanks|thank you|thx|cheers|regards|best|yours|sincerely|this is|i am|i['’]m|it['’]s)[,!.]? )$/iu;
/** "Megan agreed", "Megan said so": a remark about somebody. */
const remarked =
  /^(?:,|\s(?:has |already |also )?(?:agreed?s?|said|says|asked|asks|approved?s?|knows|wants|wanted|told|thinks|confirmed|okayed|is (?:ok|okay|fine|happy))\b)/iu;
const jointBefore = /(?:,|\b(?:and|or|nor)\b|&)\s{1,2}(?:by |from |of |also )?$/iu;
const asSubject = new RegExp(`\\b(?:did|does|has|had|that|which|what|whatever|${kinds})[,]? $`, 'iu');
const verbBehind = new RegExp(`^ (?:${verbs})\\b`, 'iu');

type Person = Pick<ExistingName, 'name'>;

interface Said {
  readonly from: number;
  readonly to: number;
}

/**
 * "Just the ones megan made", "which things are from Megan": somebody who owns something here, whom the words of a
 * selection name and no slot of it holds. Said as the owner, it limits what is listed, exported or repeated; a deletion
 * is then neither done nor offered, and where it does not say what the person has to do with it, a list names it. Names
 * in quotes, and parts of names of things, are no people. Pure; linear in the text.
 */
export function withSaidPeople(
  reading: Reading,
  text: string,
  people: readonly Person[],
  names: NameIndex | undefined,
): Reading {
  if (people.length === 0) return reading;
  const free = freeText(text, names);
  const { offers, ...rest } = reading;
  if (offers !== undefined) {
    const left = offers.flatMap((offer) => narrowed(withoutPlace(offer, people, names), text, free, people) ?? []);
    return left.length === 0 ? rest : { ...rest, offers: left };
  }
  if (isQuestionAbout(reading, people)) {
    const owner = reading.slots.assets?.[0]?.name ?? '';
    const offer: Offer = { intent: 'list.assets', slots: { owner } as Slots, confidence: 0.5 };
    const { overlooked } = reading;
    const said = overlooked === undefined ? {} : { overlooked };
    return { intent: 'none', slots: {}, confidence: 0.5, why: 'asks about a person', offers: [offer], ...said };
  }
  const placed = withoutPlace(reading, people, names);
  const named = placed.slots.assets?.find(({ name }) => isPersonOnly(name, people, names));
  if (named !== undefined && isCommand(placed.intent))
    return { intent: 'none', slots: {}, confidence: 0.5, why: 'a person as a thing', lost: named.name };
  const wish = narrowed(placed, text, free, people);
  const { slots } = wish ?? limited(placed, text, free, people) ?? placed;
  const said = firstSaid(slots, free, people);
  if (wish !== null && wish !== reading && (said === null || wish.intent !== 'list.assets'))
    return { ...reading, ...wish };
  if (said === null) return reading;
  const phrase = text.slice(said.from, said.to);
  if (reading.intent === 'list.assets') {
    if (slots.owner === 'me' && slotOf(phrase, text) === 'exceptOwner') return { ...reading, ...wish };
    const isNamed = /^\p{Lu}/u.test(phrase) || jointBefore.test(free.slice(0, said.from));
    const list = { ...reading, ...wish };
    return isNamed && reading.overlooked === undefined ? { ...list, overlooked: phrase } : list;
  }
  if (wish !== null) return reading;
  return { intent: 'none', slots: {}, confidence: 0.5, why: 'a person whom no slot holds', lost: phrase };
}

/** "All datasets from Megan": a person who was read as a place, and is none that the speaker sees. */
function withoutPlace<Wish extends Pick<Offer, 'intent' | 'slots'>>(
  wish: Wish,
  people: readonly Person[],
  names: NameIndex | undefined,
): Wish {
  const { workspace, workspaceLonger: _longer, ...slots } = wish.slots;
  if (workspace === undefined || ((names?.named(workspace) ?? 0) & ofWorkspace) !== 0) return wish;
  const isPerson = people.some(({ name }) => name.toLowerCase() === workspace.toLowerCase());
  return isPerson ? { ...wish, slots: slots as Slots } : wish;
}

/** "Datasets by Megan and Adele": Adele is no dataset. */
function isPersonOnly(name: string, people: readonly Person[], names: NameIndex | undefined): boolean {
  return (names?.named(name) ?? 0) === 0 && people.some((each) => each.name.toLowerCase() === name.toLowerCase());
}

/** "Who is Megan Bowen": a person, and nothing that is called so. */
function isQuestionAbout({ intent, slots }: Reading, people: readonly Person[]): boolean {
  const [asset, ...more] = slots.assets ?? [];
  if (intent !== 'asset.show' || asset === undefined || more.length > 0) return false;
  return people.some(({ name }) => name.toLowerCase() === asset.name.toLowerCase());
}

const selecting: ReadonlySet<string> = new Set(['list.assets', 'export.assets', 'delete.assets', 'schedule.create']);

/** The same after the first person has become the owner: for a second one there is no place left. */
function narrowed<Wish extends Pick<Offer, 'intent' | 'slots'>>(
  wish: Wish,
  text: string,
  free: string,
  people: readonly Person[],
): Wish | null {
  const once = limited(wish, text, free, people);
  return once === null || once === wish ? once : limited(once, text, free, people);
}

/** The wish with the person as its owner, unchanged where nobody is said to own it; null for a deletion that is not theirs. */
function limited<Wish extends Pick<Offer, 'intent' | 'slots'>>(
  wish: Wish,
  text: string,
  free: string,
  people: readonly Person[],
): Wish | null {
  const { intent, slots } = wish;
  const { assets, owner, exceptOwner, subject } = slots;
  const isWhole = intent === 'export.workspace' || intent === 'delete.workspace';
  if (!(isWhole || selecting.has(intent)) || assets !== undefined || subject !== undefined) return wish;
  const said = firstSaid(slots, free, people);
  if (said === null) return wish;
  const isTheirs = isOwnerAt(free, said);
  const isHeld = owner !== undefined || exceptOwner !== undefined;
  const isNamed = /^\p{Lu}/u.test(text.slice(said.from, said.to));
  // What is known of somebody and not held may make it less.
  const isDoubted = isTheirs || isNamed || (isHeld && jointBefore.test(free.slice(0, said.from)));
  if (isDestructive(intent)) return isDoubted ? null : wish;
  if (!isTheirs || isHeld) return isDoubted && intent !== 'list.assets' ? null : wish;
  const all = intent === 'list.assets' ? {} : { all: true as const };
  const person = text.slice(said.from, said.to);
  const theirs = { ...slots, ...all, [slotOf(person, text)]: person } as Slots;
  const { workspaceLonger: _longer, ...plain } = theirs;
  return intent === 'export.workspace'
    ? { ...wish, intent: 'export.assets' as const, slots: plain as Slots }
    : { ...wish, slots: theirs };
}

/** The first person in the text outside names whom no slot holds, as long as it is said there. */
function firstSaid(slots: Slots, free: string, people: readonly Person[]): Said | null {
  const { workspace = '', workspaces = [], filter = '', owner = '', exceptOwner, except = [], request = '' } = slots;
  const held = [
    workspace,
    ...workspaces,
    filter,
    owner,
    ...exceptedOwners(exceptOwner),
    request,
    ...except.map(({ name }) => name),
  ].map((each) => each.toLowerCase());
  const found = people
    .map(({ name }) => name)
    .filter((name) => !held.some((each) => each.includes(name.toLowerCase())))
    .flatMap((name): Said[] => {
      const at = new RegExp(`(?<![\\p{L}\\p{N}_.@-])${RegExp.escape(name)}(?![\\p{L}\\p{N}_@-])`, 'iu').exec(
        free,
      )?.index;
      return at === undefined ? [] : [{ from: at, to: at + name.length }];
    })
    // "Megan Bowen" rather than "Megan".
    .sort((left, right) => left.from - right.from || right.to - left.to);
  const asides = found.filter((said) => isAside(free, said));
  return (
    found.find(
      (said) =>
        !asides.some(({ from, to }) => said.from >= from && said.to <= to) &&
        (isOwnerAt(free, said) || isCapital(free, said) || jointBefore.test(free.slice(0, said.from))),
    ) ?? null
  );
}

/** Who is spoken to or speaks, a remark, and a month or a year that is nobody. */
function isAside(free: string, { from, to }: Said): boolean {
  const behind = free.slice(to, to + 30);
  if (/^ (?:19|20)\d\d\b/u.test(behind)) return true;
  return (
    addressed.test(free.slice(Math.max(0, from - 20), from)) ||
    (remarked.test(behind) && !isOwnerAt(free, { from, to }))
  );
}

function isCapital(free: string, { from }: Said): boolean {
  return from > 0 && /^\p{Lu}/u.test(free.slice(from)) && !/[.!?]\s*$/u.test(free.slice(0, from));
}

function isOwnerAt(free: string, { from, to }: Said): boolean {
  const before = free.slice(Math.max(0, from - 40), from);
  const behind = free.slice(to, to + 20);
  if (/^['’]s(?![\p{L}\p{N}])/u.test(behind) || behindPreposition.test(before)) return true;
  if (behindBeing.test(before)) return /^\p{Lu}/u.test(free.slice(from));
  return asSubject.test(before) && verbBehind.test(behind);
}

/** The text with what stands in quotes, and the names of things, blanked. */
function freeText(text: string, names: NameIndex | undefined): string {
  const plain = text.replace(/["“”][^"“”]{0,300}["“”]/gu, (quoted) => ' '.repeat(quoted.length));
  if (names === undefined) return plain;
  const utterance: Utterance = tokenise(normalise(text).text);
  return names
    .namesIn(utterance)
    .filter(({ name }) => /[\s.]/u.test(name))
    .reduce((left, { name }) => {
      const at = left.toLowerCase().indexOf(name.toLowerCase());
      return at < 0 ? left : left.slice(0, at) + ' '.repeat(name.length) + left.slice(at + name.length);
    }, plain);
}
