import type { AssetMention } from '../domain/asset-mentions.ts';
import type { CommandIntent, Incomplete, Offer, Reading, Slots } from './intents.ts';
import { isCommand } from './intents.ts';

/** The command of one turn. */
export interface Turn {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly intent: CommandIntent;
  readonly referent: Slots;
  /** True when it was to repeat. */
  readonly repeats?: true;
  /** How often, where that was said. */
  readonly recurrence?: string;
}

/** The assets that the last list showed. */
export interface ShownRows {
  /** In the order of the card. */
  readonly assets: readonly AssetMention[];
  /** True when the list has no more than these. */
  readonly isWhole: boolean;
  /** Where they are. */
  readonly workspace?: string;
}

/**
 * Conversation state of one person in one conversation, as plain data. The caller stores it and passes it in with each
 * message.
 */
export interface ConversationContext {
  /** The latest commands, newest first. */
  readonly turns: readonly Turn[];
  /** The asset that was shown last. */
  readonly shown?: { readonly at: number; readonly referent: Slots };
  /** The asset that was shown before that, where it is another one. */
  readonly shownBefore?: { readonly at: number; readonly referent: Slots };
  /** The assets that a list showed, in their order, and whether there were no more. */
  readonly rows?: ShownRows & { readonly at: number };
  /** What was listed last, as a selection. */
  readonly listed?: { readonly at: number; readonly referent: Slots };
  /** The readings that the bot has just offered as buttons, in their order; only the next message may name one. */
  readonly offered?: { readonly at: number; readonly offers: readonly Offer[] };
  /** The request that was named last, as typed. */
  readonly named?: { readonly at: number; readonly request: string };
  /** The bot's open question, which the next message may answer. */
  readonly pending?: Incomplete & { readonly at: number };
}

/** How long a command stays in the conversation state, in milliseconds, and how many commands stay. */
export const memory = { forMs: 15 * 60_000, turns: 5 } as const;

/** An empty conversation state. */
export const emptyConversation: ConversationContext = { turns: [] };

/** The conversation state after a message was read at `now` (milliseconds since 1970). */
export function remember(context: ConversationContext, found: Reading, now: number): ConversationContext {
  const fresh = expire(context, now);
  const { intent, slots, incomplete } = found;
  const command = intent === 'schedule.create' ? exported(slots) : isCommand(intent) ? intent : null;
  const often = slots.recurrence === undefined ? {} : { recurrence: slots.recurrence };
  const repeats = intent === 'schedule.create' ? ({ repeats: true, ...often } as const) : {};
  const turns =
    command === null
      ? fresh.turns
      : [{ at: now, intent: command, referent: objectOf(slots), ...repeats }, ...fresh.turns].slice(0, memory.turns);
  const isShown = intent === 'asset.show';
  const shown = isShown
    ? { shown: { at: now, referent: objectOf(slots) }, ...shownBefore(fresh, slots) }
    : shownOf(fresh);
  // The rows of the list before are no rows of a new one.
  const listed = intent === 'list.assets' ? { listed: { at: now, referent: slots } } : listedOf(fresh);
  const named = slots.request === undefined ? fresh.named : { at: now, request: slots.request };
  return {
    turns,
    ...shown,
    ...listed,
    ...(named === undefined ? {} : { named }),
    ...(incomplete === undefined ? {} : { pending: { ...incomplete, at: now } }),
  };
}

/** What a schedule repeats: "make it weekly" and "export it now" are about that. */
function exported({ assets, all }: Slots): CommandIntent {
  return assets === undefined && all === undefined ? 'export.workspace' : 'export.assets';
}

function shownOf({ shown, shownBefore }: ConversationContext): Pick<ConversationContext, 'shown' | 'shownBefore'> {
  return { ...(shown === undefined ? {} : { shown }), ...(shownBefore === undefined ? {} : { shownBefore }) };
}

/** What was shown before, when something else is shown now. */
function shownBefore(
  { shown, shownBefore }: ConversationContext,
  { assets }: Slots,
): Pick<ConversationContext, 'shownBefore'> {
  const isSame = shown !== undefined && JSON.stringify(shown.referent.assets) === JSON.stringify(assets);
  const before = isSame ? shownBefore : shown;
  return before === undefined ? {} : { shownBefore: before };
}

function listedOf({ listed, rows }: ConversationContext): Pick<ConversationContext, 'listed' | 'rows'> {
  return { ...(listed === undefined ? {} : { listed }), ...(rows === undefined ? {} : { rows }) };
}

/** The conversation state after the rows of the list that was read last were shown at `now`. */
export function rememberRows(context: ConversationContext, rows: ShownRows, now: number): ConversationContext {
  return context.listed === undefined ? context : { ...context, rows: { ...rows, at: now } };
}

/**
 * What a pronoun may refer to, newest first: the object of a command, an asset that was shown, or the assets of a list,
 * which are more than one.
 */
export function referentsOf(context: ConversationContext | undefined): readonly Referent[] {
  if (context === undefined) return [];
  const { turns, shown, listed } = context;
  return [
    ...turns.map(({ at, referent }) => ({ at, slots: referent, isList: false })),
    ...(shown === undefined ? [] : [{ at: shown.at, slots: shown.referent, isList: false }]),
    ...(listed === undefined
      ? []
      : [{ at: listed.at, slots: { ...listed.referent, all: true as const }, isList: true }]),
  ].sort((a, b) => b.at - a.at);
}

/** What a pronoun may refer to. */
export interface Referent {
  readonly slots: Slots;
  readonly isList: boolean;
}

/** The conversation state without the entries that have expired at `now`. */
export function expire(context: ConversationContext, now: number): ConversationContext {
  const young = (at: number) => now - at <= memory.forMs;
  const turns = context.turns.filter(({ at }) => young(at));
  const { pending, shown, shownBefore, rows, listed, offered, named } = context;
  return {
    turns,
    ...(shown !== undefined && young(shown.at) ? { shown } : {}),
    ...(shownBefore !== undefined && young(shownBefore.at) ? { shownBefore } : {}),
    ...(rows !== undefined && young(rows.at) ? { rows } : {}),
    ...(listed !== undefined && young(listed.at) ? { listed } : {}),
    ...(offered !== undefined && young(offered.at) ? { offered } : {}),
    ...(named !== undefined && young(named.at) ? { named } : {}),
    ...(pending !== undefined && young(pending.at) ? { pending } : {}),
  };
}

/**
 * The slots that name the object of a command, without those that say how to carry it out. Whatever narrows an object is
 * kept, named here or not: a slot that a later release adds must never be lost between "export the two oldest" and
 * "delete them".
 */
export function objectOf(slots: Slots): Slots {
  const { then: _then, data: _data, request: _request, scope: _scope, reason: _reason, ...rest } = slots;
  const { recurrence: _recurrence, from: _from, until: _until, operation: _operation, ...object } = rest;
  const { workspace, workspaceLonger, workspaces, assets, subject, all } = object;
  const place = {
    ...(workspace === undefined ? {} : { workspace }),
    ...(workspaceLonger === undefined ? {} : { workspaceLonger }),
    ...(workspaces === undefined ? {} : { workspaces }),
  };
  if (assets !== undefined) return { assets, ...place };
  if (subject !== undefined) return { subject };
  return all === undefined ? place : object;
}
