import type { Offer, Reading } from './intents.ts';

const copying =
  /\b(?:back(?:ed)? (?:it |them |that |those |everything )?up|bkup|backup|back-up|export (?:it|them|that|those)|(?:save|keep|make|take|want|need) (?:me )?a (?:copy|backup))\b/iu;
const before = /\b(?:first|beforehand|before that|before you do)\b/iu;
const denied = /\b(?:no|not|without|never|don'?t|already|have|got|did|was|is|were)\b/iu;

/** "Delete churn.csv, but back it up first": an export comes before the deletion. */
export function withBackupFirst(reading: Reading, text: string): Reading {
  const { intent, slots, offers } = reading;
  if (offers !== undefined && copying.test(text) && before.test(text) && !denied.test(text)) {
    return { ...reading, offers: offers.map((offer) => ({ ...offer, ...withCopy(offer) })) };
  }
  if ((intent !== 'delete.assets' && intent !== 'delete.workspace') || slots.then !== undefined) return reading;
  if (!copying.test(text) || !before.test(text) || denied.test(text)) return reading;
  return { ...reading, ...withCopy(reading) };
}

/** A deletion as an export and then the deletion; everything else as it is. */
function withCopy({ intent, slots }: Pick<Offer, 'intent' | 'slots'>): Pick<Offer, 'intent' | 'slots'> {
  if ((intent !== 'delete.assets' && intent !== 'delete.workspace') || slots.then !== undefined)
    return { intent, slots };
  const exporting = intent === 'delete.assets' ? 'export.assets' : 'export.workspace';
  // biome-ignore lint/suspicious/noThenProperty: the word for a second command, and what it holds is data only.
  return { intent: exporting, slots: { ...slots, then: { intent, slots } } };
}
