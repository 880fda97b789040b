import { z } from 'zod';
import { moment } from './shapes.ts';

/** A service that does not answer, or answers only with its own failures, while a request waits for it; null without an outage. */
export const outageShape = z
  .strictObject({
    service: z.string(),
    since: moment,
    /** The latest time of the next retry. */
    retryAt: moment,
  })
  .nullable()
  .default(null);

type Outage = z.output<typeof outageShape>;

/** What the person should know during an outage, with times in their own time zone; empty without an outage. */
export function outageWords(outage: Outage, stopTitle: string | null): string {
  if (outage === null) return '';
  const stop = stopTitle === null ? '' : ` If you do not want to wait, press ${stopTitle}.`;
  const retryTime = timeWords(nextMinute(outage.retryAt));
  return `${outage.service} has not worked since ${timeWords(outage.since)}. Nothing is lost: I try again by ${retryTime} and continue by myself when it is back.${stop}`;
}

/** For a summary. */
export function outageSummary(outage: Outage): string {
  return outage === null ? '' : ` ${outage.service} is not working; I will continue when it is back.`;
}

/** Rounds up to the next minute, so that "by 14:04" has not passed before the retry. */
function nextMinute(at: Date): Date {
  return new Date(Math.ceil(at.getTime() / 60_000) * 60_000);
}

function timeWords(at: Date): string {
  return `{{TIME(${at.toISOString().slice(0, 19)}Z)}}`;
}
