import {
  type Clarified,
  removeExpiredUnclear,
  saveUnclear,
  type UnclearMessage,
} from '../database/unclear-message-rows.ts';
import { defaultRetention } from '../domain/retention.ts';
import { withoutSecretsAndLinks } from '../domain/scrub-message.ts';
import { storableValue } from '../domain/storable-text.ts';
import type { RequestServices } from './request-services.ts';

export type { Clarified };

/** True when the settings allow keeping messages. */
export function keepsUnclear(services: RequestServices): boolean {
  return keptMs(services) > 0;
}

function keptMs({ settings }: RequestServices): number {
  return (settings.retention ?? defaultRetention).unclearMs;
}

/**
 * Stores a message that was not understood at first, to improve the language reader; does nothing unless the settings
 * define a retention for it. Secrets, links and addresses are removed, and the sender is not stored.
 */
export async function keepUnclear(services: RequestServices, { text, chosen }: UnclearMessage): Promise<void> {
  if (!keepsUnclear(services)) return;
  const { subject } = chosen.slots as { readonly subject?: unknown };
  const person = typeof subject === 'string' && subject !== 'me' ? subject : null;
  const clean = (said: string) => withoutPeople(withoutSecretsAndLinks(said), person);
  const message = { text: clean(text), chosen: storableValue(chosen, clean) };
  await saveUnclear(services.database.db, message, new Date(services.clock.now() + keptMs(services)));
}

/** Pseudonymizes the text: replaces every address, and the person whom it is about, with made-up ones. */
function withoutPeople(text: string, person: string | null): string {
  const unnamed = person === null ? text : text.replaceAll(person, 'Jo Bloggs');
  return unnamed
    .split(/(\s+)/u)
    .map((word) => (word.includes('@') ? 'jo.bloggs@example.com' : word))
    .join('');
}

/** Deletes expired messages. */
export function forgetUnclear(services: RequestServices): Promise<void> {
  return removeExpiredUnclear(services.database.db, new Date(services.clock.now()));
}
