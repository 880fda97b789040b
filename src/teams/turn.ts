import type { Reading } from '../understanding/intents.ts';
import type { OtherLanguage } from '../understanding/language.ts';
import type { RenderedCard } from './cards/render.ts';
import type { Actor } from './identity.ts';

/** The turn of one sentence that is being answered. */
export interface Turn {
  readonly actor: Actor;
  readonly reading: Reading;
  /** The sentence as it was written. */
  readonly text: string;
  /** The language of the message where it is another one than English; null after a press. */
  readonly language: OtherLanguage | null;
  /** The message's id in its conversation. */
  readonly activityId: string | null;
  /** Answers with a card in the same conversation. Throws ConnectorError when Teams does not accept it. */
  readonly say: (card: RenderedCard) => Promise<void>;
  /** Shows "typing". Never fails. */
  readonly showTyping: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** Handles one intent: answers, or records a request whose card comes through the outbox. */
export type Answer<Services> = (services: Services, turn: Turn) => Promise<void>;

/** The longest message that is read, in UTF-16 units. */
export const longestMessage = 4_000;
