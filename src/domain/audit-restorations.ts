import type { EntryBody } from './audit-chain.ts';

/** Action of the audit row with which a record goes on after an older backup was restored. */
export const restoredAction = 'record.restored';

/** What a row of the chain says of a restored backup. */
export interface Restoration {
  /** The newest row that an anchor proves. */
  readonly provenTo: number;
  /** The last row before the one that says it. */
  readonly endedAt: number;
  /** The last row that is missing: the newest one that was anchored, or `endedAt` when it comes later. */
  readonly missingTo: number;
  /** When it was said, as ISO 8601, and in which row. */
  readonly on: string;
  readonly under: number;
}

/** The restoration that an entry records; null when it records none. */
export function restorationIn({ action, detail, at, entry }: EntryBody): Restoration | null {
  if (action !== restoredAction || typeof detail !== 'object' || detail === null || Array.isArray(detail)) return null;
  const { provenTo, endedAt, missingTo } = detail as Record<string, unknown>;
  if (![provenTo, endedAt, missingTo].every((number) => Number.isSafeInteger(number))) return null;
  const numbers = { provenTo, endedAt, missingTo } as Pick<Restoration, 'provenTo' | 'endedAt' | 'missingTo'>;
  return { ...numbers, on: at, under: entry };
}
