import { z } from 'zod';

const moment = z.number();

/**
 * How fast a host may be called and whether it answers, as all processes of one Steward know it together. Moments are
 * in milliseconds since 1970 UTC, by the clock of whoever wrote them.
 */
export const hostLimits = z.object({
  /** Calls at a time, over all processes. */
  limit: z.number(),
  /** Nobody calls before this moment, because the host asked for a pause. */
  pausedUntil: moment,
  /** How often in a row the host has asked to slow down. */
  refusals: z.number(),
  /** Since when it has done nothing else; null when it does its work. */
  refusedSince: moment.nullable(),
  /** Set while the host does not answer. */
  outage: z
    .object({
      since: moment,
      /** From this moment on one call may find out whether it answers again. */
      nextProbeAt: moment,
      failedProbes: z.number(),
      /** Who is finding out now; null when nobody is. */
      probe: z.string().nullable(),
    })
    .nullable(),
  /** When each process last had to do with the host. */
  callers: z.record(z.string(), moment),
});

export type HostLimits = z.infer<typeof hostLimits>;

/** What somebody learned about a host, as a change of what is known. Pure; may be applied more than once. */
export type LimitChange = (known: HostLimits | null) => HostLimits;

/** Where processes share what they learn about hosts. */
export interface SharedLimits {
  /** The name of this process among the callers. */
  readonly caller: string;
  /**
   * Applies a change to what everybody knows of a host, in one step, and gives what is known then. Rejects soon when
   * the place cannot be reached; the change has then not been made, or is lost.
   */
  update(host: string, change: LimitChange): Promise<HostLimits>;
}
