import { z } from 'zod';
import {
  addressPress,
  addressVerb,
  choosePress,
  chooseVerb,
  deputyPress,
  deputyVerb,
  holdPress,
  holdVerb,
  listPress,
  listVerb,
  recordPress,
  recordVerb,
  sayPress,
  sayVerb,
  schedulePress,
  scheduleVerb,
} from './cards/button-data.ts';
import { offeredPress, offeredVerb } from './cards/meant-press.ts';

/** A press of a button, from an invoke or a message. */
export interface Pressed {
  readonly verb: keyof typeof schemas;
  readonly data: Readonly<Record<string, unknown>>;
}

const schemas = {
  [chooseVerb]: choosePress,
  [listVerb]: listPress,
  [sayVerb]: sayPress,
  [offeredVerb]: offeredPress,
  [scheduleVerb]: schedulePress,
  [addressVerb]: addressPress,
  [recordVerb]: recordPress,
  [deputyVerb]: deputyPress,
  [holdVerb]: holdPress,
} as const;
const verbs = [
  chooseVerb,
  listVerb,
  sayVerb,
  offeredVerb,
  scheduleVerb,
  addressVerb,
  recordVerb,
  deputyVerb,
  holdVerb,
] as const;
const record = z.record(z.string(), z.unknown());

/** How deep a press is searched for: clients wrap it in `action`, `data`, `value` or `msteams`, some of them twice. */
const deepest = 4;

/**
 * Reads the press in the `value` of a message: Teams sends some buttons as messages (Action.Submit, message backs,
 * clients without Universal Actions). Null when the value is not a press of one of the bot's own buttons. It is checked
 * exactly like an invoke's data, so it can do no more.
 */
export function pressIn(value: unknown, depth = 0): Pressed | null {
  if (depth > deepest) return null;
  if (typeof value === 'string') return pressIn(parsed(value), depth + 1);
  const read = record.safeParse(value);
  if (!read.success) return null;
  const { verb: _verb, msteams: _client, type: _type, title: _title, id: _id, ...data } = read.data;
  for (const verb of verbs) {
    if (schemas[verb].safeParse(data).success) return { verb, data };
  }
  const { action, data: inner, value: held, msteams } = read.data;
  for (const wrapped of [action, inner, held, msteams]) {
    const found = wrapped === undefined ? null : pressIn(wrapped, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** Parses JSON; null when the text is not JSON. */
function parsed(text: string): unknown {
  if (text.length > 10_000 || !text.trimStart().startsWith('{')) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
