import { sameName } from '../domain/name-folding.ts';
import { type IntentName, isDestructive, type Reading, type Slots } from '../understanding/intents.ts';
import { type ModelAnswer, modelAnswer } from './model-answer.ts';
import { asTyped, markedNames } from './own-words.ts';

/** Why a language model's answer was not used. */
export type DropReason =
  /** Not one JSON object and nothing else. */
  | 'not-json'
  /** An intent, slot or field that was not offered; confirming and approving are among them. */
  | 'not-offered'
  /** A name, person, request or filter that the person did not write. */
  | 'not-the-persons-words'
  /** Something bigger than what the person named. */
  | 'widened';

/** What a message means after the language model was asked. */
export interface Settled {
  readonly reading: Reading;
  /** True for a destructive reading that a model had a part in: a question in words comes before any preview. */
  readonly askFirst: boolean;
  /** Null when the answer was used, or had nothing to add. */
  readonly dropped: DropReason | null;
}

/** How far a model's word counts: enough to go on, never enough for what destroys data. */
const confidence = { harmless: 0.7, destructive: 0.5 } as const;

/**
 * Decides between the embedded reading of a message and a language model's answer to it. The answer counts only as
 * one of the offered intents, with nothing in it that the person did not write; otherwise the embedded reading stays.
 */
export function settle(message: string, embedded: Reading, answer: string): Settled {
  const dropped = (reason: DropReason): Settled => ({ reading: embedded, askFirst: false, dropped: reason });
  const json = parsed(answer);
  if (json === undefined) return dropped('not-json');
  const read = modelAnswer.safeParse(json);
  if (!read.success) return dropped('not-offered');
  const { intent } = read.data;
  if (intent === 'none') return { reading: embedded, askFirst: false, dropped: null };
  const slots = inOwnWords(read.data, message);
  if (slots === null) return dropped('not-the-persons-words');
  if (isWider(intent, slots, message)) return dropped('widened');
  const askFirst = isDestructive(intent);
  return {
    reading: {
      intent,
      slots,
      confidence: askFirst ? confidence.destructive : confidence.harmless,
      why: 'a language model read it so',
    },
    askFirst,
    dropped: null,
  };
}

function parsed(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    return undefined;
  }
}

/** The slots with every text as the person spelt it; null when they did not write one of them. */
function inOwnWords({ slots }: ModelAnswer, message: string): Slots | null {
  const own: { -readonly [Slot in keyof Slots]: Slots[Slot] } = {};
  if ('assets' in slots) {
    const assets = slots.assets.map((asset) => ({ ...asset, name: asTyped(asset.name, message) }));
    if (!assets.every(hasName)) return null;
    own.assets = assets;
  }
  if ('kind' in slots) own.kind = slots.kind;
  if ('data' in slots) own.data = slots.data;
  if ('subject' in slots && slots.subject === 'me') own.subject = 'me';
  else if ('subject' in slots) {
    const subject = asTyped(slots.subject, message);
    if (subject === null) return null;
    own.subject = subject;
  }
  for (const slot of ['workspace', 'filter', 'request'] as const) {
    const said = (slots as Slots)[slot];
    if (said === undefined) continue;
    const typed = asTyped(said, message);
    if (typed === null) return null;
    own[slot] = typed;
  }
  return own;
}

function hasName<Mention extends { readonly name: string | null }>(
  asset: Mention,
): asset is Mention & { name: string } {
  return asset.name !== null;
}

/** Whether a whole workspace or person is meant although the message marks a name that is something else. */
function isWider(intent: IntentName, slots: Slots, message: string): boolean {
  const whole = intent.endsWith('.workspace') || intent.startsWith('dsr.') || intent === 'directory.export';
  if (!whole) return false;
  const named = slots.workspace ?? slots.subject ?? '';
  return markedNames(message).some((name) => !sameName(name, named));
}
