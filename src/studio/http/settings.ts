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
  /** The longest pause a host may ask for that is waited out; a longer one ends the call as throttled. */
  readonly maxPauseMs: number;
  /** Calls to one host at a time. Lowered while the host throttles. */
  readonly maxConcurrentCalls: number;
  /** How often a download that breaks off is taken up again without any progress in between. */
  readonly maxResumes: number;
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
};
