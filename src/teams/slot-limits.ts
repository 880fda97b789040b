import type { SelectionLimits } from '../domain/asset-selection.ts';
import type { Slots } from '../understanding/intents.ts';

/** The limits of a selection that the message states. */
export function limitsOf(slots: Slots): SelectionLimits {
  const { kind, filter, dates, size, pick, unused, owner, exceptOwner, status, exceptKinds } = slots;
  const limits = { kind, filter, ...dates, size, pick, unused, owner, exceptOwner, status, exceptKinds };
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined)) as SelectionLimits;
}
