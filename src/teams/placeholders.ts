import type { Reading, Slots } from '../understanding/intents.ts';

/**
 * A suggested command that was sent with its “…” still in it has no object: as an incomplete command it is asked for,
 * and the next message completes it. Every other reading is returned as it is.
 */
export function withoutPlaceholders(reading: Reading): Reading {
  const { intent, slots } = reading;
  const { assets, ...others } = slots;
  if (assets === undefined || !assets.some(({ name }) => isPlaceholder(name))) return reading;
  if (intent !== 'export.assets' && intent !== 'delete.assets') return { ...reading, slots: others as Slots };
  const kind = assets.length === 1 ? assets[0]?.kind : undefined;
  const incomplete = { intent, ...(kind === undefined ? {} : { kind }) };
  return { intent: 'none', slots: {}, confidence: 1, why: 'a suggestion without a name', incomplete };
}

function isPlaceholder(name: string): boolean {
  return name !== '' && [...name].every((character) => character === '…' || character === '.' || character === ' ');
}
