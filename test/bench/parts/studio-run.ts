import { z } from 'zod';

/** What one measured process is asked to do with the emulator's workspace. */
export const studioJobSchema = z.strictObject({
  /** `export`: Steward's client and archive writer. `serial-loop`: the same files, one call after the other. */
  what: z.enum(['export', 'serial-loop']),
  studio: z.strictObject({ url: z.string(), endpoint: z.string(), workspaceId: z.string(), token: z.string() }),
  storage: z.strictObject({ url: z.string(), accountName: z.string(), accountKey: z.string() }),
});
export type StudioJob = z.infer<typeof studioJobSchema>;
