import { z } from 'zod';

const requestNumber = z.string().regex(/^DSR-\d+$/u);

/** Whether what failed can be tried again, and which request does that already. */
export const retryShape = z
  .strictObject({ offered: z.boolean(), by: requestNumber.nullable() })
  .default({ offered: false, by: null });

/** The button that tries again what failed, or the words that name the request that does. */
export function retryView({ offered, by }: z.output<typeof retryShape>) {
  return {
    canRetry: offered,
    isRetried: by !== null,
    retried: by === null ? '' : `What failed is tried again as ${by}. Its card is a message of its own.`,
  };
}

/** The earlier request of which a preview takes up what failed; null in every other preview. */
export const retryOf = requestNumber.nullable().default(null);

/** What the head line of such a preview adds. */
export function retryWords(of: string | null): string {
  return of === null ? '' : ` · once more what failed in ${of}`;
}
