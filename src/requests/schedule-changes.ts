import type { Connection } from '../database/connection.ts';
import { appendAudit } from '../database/history.ts';
import { lockSchedule, updateSchedule } from '../database/schedule-rows.ts';
import { type Account, samePerson } from '../domain/people.ts';
import type { RequestRecord } from '../domain/request.ts';
import {
  type DueRun,
  decideSchedule,
  type Schedule,
  type ScheduleEvent,
  type ScheduleRefusal,
} from '../domain/schedule.ts';
import type { RequestServices } from './request-services.ts';

/** What an event did to a schedule. */
export type ScheduleChange =
  | { readonly result: 'accepted'; readonly schedule: Schedule; readonly run: DueRun | null }
  | { readonly result: 'refused'; readonly refusal: ScheduleRefusal | 'unknown'; readonly schedule: Schedule | null };

type Services = Pick<RequestServices, 'queue' | 'clock' | 'settings'>;

/**
 * Applies one event to one schedule: its row, the audit row and the job for the next run change in one transaction.
 * Every change of a schedule goes through here. `by` is the acting person; null for the system.
 */
export async function changeSchedule(
  services: Services,
  trx: Connection,
  number: number,
  event: ScheduleEvent,
  by: Account | null,
): Promise<ScheduleChange> {
  const held = await lockSchedule(trx, number);
  // A schedule of another tenant does not exist for this person.
  if (held === null || (by !== null && by.tenantId !== held.owner.tenantId)) {
    return { result: 'refused', refusal: 'unknown', schedule: null };
  }
  // Before anything else is decided, so that nobody is shown a schedule of somebody else, whatever its state.
  if (by !== null && !samePerson(by, held.owner)) return { result: 'refused', refusal: 'not-yours', schedule: null };
  const decision = decideSchedule(held, event);
  if (!decision.accepted) return { result: 'refused', refusal: decision.refusal, schedule: held };
  const at = new Date(services.clock.now());
  const schedule: Schedule = { ...held, ...decision.next };
  await updateSchedule(trx, number, schedule, at);
  await appendAudit(trx, {
    at,
    tenantId: held.owner.tenantId,
    actor: by?.objectId ?? 'system',
    policyVersion: services.settings.policy.version,
    action: `schedule.${event.type}`,
    requestNumber: null,
    workspaceId: held.ask.workspaceId ?? null,
    detail: {
      schedule: number,
      from: held.state,
      to: schedule.state,
      ...(schedule.end === null ? {} : { because: schedule.end }),
      ...(decision.run === null ? {} : { ...decision.run, dueAt: new Date(decision.run.dueAt).toISOString() }),
    },
  });
  if (schedule.nextDueAt !== held.nextDueAt) await enqueueNextRun(services, trx, schedule);
  return { result: 'accepted', schedule, run: decision.run };
}

/** Enqueues the start of a schedule's next run; nothing when there is none. */
export async function enqueueNextRun(
  { queue }: Pick<RequestServices, 'queue'>,
  trx: Connection,
  { number, nextDueAt }: Pick<Schedule, 'number' | 'nextDueAt'>,
  /** Delays it further, in milliseconds. */
  delayMs = 0,
): Promise<void> {
  if (nextDueAt === null) return;
  const startAfter = new Date(nextDueAt + delayMs);
  await queue.enqueue(
    trx,
    'start-run',
    { schedule: number },
    { startAfter, key: `schedule-${number}-${startAfter.getTime()}` },
  );
}

/** Ends the schedule of a run that ended because no later one can succeed either. */
export async function endScheduleWithRun(
  services: Services,
  trx: Connection,
  { ask, refusal }: Pick<RequestRecord, 'ask' | 'refusal'>,
): Promise<void> {
  if (ask.schedule === undefined) return;
  await changeSchedule(services, trx, ask.schedule.of, { type: 'run-ended', refusal: refusal?.reason ?? null }, null);
}
