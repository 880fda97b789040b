import { isDeepStrictEqual } from 'node:util';
import type { Connection } from '../database/connection.ts';
import { appendAudit } from '../database/history.ts';
import { lockOpenRequests } from '../database/request-rows.ts';
import { insertSchedule, newestRun, readSchedule, schedulesOf } from '../database/schedule-rows.ts';
import { storedJson } from '../database/storable.ts';
import type { Person } from '../domain/people.ts';
import { anchorOf } from '../domain/recurrence-rule.ts';
import { type RequestState, requestId } from '../domain/request.ts';
import { maxSchedules, type RepeatedAsk, type Schedule, type ScheduleEvent } from '../domain/schedule.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { changeSchedule, type ScheduleChange } from './schedule-changes.ts';

/** What a person wants to repeat, and how often. */
export interface ScheduleWish {
  readonly ask: RepeatedAsk;
  readonly workspaceName: string;
  /** A rule that `parseRule` accepts. */
  readonly rule: string;
  /** The first day on which it may run, ISO 8601; null for the next date. */
  readonly from: string | null;
  readonly until: string | null;
  readonly timeZone: string;
  readonly conversationId: string;
}

/** Records a schedule that waits for its confirmation. Until then nothing runs. */
export async function proposeSchedule(
  services: RequestServices,
  person: Person,
  wish: ScheduleWish,
): Promise<Schedule> {
  const now = services.clock.now();
  return inTransaction(services, async (trx) => {
    await withdrawProposals(services, trx, person, wish);
    const schedule = await insertSchedule(trx, {
      tenantId: person.tenantId,
      objectId: person.objectId,
      conversationId: wish.conversationId,
      ask: storedJson(wish.ask),
      workspaceName: wish.workspaceName,
      rule: wish.rule,
      anchor: anchorOf(wish.rule, wish.timeZone, now, wish.from),
      timeZone: wish.timeZone,
      until: wish.until,
      state: 'awaiting-confirmation',
      version: 1,
      createdAt: new Date(now),
      expiresAt: new Date(now + services.settings.waitsForPeopleMs),
    });
    await appendAudit(trx, {
      at: new Date(now),
      tenantId: person.tenantId,
      actor: person.objectId,
      policyVersion: services.settings.policy.version,
      action: 'schedule.asked',
      requestNumber: null,
      workspaceId: wish.ask.workspaceId ?? null,
      detail: { schedule: schedule.number, target: wish.ask.target, data: wish.ask.data, rule: wish.rule },
    });
    return schedule;
  });
}

/** "Nah, make it weekly": a new proposal for the same data withdraws the one whose card is still open. */
async function withdrawProposals(
  services: RequestServices,
  trx: Connection,
  person: Person,
  { ask }: ScheduleWish,
): Promise<void> {
  const waiting = await schedulesOf(trx, person, 'awaiting-confirmation', mostWaiting);
  for (const { number, version, ask: earlier } of waiting) {
    if (!isDeepStrictEqual(earlier, JSON.parse(storedJson(ask)))) continue;
    await changeSchedule(services, trx, number, { type: 'declined', by: person, version }, person);
  }
}

/** Most proposals that are compared; they expire by themselves. */
const mostWaiting = 50;

/** What a button about a schedule chooses. */
export type ScheduleChoice = 'confirm' | 'decline' | 'stop';

/** The result of a press, or of a typed stop; `too-many` when the person has as many schedules as one can have. */
export type ScheduleOutcome =
  | ScheduleChange
  | { readonly result: 'refused'; readonly refusal: 'too-many'; readonly schedule: Schedule | null };

/**
 * Carries out a press about a schedule. The person comes from the authenticated activity, everything else from the
 * database. `version` is null when it was typed.
 */
export async function pressSchedule(
  services: RequestServices,
  person: Person,
  number: number,
  version: number | null,
  choice: ScheduleChoice,
): Promise<ScheduleOutcome> {
  return inTransaction(services, async (trx): Promise<ScheduleOutcome> => {
    const event = eventOf(choice, person, version, services.clock.now());
    if (event.type === 'confirmed') {
      // One transaction at a time counts or adds a person's schedules, so that two presses cannot both pass.
      await lockOpenRequests(trx, person);
      const schedule = await readSchedule(trx, number);
      const active = await schedulesOf(trx, person, 'active', maxSchedules);
      if (schedule?.state === 'awaiting-confirmation' && active.length >= maxSchedules) {
        return { result: 'refused', refusal: 'too-many', schedule };
      }
    }
    return changeSchedule(services, trx, number, event, person);
  });
}

function eventOf(choice: ScheduleChoice, by: Person, version: number | null, at: number): ScheduleEvent {
  switch (choice) {
    case 'confirm':
      return { type: 'confirmed', by, version: version ?? 0, at };
    case 'decline':
      return { type: 'declined', by, version: version ?? 0 };
    case 'stop':
      return { type: 'stopped', by, version };
  }
}

/** A schedule with its newest run. */
export interface ListedSchedule {
  readonly schedule: Schedule;
  readonly run: { readonly request: string; readonly state: RequestState } | null;
}

/** The id of a run of the schedule that has not ended, which goes on when the schedule is stopped; null when none. */
export async function runUnderWay(services: RequestServices, schedule: number): Promise<string | null> {
  const run = await newestRun(services.database.db, schedule, 'unfinished');
  return run === null ? null : requestId(run.number);
}

/** Recurring exports that were proposed to a person, and wait for the press that sets them up. */
export async function proposedSchedules(services: RequestServices, person: Person): Promise<readonly Schedule[]> {
  const waiting = await schedulesOf(services.database.db, person, 'awaiting-confirmation', mostWaiting);
  return waiting.filter(({ expiresAt }) => expiresAt === null || expiresAt > services.clock.now());
}

/** A person's active schedules, oldest first. */
export async function activeSchedules(services: RequestServices, person: Person): Promise<ListedSchedule[]> {
  const { db } = services.database;
  const listed: ListedSchedule[] = [];
  for (const schedule of await schedulesOf(db, person, 'active', maxSchedules)) {
    const run = await newestRun(db, schedule.number);
    listed.push({ schedule, run: run === null ? null : { request: requestId(run.number), state: run.state } });
  }
  return listed;
}
