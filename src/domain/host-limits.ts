import { z } from 'zod';

const moment = z.number();

/**
 * The state of a host's concurrency limiter and circuit breaker, shared by all processes of one Steward. Times are in
 * milliseconds since 1970 UTC, by the clock of the process that wrote them.
 */
export const hostLimits = z.object({
  /** Concurrent calls, over all processes. */
  limit: z.number(),
  /** No calls before this time, because the host sent Retry-After. */
  pausedUntil: moment,
  /** Consecutive rate-limited answers. */
  refusals: z.number(),
  /** Since when every answer is rate limited; null when the host answers normally. */
  refusedSince: moment.nullable(),
  /** Set while the circuit breaker is open, because the host does not answer. */
  outage: z
    .object({
      since: moment,
      /** From this time on one probe call is allowed (half-open state). */
      nextProbeAt: moment,
      failedProbes: z.number(),
      /** The process whose probe is in flight; null when there is none. */
      probe: z.string().nullable(),
    })
    .nullable(),
  /** When each process last called the host. */
  callers: z.record(z.string(), moment),
});

export type HostLimits = z.infer<typeof hostLimits>;

/** An observation about a host as a state change. A pure function; it may be applied more than once. */
export type LimitChange = (known: HostLimits | null) => HostLimits;

/** The store in which processes share the limits of hosts. */
export interface SharedLimits {
  /** The name of this process among the callers. */
  readonly caller: string;
  /**
   * Applies a change to the shared limits of a host atomically, and returns the new limits. Rejects soon when the store
   * cannot be reached; the change was then not made, or is lost.
   */
  update(host: string, change: LimitChange): Promise<HostLimits>;
}
