import type { Reading } from '../understanding/intents.ts';
import type { RenderedCard } from './cards/render.ts';
import type { Actor } from './identity.ts';

/** One sentence of a person that is being answered. */
export interface Turn {
  readonly actor: Actor;
  readonly reading: Reading;
  /** The sentence as it was written. */
  readonly text: string;
  /** The message's id in its conversation. */
  readonly activityId: string | null;
  /** Answers with a card in the same conversation. Throws ConnectorError when Teams does not take it. */
  readonly say: (card: RenderedCard) => Promise<void>;
  /** Shows that an answer is on its way. Never fails. */
  readonly showTyping: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** Carries out one intent: answers, or records a request whose card follows by itself. */
export type Answer<Services> = (services: Services, turn: Turn) => Promise<void>;

/** The rough limit of what a message may say, in UTF-16 units; longer ones are not read. */
export const longestMessage = 4_000;
