import { z } from 'zod';
import { prose } from './literal.ts';

/** Set on the card of a run of a schedule. */
export const scheduledRun = z
  .strictObject({
    /** "Monthly export". */
    name: z.string(),
    /** When it was due where it is late, and how the schedule goes on; null when there is nothing to say. */
    note: z.string().nullable(),
    /** True when it was left out because the run before it had not ended. */
    isLeftOut: z.boolean().default(false),
  })
  .nullable()
  .default(null);

/** The note about the schedule as the template shows it. */
export function scheduledView(run: z.output<typeof scheduledRun>) {
  return { hasSchedule: run !== null && run.note !== null, scheduleNote: prose(run?.note ?? '') };
}
