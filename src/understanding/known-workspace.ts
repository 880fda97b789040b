import { foldName } from '../domain/name-folding.ts';
import type { ConversationContext } from './conversation.ts';
import { type Offer, type Reading, type Slots, sureEnough } from './intents.ts';
import { type NameIndex, ofWorkspace } from './learned/name-index.ts';

const typed = /\b(guest|free|standard)[ -](?:workspace|worksapce|workspce|ws)\b/giu;

/** Intents that are about a whole workspace, or that one narrows. */
const ofPlace: ReadonlySet<string> = new Set(['export.workspace', 'schedule.create', 'schedule.stop', 'list.assets']);

/**
 * A workspace that the message names, where the reading took its name for that of an asset or left it out: "export the
 * whole guest-workspace now", "export guest workspace every Monday". Never for a deletion. Pure; linear in the text.
 */
export function withKnownWorkspace(reading: Reading, text: string, names: NameIndex | undefined): Reading {
  const bare = bareExport(reading);
  if (bare !== null && names !== undefined && names.named(bare) === ofWorkspace) {
    const { offers, ...rest } = reading;
    const wish = { intent: 'export.workspace', slots: { workspace: bare } } as const;
    if (offers !== undefined && !isOfKindOnly(reading)) return { ...rest, offers: [{ ...wish, confidence: 0.5 }] };
    return { ...rest, ...wish, confidence: sureEnough };
  }
  const { workspace, workspaces } = reading.slots;
  if (!ofPlace.has(reading.intent) || workspace !== undefined || workspaces !== undefined) return reading;
  const [only, ...others] = new Set([...text.matchAll(typed)].map(([, type]) => (type ?? '').toLowerCase()));
  if (only === undefined || others.length > 0) return reading;
  return { ...reading, slots: { ...reading.slots, workspace: only } as Slots };
}

/** True where it was only not known what the name belongs to; not where something speaks against the command itself. */
function isOfKindOnly({ offers = [], why }: Reading): boolean {
  return offers.length > 1 && !/^(?:a command, but|nothing that)/u.test(why);
}

/** The name that an export has alone, or that is offered both as a workspace and as an asset. */
function bareExport({ intent, slots, offers = [] }: Reading): string | null {
  const wishes: readonly Pick<Offer, 'intent' | 'slots'>[] = intent === 'none' ? offers : [{ intent, slots }];
  const said = wishes.map((wish) => {
    const { assets = [], workspace, ...more } = wish.slots;
    const [only, ...others] = assets;
    if (wish.intent === 'export.workspace' && Object.keys(more).length === 0) return workspace ?? null;
    if (wish.intent !== 'export.assets' || only?.kind !== undefined || others.length > 0) return null;
    return workspace === undefined && Object.keys(more).length === 0 ? (only?.name ?? null) : null;
  });
  const [name = null, ...rest] = said;
  return name !== null && rest.every((each) => each !== null && foldName(each) === foldName(name)) ? name : null;
}

const ofType = /\b(guest|free) (datasets|experiments|models|notebooks|projects|files|stuff|things|assets|data)\b/iu;

/** "The csvs", with nothing behind that limits them further, which the filter would hide. */
const csvFiles = new RegExp(
  [
    '(?<=^|\\b(?:the|all|my|our|any|which|what|list|show|export|delete|every|those|these|up|other)\\s)(?:csvs\\b|csv files?\\b)',
    '(?! (?:by|of|with|and|or|made|called|named|plus|\\p{L}{3,20} (?:made|didn)|["“]|[\\w-]{1,40}\\.\\w))',
  ].join(''),
  'giu',
);

const shorthand: readonly (readonly [RegExp, string])[] = [
  [/^(\W{0,3})(?:rm|del) (?=\S)/iu, '$1delete '],
  [/^(\W{0,3})ls (?=\S)/iu, '$1list '],
  [/\b(?:workspace|ws)\s?[=:]\s?(?=[\p{L}"“])/giu, 'in workspace '],
  [/\bowner\s?[=:]\s?(?=[\p{L}"“])/giu, 'owned by '],
  [/\bsize\s?(?=[<>])/giu, ''],
  [/\b(what|where|when|how|why|who)d (?=(?:i|we|you|they|he|she)\b)/giu, '$1 did '],
  [/\bwho (?:besides|apart from|except|other than) (?:me|myself)\b/giu, 'who else'],
  [csvFiles, 'datasets with ".csv" in the name'],
  [/>\s?(?=\d{1,6}(?:[.,]\d{1,2})?\s?[kmgt]i?b\b)/giu, 'over '],
  [/<\s?(?=\d{1,6}(?:[.,]\d{1,2})?\s?[kmgt]i?b\b)/giu, 'under '],
];

/**
 * The text in words that the readers know: "all the guest datasets" are all the datasets in the guest workspace, "rm" is
 * delete, "owner=megan" is owned by megan, "size>10mb" is over 10mb. What stands in quotes stays.
 */
export function inPlainWords(text: string): string {
  return text
    .split(/(["“][^"“”]{0,300}["”])/u)
    .map((part, at) =>
      at % 2 === 1 ? part : shorthand.reduce((said, [form, words]) => said.replace(form, words), part),
    )
    .join('')
    .replace(ofType, (_, type: string, what: string) => `${what} in the ${type.toLowerCase()} workspace`);
}

const instead = new RegExp(
  '^(?:(?:no|only|just|i mean|i meant|and|ok|but|please|sorry|actually|not that|wait)[ ,.]{1,3}){1,4}(?:the |my )?(guest|free|standard)' +
    '(?: one| workspace| ws)?(?: only| please|, please| then| instead){0,2}[.!?]{0,3}$',
  'iu',
);

/** "Only the guest one, please": the list or the export before, of the workspace of that type. */
export function ofTypeInstead(text: string, context: ConversationContext | undefined): Reading | null {
  const workspace = instead.exec(text.slice(0, 120).trim())?.[1]?.toLowerCase();
  if (workspace === undefined || context === undefined) return null;
  const { listed, turns } = context;
  const [last] = turns;
  const why = 'the same of the workspace of a type';
  if (listed !== undefined && (last === undefined || listed.at >= last.at)) {
    const { workspaces: _workspaces, ...rest } = listed.referent;
    return { intent: 'list.assets', slots: { ...rest, workspace } as Slots, confidence: 0.8, why };
  }
  if (last?.intent !== 'export.workspace') return null;
  if (last.repeats === true) {
    const often = last.recurrence === undefined ? {} : { recurrence: last.recurrence };
    return { intent: 'schedule.create', slots: { workspace, ...often }, confidence: 0.8, why };
  }
  return { intent: last.intent, slots: { workspace }, confidence: 0.8, why, corrects: true };
}
