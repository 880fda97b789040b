import { isRepeatable, type RepeatableAction } from './actions.ts';
import { type Account, samePerson } from './people.ts';
import { nextDue, type Recurrence } from './recurrence-rule.ts';
import type { RefusalReason } from './refusals.ts';
import type { Ask } from './request.ts';

/** All states of a schedule. */
export type ScheduleState = 'awaiting-confirmation' | 'active' | 'ended';

/** Why a schedule has ended. */
export const scheduleEnds = [
  'declined',
  'expired',
  'stopped',
  'until-reached',
  'right-lost',
  'left',
  'nothing-left',
] as const;

export type ScheduleEnd = (typeof scheduleEnds)[number];

/** The part of a schedule that the state machine decides by. */
export interface ScheduleLifecycle extends Recurrence {
  readonly state: ScheduleState;
  /** Incremented with every accepted event: a press with another version comes from an outdated card. */
  readonly version: number;
  readonly owner: Account;
  /** When the next run is due, in milliseconds; null unless it is active. */
  readonly nextDueAt: number | null;
  /** Until when it waits for its confirmation, in milliseconds. */
  readonly expiresAt: number;
  /** The unfinished request because of which the newest run was left out. */
  readonly skippedFor: number | null;
  readonly end: ScheduleEnd | null;
}

/** A schedule: who has what exported, how often, and until when. */
export interface Schedule extends ScheduleLifecycle {
  readonly number: number;
  readonly ask: RepeatedAsk;
  readonly workspaceName: string;
  /** The personal chat in which it was confirmed; the results go there. */
  readonly conversationId: string;
}

/** All events. Those with `by` come from people, the others from the system. */
export type ScheduleEvent =
  | { readonly type: 'confirmed'; readonly by: Account; readonly version: number; readonly at: number }
  | { readonly type: 'declined'; readonly by: Account; readonly version: number }
  /** `version` is null when it was typed rather than pressed. */
  | { readonly type: 'stopped'; readonly by: Account; readonly version: number | null }
  /** `unfinished` is an earlier run that has not ended yet. */
  | { readonly type: 'due'; readonly at: number; readonly unfinished: number | null }
  | { readonly type: 'run-ended'; readonly refusal: RefusalReason | null }
  /** The person is no longer in the tenant, or Teams lists them no more. */
  | { readonly type: 'left' };

/** Why an event does not apply. */
export type ScheduleRefusal = 'not-yours' | 'outdated-card' | 'already-ended' | 'already-confirmed' | 'not-due';

/** What follows from a due date: a run, a run that is left out and said, or one that is left out as said before. */
export interface DueRun {
  readonly kind: 'run' | 'skip' | 'skip-unsaid';
  readonly dueAt: number;
  /** True when it comes noticeably after its time. */
  readonly late: boolean;
  /** Further dates that passed meanwhile; this run stands for them too. */
  readonly missed: number;
}

export type ScheduleDecision =
  | { readonly accepted: true; readonly next: ScheduleLifecycle; readonly run: DueRun | null }
  | { readonly accepted: false; readonly refusal: ScheduleRefusal };

/** A run that begins so long after its time is called late, in milliseconds. */
const lateAfterMs = 15 * 60_000;

/** The most missed dates that are counted. */
const maxMissed = 99;

/** The most active schedules of one person. */
export const maxSchedules = 10;

/** What a schedule repeats: an export of a workspace's data and nothing else. Recurring deletions do not exist. */
export type RepeatedAsk = Ask & { readonly action: RepeatableAction };

/** True for what may be repeated without a press on each run. */
export function mayRepeat(ask: Ask): ask is RepeatedAsk {
  return isRepeatable(ask.action);
}

/**
 * The state machine of a schedule: the only function that decides a change of it.
 *
 * Rules: only the person who asked confirms, and only the version that they were shown; one due date has one run at the
 * most; after a time without a worker there is one run for all the dates that passed; a run that is due while an earlier
 * one has not ended is left out; the next date is always in the future.
 */
