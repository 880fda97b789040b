import type { TurnContext } from 'botbuilder';
import type { ConversationContext } from '../understanding/conversation.ts';
import { isByModelAlone } from '../understanding/decide.ts';
import { isCommand, type Reading } from '../understanding/intents.ts';
import { type MessageParts, messageParts, ownWordsOnly } from '../understanding/message/message-parts.ts';
import type { OthersKind } from '../understanding/message/pieces.ts';
import { unread } from './reading-thread.ts';
import { longestMessage } from './turn.ts';

/** Key in the turn state of the parsed message, so that all parts of the bot read the same words. */
const partsKey = Symbol('message parts');

/** The parts of this turn's message. All readers of a message use these, never the activity's text. */
export function partsOf(context: TurnContext): MessageParts {
  const earlier = context.turnState.get<MessageParts>(partsKey);
  if (earlier) return earlier;
  const parts = messageParts(context.activity);
  context.turnState.set(partsKey, parts);
  return parts;
}

/** Key in the turn state of whether a button wrote the message. */
const pressedKey = Symbol('pressed');

/** True when the sentence of this turn is that of a button. */
export function isPressed(context: TurnContext): boolean {
  return context.turnState.get<boolean | undefined>(pressedKey) === true;
}

/** Continues the turn as if the person had written this sentence, which is that of a button they pressed. */
export function replaceMessageText(context: TurnContext, sentence: string): void {
  context.activity.text = sentence;
  context.turnState.set(partsKey, ownWordsOnly(sentence));
  context.turnState.set(pressedKey, true);
}

/**
 * The part of the conversation state that a message may refer to. Next to quoted or forwarded words, "it" may mean those;
 * where a name is missing from the message, earlier messages must not fill it in.
 */
export function memoryFor(parts: MessageParts, earlier: ConversationContext): ConversationContext {
  const isIncomplete = parts.hasGap || parts.addressedInside;
  if (!isIncomplete && parts.others.length === 0) return earlier;
  return isIncomplete || earlier.pending === undefined ? { turns: [] } : { turns: [], pending: earlier.pending };
}

/** Why a message cannot be read, in a sentence for the person; null when it can. */
export function unreadable(parts: MessageParts, files: number): string | null {
  const hasWords = /[^\s\uFFFC]/u.test(parts.own);
  switch (parts.problem) {
    case 'contradiction':
      return 'Your message reached me in two versions that say different things, so I did nothing. Please type it again.';
    case 'unclear-quote':
      return 'Your message contains words of an earlier message, and I cannot tell where yours begin, so I did nothing. Please send only your own words, as a new message.';
    case 'too-complex':
      return tooLong;
    case null:
      break;
  }
  if (parts.own.length > longestMessage) return tooLong;
  if (hasWords) return null;
  const kind = othersIn(parts);
  if (kind !== null) return `${nameOf(kind)} Those are not your words, so I did nothing. ${writeIt}`;
  if (files > 0) return 'I cannot read files. Please write what you would like to do.';
  return 'There was no text in that message. Please write what you would like to do.';
}

const tooLong = 'That message is too long for me to read safely, so I did nothing. Please write one short sentence.';
const writeIt = 'If you want it done, please write it yourself.';

/**
 * The reply instead of an answer: when a command lacks a part that did not arrive, or when nothing was understood and
 * other people's words in the message were ignored. Null when the reading can be answered.
 */
export function clarificationFor(parts: MessageParts, reading: Reading): string | null {
  const acts =
    isCommand(reading.intent) ||
    /^(?:directory\.export|request\.cancel|request\.retry|link\.re(?:new|voke)|hold\.\w+|dsr\.extend|address\.link)$/u.test(
      reading.intent,
    );
  if (parts.hasGap && (acts || reading.intent === 'none'))
    return 'Part of your message did not reach me: a name, a picture or struck-out words. I did nothing. Please write it again, with the name typed out.';
  const kind = othersIn(parts);
  // Next to other people's words, suggestions without any name are only guesses at a remark.
  const isAsked = reading.offers?.some(({ slots }) => Object.keys(slots).length > 0) === true;
  const hasOwnAnswer = reading.whoseWorkspace === true || reading.why === unread.why || isAsked;
  const isRemark = isByModelAlone(reading) && Object.keys(reading.slots).length === 0;
  if (kind === null || (reading.intent !== 'none' && !isRemark) || hasOwnAnswer) return null;
  return `I read only your own words, “${shortened(parts.own)}”, and did nothing. ${nameOf(kind)} Those are not your words. ${writeIt}`;
}

/** The most important kind of other people's words in a message. */
function othersIn({ others }: MessageParts): Exclude<OthersKind, 'embedded' | 'hidden'> | null {
  for (const kind of ['forward', 'reply', 'pasted', 'quote'] as const) {
    if (others.some((words) => words.kind === kind)) return kind;
  }
  return null;
}

function nameOf(kind: Exclude<OthersKind, 'embedded' | 'hidden'>): string {
  switch (kind) {
    case 'forward':
      return 'The rest was forwarded.';
    case 'reply':
      return 'The rest is the message that you answered.';
    case 'quote':
      return 'The rest is a quotation.';
    case 'pasted':
      return 'The rest was copied from a mail or a chat.';
  }
}

function shortened(text: string): string {
  const flat = text.replace(/\s+/gu, ' ');
  const characters = [...flat];
  return characters.length <= 80 ? flat : `${characters.slice(0, 79).join('')}…`;
}
