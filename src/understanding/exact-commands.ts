import { addressReading } from './address-phrases.ts';
import { holdReading } from './hold-commands.ts';
import type { Reading } from './intents.ts';

/** The reading of a sentence that a grammar of its own explains; null for every other one. Pure. */
export function exactCommand(text: string): Reading | null {
  return addressReading(text) ?? holdReading(text);
}
