/** Time-outs, retries, limits and circuit breaker for Studio's hosts. All times are in milliseconds. */
export interface HttpSettings {
  /** Time-out of a call until its response is complete (for downloads: until it begins). */
  readonly requestTimeoutMs: number;
  /** Idle time-out of a body: how long no byte may arrive. The whole of a download has no time limit. */
  readonly idleTimeoutMs: number;
  /** How often a call that is safe to repeat is retried. */
  readonly maxRetries: number;
  /** Wait before the first retry; doubles with each, with jitter (exponential backoff). */
  readonly retryDelayMs: number;
  readonly maxRetryDelayMs: number;
  /** Longest pause that a call waits out, for one pause or several in a row; beyond it, calls fail as throttled. */
  readonly maxPauseMs: number;
  /** Concurrent calls to one host, over all processes. Lowered while the host throttles. */
  readonly maxConcurrentCalls: number;
  /** How often a download that breaks off is resumed without any progress in between. */
  readonly maxResumes: number;
  /** Consecutive failures within `failureWindowMs` after which a host counts as down. */
  readonly failuresUntilDown: number;
  readonly failureWindowMs: number;
  /** Wait before the first probe of a host that is down; doubles with each failed probe. */
  readonly probePauseMs: number;
  readonly maxProbePauseMs: number;
  /** Time-out of a probe. */
  readonly probeTimeoutMs: number;
  /** How long other calls wait for the result of a probe before they fail. */
  readonly maxProbeWaitMs: number;
}

/** Settings for the real service: long time-outs, and at most eight concurrent calls to one host. */
export const defaultHttpSettings: HttpSettings = {
  requestTimeoutMs: 100_000,
  idleTimeoutMs: 60_000,
  maxRetries: 4,
  retryDelayMs: 800,
  maxRetryDelayMs: 30_000,
  maxPauseMs: 120_000,
  maxConcurrentCalls: 8,
  maxResumes: 5,
  failuresUntilDown: 5,
  failureWindowMs: 10 * 60_000,
  probePauseMs: 15_000,
  maxProbePauseMs: 60_000,
  probeTimeoutMs: 10_000,
  maxProbeWaitMs: 3_000,
};
