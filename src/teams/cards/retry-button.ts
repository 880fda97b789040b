import { z } from 'zod';
import { requestId } from '../../domain/request.ts';
import type { RequestReport } from '../../requests/report.ts';

const requestNumber = z.string().regex(/^DSR-\d+$/u);

/** Whether a retry of what failed is offered, and which request is already that retry. */
export const retryShape = z
  .strictObject({ offered: z.boolean(), by: requestNumber.nullable() })
  .default({ offered: false, by: null });

/** The button that retries what failed, or the text that names the request that is the retry. */
export function retryView({ offered, by }: z.output<typeof retryShape>) {
  return {
    canRetry: offered,
    isRetried: by !== null,
    retried: by === null ? '' : `What failed is retried in ${by}, which has its own card.`,
  };
}

/** The earlier request whose failures this preview retries; null in every other preview. */
export const retryOf = requestNumber.nullable().default(null);

/** What the heading of such a preview adds. */
export function retryWords(of: string | null): string {
  return of === null ? '' : ` · retry of what failed in ${of}`;
}

/** Whether the card offers a retry of what failed, or names the request that is the retry. */
export function retryData({ retry: { offered, by } }: RequestReport) {
  return { offered: offered !== null, by: by === null ? null : requestId(by) };
}

/** The earlier request whose failures this one retries. */
export function retryOfData({ request: { ask } }: RequestReport): string | null {
  return ask.retry === undefined ? null : requestId(ask.retry.of);
}
