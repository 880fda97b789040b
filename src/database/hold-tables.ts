import type { Generated } from 'kysely';
import type { HoldState, HoldTarget } from '../domain/legal-hold.ts';
import type { Json, Maybe, MaybeTime, Time } from './column-types.ts';

/** A legal hold, from its preview on. */
interface LegalHoldsTable {
  number: Generated<number>;
  tenantId: string;
  target: Json<HoldTarget>;
  reference: string;
  reason: string;
  state: HoldState;
  inForceFrom: Time;
  inForceUntil: MaybeTime;
  placedBy: string;
  placedByName: string;
  createdAt: Time;
  /** Until when its preview waits for the confirmation. */
  expiresAt: Time;
  placedAt: MaybeTime;
  reviewAt: Time;
  liftedBy: Maybe<string>;
  liftedByName: Maybe<string>;
  liftReason: Maybe<string>;
  /** When it was lifted, declined, or had come to its end. */
  endedAt: MaybeTime;
}

/** The preview of lifting a hold. */
interface HoldLiftsTable {
  number: Generated<number>;
  hold: number;
  askedBy: string;
  reason: string;
  createdAt: Time;
  expiresAt: Time;
  endedAt: MaybeTime;
  outcome: Maybe<'confirmed' | 'declined'>;
}

/** The tables of legal holds. */
export interface HoldTables {
  legalHolds: LegalHoldsTable;
  holdLifts: HoldLiftsTable;
}
