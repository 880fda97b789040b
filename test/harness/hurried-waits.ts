import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

/**
 * Preloaded before the program: shortens the waits of its clock ten times, as `hurriedClock` does for tests that start
 * Steward in their own process. The time itself is unchanged, and so are the time-outs of calls.
 */
const { setTimeout: wait } = timers;

timers.setTimeout = (milliseconds, ...rest) => wait((milliseconds ?? 0) / 10, ...rest);
syncBuiltinESMExports();
