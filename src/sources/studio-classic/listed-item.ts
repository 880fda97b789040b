import { z } from 'zod';

/** Keeps the whole payload of an item (`all`) in addition to the fields that Steward reads (`read`). */
export function withAllFields<Schema extends z.ZodType>(schema: Schema) {
  return z.unknown().transform((all, context) => {
    const read = schema.safeParse(all);
    if (read.success) return { read: read.data as z.output<Schema>, all };
    for (const issue of read.error.issues)
      context.addIssue({ code: 'custom', message: issue.message, path: issue.path });
    return z.NEVER;
  });
}
