/** How Steward treats Studio's hosts. All times are in milliseconds. */
export interface HttpSettings {
  /** How long a call may take until its answer is complete (for downloads: until it begins). */
  readonly requestTimeoutMs: number;
  /** How long a body that is being read may bring no byte. There is no limit on the whole of a download. */
  readonly idleTimeoutMs: number;
  /** How often a call that is safe to repeat is repeated. */
  readonly maxRetries: number;
  /** Wait before the first repetition; doubles with each, with jitter. */
  readonly retryDelayMs: number;
  readonly maxRetryDelayMs: number;
  /** So long pauses are waited out, one or several in a row; longer ones end the calls as throttled. */
  readonly maxPauseMs: number;
  /** Calls to one host at a time, over all processes. Lowered while the host throttles. */
  readonly maxConcurrentCalls: number;
  /** How often a download that breaks off is taken up again without any progress in between. */
  readonly maxResumes: number;
  /** So many failures in a row within the window show that a host is down. */
  readonly failuresUntilDown: number;
  readonly failureWindowMs: number;
  /** The pause before the first call that finds out whether a host answers again; doubles with each. */
  readonly probePauseMs: number;
  readonly maxProbePauseMs: number;
  /** How long that call may take. */
  readonly probeTimeoutMs: number;
  /** How long other calls wait for its outcome before they end. */
  readonly maxProbeWaitMs: number;
}

/** Settings that suit the real service: patient, and never more than eight calls at a time to one host. */
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
