/** The only source of time. Production passes the system clock, tests one they can move. */
export interface Clock {
  /** The current time, in milliseconds since 1970 UTC. */
  now(): number;
  /**
   * Waits. Resolves after `milliseconds`, or rejects with the signal's reason as soon as it aborts.
   * A test clock resolves when it is moved past the moment.
   */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
