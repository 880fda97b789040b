import { z } from 'zod';

/** What one measured process is asked to do. */
export const jobSchema = z.strictObject({
  /**
   * `plain-copy`: the client library's own `uploadStream`, an asset a blob. `block-copy`: our block upload without
   * a zip. `serial-loop`: each asset read after the other and nothing else, as one would script it.
   */
  what: z.enum(['plain-copy', 'block-copy', 'serial-loop', 'export']),
  source: z.string(),
  kind: z.enum(['packed', 'table']),
  assets: z.int().positive(),
  assetBytes: z.int().positive(),
  latencyMs: z.number(),
  storage: z.strictObject({ url: z.string(), accountName: z.string(), accountKey: z.string() }),
});
export type Job = z.infer<typeof jobSchema>;

/** What it measured of itself. */
export const resultSchema = z.strictObject({
  seconds: z.number(),
  /** User and system time of the working process alone, without starting it. */
  cpuSeconds: z.number(),
  /** The most memory that was resident at any moment. */
  peakBytes: z.number(),
  writtenBytes: z.number(),
});
export type Result = z.infer<typeof resultSchema>;
