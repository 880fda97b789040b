import type { CommandIntent, Incomplete, Reading, Slots } from './intents.ts';
import { isCommand } from './intents.ts';

/** What a person wanted in one turn. */
export interface Turn {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly intent: CommandIntent;
  readonly referent: Slots;
}

/** The memory of one person in one conversation, as plain data. Kept by the caller and given back with each message. */
export interface ConversationContext {
  /** The last things spoken of, newest first. */
  readonly turns: readonly Turn[];
  /** A question of the bot's that the next message may answer. */
  readonly pending?: Incomplete & { readonly at: number };
}

/** How long something said is remembered, in milliseconds, and over how many commands. */
export const memory = { forMs: 15 * 60_000, turns: 5 } as const;

/** A conversation in which nothing has been said. */
export const nothingSaid: ConversationContext = { turns: [] };

/** The memory after a message was read at `now` (milliseconds since 1970). */
export function remember(context: ConversationContext, found: Reading, now: number): ConversationContext {
  const fresh = expire(context, now);
  const { intent, slots, incomplete } = found;
  const turns = isCommand(intent)
    ? [{ at: now, intent, referent: objectOf(slots) }, ...fresh.turns].slice(0, memory.turns)
    : fresh.turns;
  return incomplete === undefined ? { turns } : { turns, pending: { ...incomplete, at: now } };
}

/** The memory without what is too old at `now`. */
export function expire(context: ConversationContext, now: number): ConversationContext {
  const young = (at: number) => now - at <= memory.forMs;
  const turns = context.turns.filter(({ at }) => young(at));
  return context.pending !== undefined && young(context.pending.at) ? { turns, pending: context.pending } : { turns };
}

/** The slots that say what a command is about, without those that say how. */
export function objectOf({
  assets,
  workspace,
  workspaceLonger,
  subject,
  all,
  kind,
  except,
  dates,
  filter,
}: Slots): Slots {
  const longer = workspaceLonger === undefined ? {} : { workspaceLonger };
  const place = workspace === undefined ? {} : { workspace, ...longer };
  if (assets !== undefined) return { assets, ...place };
  if (subject !== undefined) return { subject };
  if (all === undefined) return place;
  return {
    all,
    ...(kind === undefined ? {} : { kind }),
    ...(except === undefined ? {} : { except }),
    ...(dates === undefined ? {} : { dates }),
    ...(filter === undefined ? {} : { filter }),
    ...place,
  };
}
