import type { Generated } from 'kysely';
import type { Deputyship } from '../domain/deputies.ts';
import type { Maybe, MaybeTime, Time } from './column-types.ts';

/** Who decides for whom for a time. */
export interface DeputyshipsTable {
  number: Generated<number>;
  tenantId: string;
  awayId: string;
  deputyId: string;
  namedBy: string;
  admittedBy: Maybe<string>;
  timeZone: string;
  startsAt: Time;
  endsAt: Time;
  createdAt: Time;
  expiresAt: Time;
  outcome: Maybe<NonNullable<Deputyship['outcome']>>;
  endedBecause: Maybe<NonNullable<Deputyship['endedBecause']>>;
  endedAt: MaybeTime;
}
