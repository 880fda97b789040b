import { z } from 'zod';
import { moment } from './shapes.ts';

/** A service that does not answer, or answers with failures of its own only, on the card of a request that waits for it; null when all is well. */
export const outageShape = z
  .strictObject({
    service: z.string(),
    since: moment,
    /** When it is tried again at the latest. */
    retryAt: moment,
  })
  .nullable()
  .default(null);

type Outage = z.output<typeof outageShape>;

/** What the person should know while the service is away, in their own time of day; empty when all is well. */
export function outageWords(outage: Outage, stopTitle: string | null): string {
  if (outage === null) return '';
  const stop = stopTitle === null ? '' : ` If you would rather not wait, press ${stopTitle}.`;
  return `${outage.service} has not worked since ${timeWords(outage.since)}. Nothing is lost: I try again by ${timeWords(nextMinute(outage.retryAt))} and go on by myself when it is back.${stop}`;
}

/** For a summary. */
export function outageSummary(outage: Outage): string {
  return outage === null ? '' : ` ${outage.service} does not work; I go on when it is back.`;
}

/** So that "by 14:04" is never over before it is tried. */
function nextMinute(at: Date): Date {
  return new Date(Math.ceil(at.getTime() / 60_000) * 60_000);
}

function timeWords(at: Date): string {
  return `{{TIME(${at.toISOString().slice(0, 19)}Z)}}`;
}
