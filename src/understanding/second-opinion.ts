import type { Reading } from './intents.ts';

/** The part of a message that a second reader, the language model, gets. */
export interface ReadMessage {
  /** The speaker's own words. */
  readonly text: string;
  /** False when somebody is mentioned or words are missing; such a text is not sent to the second reader. */
  readonly isWhole: boolean;
  /** The reading of the embedded reader. */
  readonly reading: Reading;
  /** The speaker and the conversation, to find earlier messages of the same person. */
  readonly personId: string;
  readonly conversationId: string;
}

/** The reading after the second opinion. */
export interface FinalReading {
  readonly reading: Reading;
  /**
   * True when it is destructive and the language model contributed to it: the bot asks in words before it shows the
   * preview.
   */
  readonly askFirst: boolean;
}

/**
 * Asks a second reader about a message that the embedded one is unsure of. `turn` is the chat library's own object for
 * the message. Never rejects: without an answer it resolves to the embedded reading.
 */
export type SecondOpinion = (turn: object, message: ReadMessage) => Promise<FinalReading>;
