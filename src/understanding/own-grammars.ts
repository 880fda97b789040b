import { addressReading } from './address-phrases.ts';
import { deputyReading } from './deputy-phrases.ts';
import type { Reading } from './intents.ts';
import { recordReading } from './record-phrases.ts';

/** The reading of a message that a grammar of its own explains as a whole; null for every other. */
export function ownGrammarReading(text: string): Reading | null {
  return addressReading(text) ?? deputyReading(text) ?? recordReading(text);
}
