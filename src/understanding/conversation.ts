import type { AssetKind } from '../domain/assets.ts';
import type { Incomplete, Reading, Slots } from './intents.ts';
import { parseItem } from './items.ts';
import { kindAt } from './lexicon/kinds.ts';
import { looksLikeIdentifier, nameEnd } from './names.ts';
import { personAt, personBefore } from './people.ts';
import { parseTarget, type Target } from './targets.ts';
import { type Line, span, wordAt } from './tokens.ts';

/** What a person spoke of in one turn. */
interface Turn {
  readonly at: number;
  readonly meant: Slots;
}

/** The memory of one person in one conversation, as plain data. Kept by the caller, given back with each message. */
export interface ConversationContext {
  /** The last things spoken of, newest first. */
  readonly turns: readonly Turn[];
  /** A question of the bot's that the next message may answer. */
  readonly pending?: Incomplete & { readonly at: number };
}

/** How long something said is remembered, in milliseconds, and over how many turns. */
const memory = { forMs: 15 * 60_000, turns: 5 } as const;

/** A conversation in which nothing has been said. */
export const nothingSaid: ConversationContext = { turns: [] };

/** The memory after a message was read at `now` (milliseconds since 1970). */
export function remember(context: ConversationContext, found: Reading, now: number): ConversationContext {
  const fresh = expire(context, now);
  const { assets, workspace, subject, kind, all, except, dates, filter } = found.slots;
  const speaksOf =
    found.intent.startsWith('export.') || found.intent.startsWith('delete.') || found.intent.startsWith('dsr.');
  const meant: Slots = {
    ...(assets === undefined ? {} : { assets }),
    ...(workspace === undefined ? {} : { workspace }),
    ...(subject === undefined ? {} : { subject }),
    ...(all === undefined
      ? {}
      : {
          all,
          ...(kind === undefined ? {} : { kind }),
          ...(except === undefined ? {} : { except }),
          ...(dates === undefined ? {} : { dates }),
          ...(filter === undefined ? {} : { filter }),
        }),
  };
  const turns = speaksOf ? [{ at: now, meant }, ...fresh.turns].slice(0, memory.turns) : fresh.turns;
  return found.incomplete === undefined ? { turns } : { turns, pending: { ...found.incomplete, at: now } };
}

/** The memory without what is too old at `now`. */
export function expire(context: ConversationContext, now: number): ConversationContext {
  const young = (at: number) => now - at <= memory.forMs;
  const turns = context.turns.filter(({ at }) => young(at));
  return context.pending !== undefined && young(context.pending.at) ? { turns, pending: context.pending } : { turns };
}

/** What a pronoun or a bare kind before token `before` refers to: this sentence first, then earlier turns. Null when nothing fits. */
export function antecedent(
  line: Line,
  before: number,
  earlier: readonly Reading[],
  context: ConversationContext | undefined,
  kind?: AssetKind,
): Slots | null {
  const previous = earlier.at(-1);
  if (previous !== undefined && fits(previous.slots, kind)) return pick(previous.slots);
  const here = mentioned(line, before);
  if (here !== null && fits(here, kind)) return here;
  for (const { meant } of context?.turns ?? []) {
    if (fits(meant, kind)) return meant;
  }
  return null;
}

function pick({ assets, workspace, data, subject, all, kind, except, dates, filter }: Slots): Slots {
  if (assets !== undefined) return { assets };
  if (all === true)
    return {
      all,
      ...(kind === undefined ? {} : { kind }),
      ...(except === undefined ? {} : { except }),
      ...(dates === undefined ? {} : { dates }),
      ...(filter === undefined ? {} : { filter }),
    };
  if (subject !== undefined) return { subject };
  return { ...(workspace === undefined ? {} : { workspace }), ...(data === undefined ? {} : { data }) };
}

function fits(slots: Slots, kind: AssetKind | undefined): boolean {
  if (kind === undefined) return true;
  return slots.assets?.some((asset) => asset.kind === kind) ?? false;
}

/** The last thing with a marked name that the words before a token speak of. */
function mentioned(line: Line, before: number): Slots | null {
  const cut: Line = { ...line, tokens: line.tokens.slice(0, before) };
  let last: Slots | null = null;
  for (let index = 0; index < before; index += 1) {
    if (!opensMention(cut, index)) continue;
    const target = parseTarget(cut, index, before);
    if (target === null) continue;
    const slots = slotsOf(target);
    if (slots === null) continue;
    last = slots;
    index = Math.max(index, target.end - 1);
  }
  if (last !== null) return last;
  const subject = personBefore(line, before);
  return subject?.includes('@') === true ? { subject } : null;
}

function opensMention(line: Line, index: number): boolean {
  const token = line.tokens[index];
  if (token === undefined) return false;
  if (token.quoted !== undefined || looksLikeIdentifier(line.text.slice(token.start, token.end))) return true;
  if (kindAt((position) => wordAt(line, position), index) !== null) return true;
  return (
    /^(?:the|my|our|this|only|all|everything|both)$/.test(token.word) ||
    (/^\p{Lu}/u.test(line.text.slice(token.start, token.end)) && index > 0)
  );
}

function slotsOf(target: Target): Slots | null {
  switch (target.type) {
    case 'assets':
      return target.mark === 'plain' || target.foreign ? null : { assets: target.assets };
    case 'workspace':
      if (target.plural || (!target.definite && target.indefinite === true)) return null;
      return {
        ...(target.name === undefined ? {} : { workspace: target.name }),
        ...(target.data === undefined ? {} : { data: target.data }),
      };
    default:
      return null;
  }
}

/** The message as an answer to the bot's own question ("which dataset?"); null when it is none. */
export function completed(line: Line, context: ConversationContext | undefined): Reading | null {
  const pending = context?.pending;
  if (pending === undefined || line.tokens.length > 12 || line.openQuote) return null;
  let start = 0;
  while (
    /^(?:the|it|is|its|called|named|one|please|just|that|,|i|mean|meant|sorry|oh|ok)$/.test(wordAt(line, start)) &&
    start < line.tokens.length - 1
  )
    start += 1;
  const end = nameEnd(line, start, line.tokens.length);
  const rest = line.tokens
    .slice(end)
    .map(({ word }) => word)
    .join(' ');
  if (end === start || !/^(?:one|please|thanks|[.!])*$/.test(rest.replaceAll(' ', ''))) return null;
  const item = parseItem(line, start, line.tokens.length);
  const name = (item?.name ?? span(line, start, end)).replace(/ one$/i, '');
  const why = 'answers which one';
  switch (pending.intent) {
    case 'export.assets':
    case 'delete.assets': {
      if (item?.kind === 'workspace') return null;
      const kind = item?.kind ?? pending.kind;
      return {
        intent: pending.intent,
        slots: { assets: [{ ...(kind === undefined ? {} : { kind }), name }] },
        confidence: 0.85,
        why,
      };
    }
    case 'delete.workspace':
      return { intent: pending.intent, slots: { workspace: name }, confidence: 0.85, why };
    case 'dsr.export':
    case 'dsr.erase': {
      const person = personAt(line, start, line.tokens.length);
      return person === null
        ? null
        : { intent: pending.intent, slots: { subject: person.subject }, confidence: 0.85, why };
    }
  }
}
