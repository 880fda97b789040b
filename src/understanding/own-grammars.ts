import { withAddresses } from './address-phrases.ts';
import { deputyReading } from './deputy-phrases.ts';
import { holdReading, withMeantHold } from './hold-commands.ts';
import type { Reading } from './intents.ts';
import { recordReading } from './record-phrases.ts';

/**
 * The reading of a message that a grammar of its own may explain as a whole; `whole` reads every other one, and `read` a
 * part of it.
 */
export function withOwnGrammars(text: string, read: (part: string) => Reading, whole: () => Reading): Reading {
  return withAddresses(text, read, () =>
    withMeantHold(deputyReading(text) ?? holdReading(text) ?? recordReading(text) ?? whole(), text),
  );
}
