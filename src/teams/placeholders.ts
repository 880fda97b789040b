import type { Offer, Reading, Slots } from '../understanding/intents.ts';

/**
 * A suggested command that was sent with its “…” still in it has no object: as an incomplete command it is asked for,
 * and the next message completes it. Every other reading is returned as it is.
 */
export function withoutPlaceholders(reading: Reading): Reading {
  const sent = [reading, ...(reading.offers ?? [])].find(hasPlaceholder);
  if (sent === undefined) return reading;
  const { intent, slots } = sent;
  const { assets = [], ...others } = slots;
  const why = 'a suggestion without a name';
  if (intent !== 'export.assets' && intent !== 'delete.assets') {
    return { intent, slots: others as Slots, confidence: 1, why };
  }
  const kind = assets.length === 1 ? assets[0]?.kind : undefined;
  const incomplete = { intent, ...(kind === undefined ? {} : { kind }) };
  return { intent: 'none', slots: {}, confidence: 1, why, incomplete };
}

function hasPlaceholder({ slots: { assets = [] } }: Pick<Offer, 'slots'>): boolean {
  return assets.some(({ name }) => isPlaceholder(name));
}

function isPlaceholder(name: string): boolean {
  return name !== '' && [...name].every((character) => character === '…' || character === '.' || character === ' ');
}
