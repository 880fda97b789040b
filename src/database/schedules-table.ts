import type { Generated } from 'kysely';
import type { RepeatedAsk, ScheduleEnd, ScheduleState } from '../domain/schedule.ts';
import type { Json, Maybe, MaybeTime, Time } from './column-types.ts';

/** An export that repeats. */
export interface SchedulesTable {
  number: Generated<number>;
  tenantId: string;
  objectId: string;
  conversationId: string;
  ask: Json<RepeatedAsk>;
  workspaceName: string;
  /** RFC 5545, with the day from which it counts and the day from which on it no longer applies. */
  rule: string;
  anchor: string;
  timeZone: string;
  until: string | null;
  state: ScheduleState;
  version: number;
  nextDueAt: MaybeTime;
  /** The unfinished request because of which the newest run was left out. */
  skippedFor: Maybe<number>;
  endReason: Maybe<ScheduleEnd>;
  createdAt: Time;
  /** Until when it waits for its confirmation. */
  expiresAt: Time;
  endedAt: MaybeTime;
}