export function decideSchedule(now: ScheduleLifecycle, event: ScheduleEvent): ScheduleDecision {
  if (now.state === 'ended') return refuse('already-ended');
  switch (event.type) {
    case 'confirmed':
      return confirm(now, event);
    case 'declined':
      return whenPressed(now, event) ?? accept(ended(now, 'declined'));
    case 'stopped':
      return stop(now, event);
    case 'due':
      return due(now, event);
    case 'run-ended':
      return endWithRun(now, event.refusal);
    case 'left':
      return accept(ended(now, 'left'));
  }
}

function confirm(now: ScheduleLifecycle, event: Extract<ScheduleEvent, { type: 'confirmed' }>): ScheduleDecision {
  const refused = whenPressed(now, event);
  if (refused) return refused;
  if (event.at >= now.expiresAt) return accept(ended(now, 'expired'));
  const nextDueAt = nextDue(now, event.at);
  return accept(nextDueAt === null ? ended(now, 'until-reached') : { ...now, state: 'active', nextDueAt });
}

function stop(now: ScheduleLifecycle, event: Extract<ScheduleEvent, { type: 'stopped' }>): ScheduleDecision {
  if (!samePerson(event.by, now.owner)) return refuse('not-yours');
  // Stopping is harmless, so it is accepted from an outdated card, while the schedule has only advanced by itself.
  if (event.version !== null && event.version > now.version) return refuse('outdated-card');
  return accept(ended(now, now.state === 'active' ? 'stopped' : 'declined'));
}

function due(now: ScheduleLifecycle, { at, unfinished }: Extract<ScheduleEvent, { type: 'due' }>): ScheduleDecision {
  const { nextDueAt: dueAt } = now;
  if (now.state !== 'active' || dueAt === null || dueAt > at) return refuse('not-due');
  let missed = 0;
  for (let passed = nextDue(now, dueAt); passed !== null && passed <= at && missed < maxMissed; missed += 1) {
    passed = nextDue(now, passed);
  }
  const kind = unfinished === null ? 'run' : unfinished === now.skippedFor ? 'skip-unsaid' : 'skip';
  const later = nextDue(now, at);
  const next = later === null ? ended(now, 'until-reached') : { ...now, nextDueAt: later };
  return accept({ ...next, skippedFor: unfinished }, { kind, dueAt, late: at - dueAt >= lateAfterMs, missed });
}

/** Refusals after which no later run can succeed: the person is no longer a member, or the workspace is gone. */
const lostRights: ReadonlySet<RefusalReason> = new Set([
  'not-a-member',
  'owner-only',
  'no-longer-allowed',
  'no-workspace',
  'unknown-workspace',
]);

function endWithRun(now: ScheduleLifecycle, refusal: RefusalReason | null): ScheduleDecision {
  if (refusal !== null && lostRights.has(refusal)) return accept(ended(now, 'right-lost'));
  return refusal === 'unknown-asset' ? accept(ended(now, 'nothing-left')) : refuse('not-due');
}

function ended(now: ScheduleLifecycle, end: ScheduleEnd): ScheduleLifecycle {
  return { ...now, state: 'ended', nextDueAt: null, end };
}

/** The preconditions of a press on a schedule that waits for its confirmation; null when they hold. */
function whenPressed(
  now: ScheduleLifecycle,
  event: { readonly by: Account; readonly version: number },
): ScheduleDecision | null {
  if (!samePerson(event.by, now.owner)) return refuse('not-yours');
  if (now.state === 'active') return refuse('already-confirmed');
  return event.version === now.version ? null : refuse('outdated-card');
}

function accept(next: ScheduleLifecycle, run: DueRun | null = null): ScheduleDecision {
  return { accepted: true, next: { ...next, version: next.version + 1 }, run };
}

function refuse(refusal: ScheduleRefusal): ScheduleDecision {
  return { accepted: false, refusal };
}
