import { sameName } from '../domain/name-folding.ts';
import { type IntentName, isDestructive, type Reading, type Slots } from '../understanding/intents.ts';
import { type ModelAnswer, modelAnswer } from './model-answer.ts';
import { asTyped, markedNames } from './own-words.ts';

/** Why a language model's answer was not used. */
export type DropReason =
  /** Anything but exactly one JSON object. */
  | 'not-json'
  /** An intent, slot or field that was not offered, such as confirming or approving. */
  | 'not-offered'
  /** A name, person, request or filter that the person did not write. */
  | 'not-the-persons-words'
  /** A wider scope than the person named. */
  | 'widened';

/** What a message means after the language model was asked. */
export interface Settled {
  readonly reading: Reading;
  /** True for a destructive reading that comes from a model: the person must confirm it in words before any preview. */
  readonly askFirst: boolean;
  /** Null when the answer was used, or was `none`. */
  readonly dropped: DropReason | null;
}

/** Confidence given to a model's answer: enough to act on, but never enough for a destructive command. */
const confidence = { harmless: 0.7, destructive: 0.5 } as const;

/**
 * Chooses between the embedded reading of a message and a language model's answer. The answer is used only when it is
 * one of the offered intents and contains no text that the person did not write; otherwise the embedded reading stays.
 */
export function settle(message: string, embedded: Reading, answer: string): Settled {
  const dropped = (reason: DropReason): Settled => ({ reading: embedded, askFirst: false, dropped: reason });
  const json = parsed(answer);
  if (json === undefined) return dropped('not-json');
  const read = modelAnswer.safeParse(json);
  if (!read.success) return dropped('not-offered');
  const { intent } = read.data;
  if (intent === 'none') return { reading: embedded, askFirst: false, dropped: null };
  const slots = asWrittenByPerson(read.data, message);
  if (slots === null) return dropped('not-the-persons-words');
  if (isWider(intent, slots, message)) return dropped('widened');
  const askFirst = isDestructive(intent);
  return {
    reading: {
      intent,
      slots,
      confidence: askFirst ? confidence.destructive : confidence.harmless,
      why: 'read by a language model',
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

/** The slots with every text as the person spelt it; null when the person did not write one of them. */
function asWrittenByPerson({ slots }: ModelAnswer, message: string): Slots | null {
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

/** Whether the reading is about a whole workspace or person although the message marks a different name. */
function isWider(intent: IntentName, slots: Slots, message: string): boolean {
  const whole = intent.endsWith('.workspace') || intent.startsWith('dsr.') || intent === 'directory.export';
  if (!whole) return false;
  const named = slots.workspace ?? slots.subject ?? '';
  return markedNames(message).some((name) => !sameName(name, named));
}
