import type { Connection } from '../database/connection.ts';
import { lockOpenRequests } from '../database/request-rows.ts';
import { dueSchedules, newestRun, readSchedule } from '../database/schedule-rows.ts';
import { storedJson } from '../database/storable.ts';
import type { Person } from '../domain/people.ts';
import { requestId } from '../domain/request.ts';
import type { DueRun, Schedule } from '../domain/schedule.ts';
import { createRequestIn } from './create.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { changeSchedule, enqueueNextRun } from './schedule-changes.ts';
import { transitionIn } from './transition.ts';

/** How long after its time a job that came early is tried again, in milliseconds. */
const earlyDelayMs = 60_000;

/** The schedule when a run of it is due; null otherwise. A job that came early is enqueued again. */
export async function dueSchedule(services: RequestServices, number: number): Promise<Schedule | null> {
  const schedule = await readSchedule(services.database.db, number);
  if (schedule === null || schedule.nextDueAt === null) return null;
  if (schedule.nextDueAt <= services.clock.now()) return schedule;
  // The queue uses the database's clock, which may be ahead of this one.
  await inTransaction(services, (trx) => enqueueNextRun(services, trx, schedule, earlyDelayMs));
  return null;
}

/**
 * Takes the due date of a schedule: moves it on and creates the request of that run, in one transaction, so that a date
 * has one run however many processes try. The run is a request like any other, with its own preparation and check of the
 * rights that the person, as Teams lists them now, has at that time. A run that would overlap an earlier one becomes a
 * request that is refused at once, which tells the person. Returns the request's number; null when there is none.
 */
export async function startRun(services: RequestServices, number: number, person: Person): Promise<number | null> {
  return inTransaction(services, async (trx) => {
    await lockOpenRequests(trx, person);
    const open = await newestRun(trx, number, 'unfinished');
    const event = { type: 'due', at: services.clock.now(), unfinished: open?.number ?? null } as const;
    const change = await changeSchedule(services, trx, number, event, null);
    if (change.result === 'refused' || change.run === null || change.run.kind === 'skip-unsaid') return null;
    const { run, schedule } = change;
    const request = await createRun(services, trx, person, schedule, run);
    if (run.kind === 'skip') {
      const refusal = { reason: 'earlier-run-unfinished', name: requestId(open?.number ?? 0) } as const;
      const { version } = request;
      await transitionIn(
        services,
        trx,
        request.number,
        { type: 'refused', version },
        { change: { refusal: storedJson(refusal) }, detail: { because: refusal.reason } },
      );
    }
    return request.number;
  });
}

function createRun(
  services: RequestServices,
  trx: Connection,
  person: Person,
  { number, ask, rule, timeZone, conversationId }: Schedule,
  { dueAt, late, missed }: DueRun,
) {
  const scheduled = {
    of: number,
    rule,
    timeZone,
    dueAt: new Date(dueAt).toISOString(),
    ...(late ? { late } : {}),
    ...(missed > 0 ? { missed } : {}),
  };
  const origin = { conversationId, kind: 'personal', activityId: null } as const;
  return createRequestIn(services, trx, person, origin, { ...ask, schedule: scheduled });
}

/** Ends the schedule of a person whom Teams no longer lists; null when it had ended before. */
export async function endForLeaver(services: RequestServices, number: number): Promise<Schedule | null> {
  const change = await inTransaction(services, (trx) => changeSchedule(services, trx, number, { type: 'left' }, null));
  return change.result === 'accepted' ? change.schedule : null;
}

/** The most schedules whose runs are enqueued by one sweep. */
const maxPerSweep = 1_000;

/** Enqueues every run that is due, since a crash or a long time without a worker may have lost its job. */
export async function resumeSchedules(services: RequestServices): Promise<void> {
  const due = await dueSchedules(services.database.db, new Date(services.clock.now()), maxPerSweep);
  await inTransaction(services, async (trx) => {
    for (const schedule of due) {
      await services.queue.enqueue(trx, 'start-run', { schedule }, { key: `schedule-${schedule}-now` });
    }
  });
}
