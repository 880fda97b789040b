import { addressReading } from './address-phrases.ts';
import { deputyReading } from './deputy-phrases.ts';
import type { Reading } from './intents.ts';

/** The reading of a sentence that a grammar of its own explains word by word; null for every other one. Pure. */
export function exactCommand(text: string): Reading | null {
  return addressReading(text) ?? deputyReading(text);
}
