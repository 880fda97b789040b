import { type Clarified, keepsUnclear, keepUnclear } from '../requests/unclear-messages.ts';
import type { Reading } from '../understanding/intents.ts';
import type { Actor } from './identity.ts';
import { offersOf } from './offers.ts';
import type { TeamsServices } from './teams-services.ts';

/** Other words count for the same wish when they come within this time, in milliseconds. */
const rephrasedMs = 120_000;
/** A button for so long. */
const tappedMs = 3_600_000;
/** People whose last message was unclear and who are waited for; in memory only, since nobody is owed this. */
const mostWaiting = 1_000;

interface Waiting {
  readonly text: string;
  readonly at: number;
}

/** Learns what messages meant that were not understood at once: from the button pressed next, or the words written next. */
export class UnclearMessages {
  readonly #services: TeamsServices;
  readonly #waiting = new Map<string, Waiting>();

  constructor(services: TeamsServices) {
    this.#services = services;
  }

  /** A message was read: an unclear one is waited for, a clear one tells what the unclear one before it meant. */
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

  /** A button told what the message meant. */
  async tapped(actor: Actor, reading: Pick<Reading, 'intent' | 'slots'>): Promise<void> {
    const before = this.#waiting.get(keyOf(actor));
    this.#waiting.delete(keyOf(actor));
    if (before !== undefined) await this.#keep(before, tappedMs, 'button', reading);
  }

  /** Never rejects: nobody's answer depends on it. */
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
      log.error('an unclear message could not be kept', error),
    );
  }
}

function keyOf({ person, conversation }: Actor): string {
  return JSON.stringify([person.tenantId, person.objectId, conversation.id]);
}
