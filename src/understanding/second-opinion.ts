import type { Reading } from './intents.ts';

/** A message as far as a second reader is told of it. */
export interface ReadMessage {
  /** The speaker's own words. */
  readonly text: string;
  /** False when somebody is mentioned, or words are missing: such a text is read by nobody else. */
  readonly isWhole: boolean;
  /** What the embedded reader made of it. */
  readonly reading: Reading;
  /** Who said it and where, to find what the same person said there before. */
  readonly personId: string;
  readonly conversationId: string;
}

/** A reading to go on with. */
export interface SettledReading {
  readonly reading: Reading;
  /** True when it is destructive and a model had a part in it: the person is asked in words before the preview. */
  readonly askFirst: boolean;
}

/**
 * Asks a second reader about a message that the embedded one is unsure of. `turn` is the chat library's own object for
 * the message. Never rejects: without an answer the embedded reading stands.
 */
export type SecondOpinion = (turn: object, message: ReadMessage) => Promise<SettledReading>;
