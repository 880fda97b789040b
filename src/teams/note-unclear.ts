import { type Clarified, keepsUnclear, keepUnclear } from '../requests/unclear-messages.ts';
import type { Reading } from '../understanding/intents.ts';
import type { Actor } from './identity.ts';
import { offersOf } from './offers.ts';
import type { TeamsServices } from './teams-services.ts';

/** New words within this time, in milliseconds, count as a rephrasing of the unclear message. */
const rephrasedMs = 120_000;
/** A pressed button counts for this time, in milliseconds. */
const tappedMs = 3_600_000;
/** The most unclear messages that wait for clarification; in memory only, since losing them does no harm. */
const mostWaiting = 1_000;

interface Waiting {
  readonly text: string;
  readonly at: number;
}

/** Records what unclear messages meant: by the button pressed next, or the words written next. */
export class UnclearMessages {
  readonly #services: TeamsServices;
  readonly #waiting = new Map<string, Waiting>();

  constructor(services: TeamsServices) {
    this.#services = services;
  }

  /** Called for each message: an unclear one is kept for clarification, a clear one clarifies the one before it. */
  async read(actor: Actor, text: string, reading: Reading): Promise<void> {
    if (!keepsUnclear(this.#services)) return;
    const key = keyOf(actor);
    const before = this.#waiting.get(key);
    this.#waiting.delete(key);
    const isUnclear = reading.intent === 'none' || offersOf(reading).length > 0;
    if (!isUnclear) {
      if (before !== undefined) await this.#keep(before, rephrasedMs, 'other-words', reading, text);
      return;
    }
    this.#waiting.set(key, { text, at: this.#services.clock.now() });
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > mostWaiting && oldest !== undefined) this.#waiting.delete(oldest);
  }

  /** Called when a button clarified the message. */
  async tapped(actor: Actor, reading: Pick<Reading, 'intent' | 'slots'>): Promise<void> {
    const before = this.#waiting.get(keyOf(actor));
    this.#waiting.delete(keyOf(actor));
    if (before !== undefined) await this.#keep(before, tappedMs, 'button', reading);
  }

  /** Never rejects: no answer depends on it. */
  async #keep(
    { text, at }: Waiting,
    withinMs: number,
    by: Clarified,
    { intent, slots }: Pick<Reading, 'intent' | 'slots'>,
    said?: string,
  ): Promise<void> {
    const { clock, log } = this.#services;
    if (clock.now() - at > withinMs || clock.now() < at) return;
    const chosen = { by, intent, slots, ...(said === undefined ? {} : { said }) };
    await keepUnclear(this.#services, { text, chosen }).catch((error: unknown) =>
      log.error('could not store an unclear message', error),
    );
  }
}

function keyOf({ person, conversation }: Actor): string {
  return JSON.stringify([person.tenantId, person.objectId, conversation.id]);
}
