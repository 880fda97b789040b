import { z } from 'zod';

/** What one measured process does: asks for something in one workspace, and carries it out when told to. */
export const requestJobSchema = z.strictObject({
  /** Lists one kind and nothing else, or makes a preview, or deletes what the preview shows. */
  what: z.enum(['list', 'preview', 'delete']),
  /** Where the workspace is served. */
  studio: z.string(),
  workspaceId: z.string(),
  /** The kind that is listed or deleted; a preview without one is of an export of the whole workspace. */
  kind: z.enum(['dataset', 'experiment', 'model']).nullable(),
  database: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('embedded'), folder: z.string() }),
    z.strictObject({ kind: z.literal('postgres'), url: z.string(), maxConnections: z.int() }),
  ]),
});
export type RequestJob = z.infer<typeof requestJobSchema>;

/** What it measured of itself. */
export const requestResultSchema = z.strictObject({
  seconds: z.number(),
  cpuSeconds: z.number(),
  /** The most memory that was resident at any moment, garbage and all. */
  peakBytes: z.number(),
  /** The most that was alive, above the start, when a list was complete: on the heap and outside of it. */
  liveBytes: z.number(),
  assets: z.int(),
});
export type RequestResult = z.infer<typeof requestResultSchema>;
