import { exceptedOwners } from '../domain/asset-mentions.ts';
import { slotOf } from './excepted-owner.ts';
import type { Reading, Slots } from './intents.ts';
import { type NameIndex, ofWorkspace } from './learned/name-index.ts';

/** Words that end or make up names of workspaces rather than of people. */
const noPerson =
  /\b(?:labs?|team|project|research|analytics|data|group|ml|ai|sandbox|test|demo|prod|dev|workspace|detection|scoring|platform|pilot|studio|sales|finance|marketing|churn|fraud|models?)\b/iu;
const personName = /^\p{Lu}[\p{L}'’.-]{1,30}(?: \p{Lu}[\p{L}'’.-]{0,30}){1,2}$/u;
const ofAssets: ReadonlySet<string> = new Set([
  'list.assets',
  'export.assets',
  'delete.assets',
  'schedule.create',
  'export.workspace',
]);

/**
 * "Delete every dataset of Megan Bowen in Churn Lab", "show me the datasets of Megan Bowen": a name that is no workspace
 * and stands where an owner stands is the owner. Of two places of which one is none that the person sees, what is not
 * the owner is not dropped either: nothing is read then. Pure; linear in the text.
 */
export function withOwnerForPlace(reading: Reading, text: string, names: NameIndex | undefined): Reading {
  if (reading.offers !== undefined) {
    const offers = reading.offers.flatMap((offer) => {
      const { intent, slots } = withOwnerForPlace(
        { intent: offer.intent, slots: offer.slots, confidence: 1, why: '' },
        text,
        names,
      );
      return intent === 'none' ? [] : [{ ...offer, slots }];
    });
    const { offers: _offers, ...rest } = reading;
    return offers.length === 0 ? rest : { ...rest, offers };
  }
  const {
    workspace,
    workspaces = workspace === undefined ? [] : [workspace],
    owner,
    exceptOwner,
    ...others
  } = reading.slots;
  if (!ofAssets.has(reading.intent) || names === undefined) return reading;
  if (owner !== undefined || exceptOwner !== undefined) return reading;
  if (workspaces.length === 0 || workspaces.length > 2) return reading;
  const isSeen = (name: string) => (names.named(name) & ofWorkspace) !== 0;
  const [person, ...unseen] = workspaces.filter((name) => !isSeen(name));
  if (person === undefined || unseen.length > 0) return reading;
  const place = workspaces.find(isSeen);
  const isOwner = new RegExp(
    `\\b(?:from|by|of|are|is) (?:the )?${RegExp.escape(person)}(?:['’]s)?(?![\\p{L}\\p{N}])`,
    'iu',
  ).test(text);
  const isSaidSo = new RegExp(`\\b(?:by|owner) ${RegExp.escape(person)}(?![\\p{L}\\p{N}])`, 'iu').test(text);
  const looksSo = isSaidSo || place !== undefined || (personName.test(person) && !noPerson.test(person));
  if (isOwner && looksSo) {
    const { workspaceLonger: _longer, ...rest } = others;
    const isWhole = reading.intent === 'export.workspace';
    const selected = isWhole ? { intent: 'export.assets' as const, all: true } : { intent: reading.intent };
    const { intent, ...whole } = selected;
    return {
      ...reading,
      intent,
      slots: {
        ...rest,
        ...whole,
        ...(place === undefined ? {} : { workspace: place }),
        [slotOf(person, text)]: person,
      } as Slots,
    };
  }
  return place === undefined
    ? reading
    : { intent: 'none', slots: {}, confidence: 0.5, why: 'a place that is none', lost: person };
}

const asksWho =
  /\bwho (?:else |all )?(?:can|could|is able to|may|has|have) (?:also )?(?:see|access|view|open|read|change|delete|edit|get (?:at|into|to)|rights)\b/iu;

/** "Who else can see what is kept in Churn Lab" asks for its people, and not for what is in it. */
export function withMembers(reading: Reading, text: string): Reading {
  const { intent, slots } = reading;
  if (intent !== 'list.assets' || slots.workspace === undefined || !asksWho.test(text)) return reading;
  const { workspace } = slots;
  return { intent: 'account.info', slots: { workspace }, confidence: 0.8, why: 'asks who has access' };
}

const person =
  /\b(?:of|by|from) (\p{Lu}[\p{L}'’-]{1,30}(?: (?:de|van|von|der|da|di|del|la|le))?(?: \p{Lu}[\p{L}'’-]{1,30}){1,2})(?=$|[.,;!?]| in\b| from\b)/u;

/**
 * "Back up every dataset of Ana de Souza in Churn Lab", "delete everything of Megan Bowen": a person whom no slot holds.
 * An export or a list is then theirs; a deletion, of assets or of the workspace, is neither done nor offered. Pure;
 * linear in the text.
 */
export function withPersonSaid(reading: Reading, text: string, names: NameIndex | undefined): Reading {
  const said = person.exec(text)?.[1];
  if (said === undefined || noPerson.test(said) || dated.test(said) || (names?.named(said) ?? 0) !== 0) return reading;
  const whose = slotOf(said, text);
  if (reading.offers !== undefined) {
    const offers = reading.offers.flatMap((offer) => theirs(offer, said, whose) ?? []);
    const { offers: _offers, ...rest } = reading;
    return offers.length === 0 ? { ...rest, lost: said } : { ...rest, offers };
  }
  const own = theirs(reading, said, whose);
  if (own !== null) return { ...reading, ...own };
  return { intent: 'none', slots: {}, confidence: 0.5, why: 'a person whom nothing explains', lost: said };
}

/** The wish with the person as the owner; null for a deletion that does not hold them. */
function theirs<Wish extends Pick<Reading, 'intent' | 'slots'>>(
  wish: Wish,
  said: string,
  whose: 'owner' | 'exceptOwner',
): Wish | null {
  const { intent, slots } = wish;
  const { all, owner, exceptOwner, workspace, workspaces = [], filter, assets, except = [] } = slots;
  const isWhole = intent === 'export.workspace' || intent === 'delete.workspace';
  const isSelection = isWhole || intent === 'list.assets' || (intent.endsWith('.assets') && all === true);
  const held = [
    workspace,
    filter,
    ...exceptedOwners(exceptOwner),
    ...workspaces,
    ...[...(assets ?? []), ...except].map(({ name }) => name),
  ];
  const isPart = (name: string | undefined) => name !== undefined && said.toLowerCase().includes(name.toLowerCase());
  // "Souza" of "Ana de Souza" is no workspace.
  if (isPart(workspace) && workspace !== said && isSelection && owner === undefined) {
    const { workspace: _part, ...rest } = slots;
    return theirs({ ...wish, slots: rest as Slots }, said, whose);
  }
  const isHeld = held.some(isPart);
  if (!isSelection || owner !== undefined || isHeld) return wish;
  if (intent.startsWith('delete.')) return null;
  const whole = isWhole ? { intent: 'export.assets' as const, slots: { ...slots, all: true, [whose]: said } } : null;
  return whole === null ? { ...wish, slots: { ...slots, [whose]: said } } : { ...wish, ...whole };
}

const dated =
  /\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b/u;
