import type { TurnContext } from 'botbuilder';
import type { ConversationContext } from '../understanding/conversation.ts';
import { isByModelAlone } from '../understanding/decide.ts';
import { isCommand, type Reading } from '../understanding/intents.ts';
import { type MessageParts, messageParts, ownWordsOnly } from '../understanding/message/message-parts.ts';
import type { OthersKind } from '../understanding/message/pieces.ts';
import { unread } from './reading-thread.ts';
import { longestMessage } from './turn.ts';

/** Where a turn keeps what its message consists of, so that all parts of the bot read the same words. */
const partsKey = Symbol('message parts');

/** The parts of the message of this turn. Whatever reads a message reads these, never the activity's text. */
export function partsOf(context: TurnContext): MessageParts {
  const earlier = context.turnState.get<MessageParts>(partsKey);
  if (earlier) return earlier;
  const parts = messageParts(context.activity);
  context.turnState.set(partsKey, parts);
  return parts;
}

/** Lets the turn go on as if the person had written this sentence: that of a button they pressed. */
export function sayInstead(context: TurnContext, sentence: string): void {
  context.activity.text = sentence;
  context.turnState.set(partsKey, ownWordsOnly(sentence));
}

/**
 * What of a conversation's memory a message may refer to. Beside quoted or forwarded words "it" may mean those; where
 * a name is missing, nothing said before may stand in for it.
 */
export function memoryFor(parts: MessageParts, earlier: ConversationContext): ConversationContext {
  const torn = parts.hasGap || parts.addressedInside;
  if (!torn && parts.others.length === 0) return earlier;
  return torn || earlier.pending === undefined ? { turns: [] } : { turns: [], pending: earlier.pending };
}

/** Why a message cannot be read, in a sentence for the person; null when it can. */
export function unreadable(parts: MessageParts, files: number): string | null {
  const hasWords = /[^\s\uFFFC]/u.test(parts.own);
  switch (parts.problem) {
    case 'contradiction':
      return 'Two forms of your message came in, and they say different things, so I did nothing. Please type it again.';
    case 'unclear-quote':
      return 'Your message came with words of an earlier message, and I cannot tell where yours begin, so I did nothing. Please send yours alone, as a new message.';
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
 * What a person is told instead of an answer, given how their own words read: when a command lacks a part that was
 * taken out, or when nothing was understood and other people's words were left aside. Null when there is no need.
 */
export function askBack(parts: MessageParts, reading: Reading): string | null {
  const acts =
    isCommand(reading.intent) ||
    /^(?:directory\.export|request\.cancel|request\.retry|link\.re(?:new|voke)|hold\.\w+|dsr\.extend)$/u.test(
      reading.intent,
    );
  if (parts.hasGap && (acts || reading.intent === 'none'))
    return 'Part of your message did not reach me: a name, a picture or struck-out words. I did nothing. Please write it again, with the name typed out.';
  const kind = othersIn(parts);
  // Beside somebody else's words, offers that name nothing are guesses at a remark.
  const isAsked = reading.offers?.some(({ slots }) => Object.keys(slots).length > 0) === true;
  const told = reading.whoseWorkspace === true || reading.why === unread.why || isAsked;
  const isRemark = isByModelAlone(reading) && Object.keys(reading.slots).length === 0;
  if (kind === null || (reading.intent !== 'none' && !isRemark) || told) return null;
  return `I read only your own words, “${shortened(parts.own)}”, and did nothing. ${nameOf(kind)} Those are not your words. ${writeIt}`;
}

/** The kind of other people's words that a message holds, the weightiest first. */
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
