import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from '../../../src/understanding/message/message-parts.ts';

/** A message as a client of Teams sends it, with what it consists of and what comes of it, both written by hand. */
export interface MessageShape {
  readonly name: string;
  readonly client: string;
  /** What differs from an activity's usual envelope. */
  readonly activity: IncomingMessage & Readonly<Record<string, unknown>>;
  readonly parts: {
    /** Null where nobody can say. */
    readonly own: string | null;
    readonly others: readonly (readonly [kind: string, text: string])[];
    readonly mentions: readonly string[];
    readonly hasGap?: true;
    readonly addressedInside?: true;
    readonly problem?: string;
  };
  /** An intent, `asked-back`, `not-read`, `asked` for anything but a command; null where it does not matter. */
  readonly outcome: string | null;
  readonly slots?: unknown;
  /** What the same person said right before. */
  readonly earlier?: string;
}

const folder = new URL('../../fixtures/messages/', import.meta.url);

/** Who the messages of the corpus were sent to. */
export const recipient = { id: '28:0b1c6b4e-9f7a-4f0c-8a54-2f6f1d1f0a11', name: 'Studio Steward' };

/** All messages of the corpus. */
export function corpus(): MessageShape[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as MessageShape[]);
}
