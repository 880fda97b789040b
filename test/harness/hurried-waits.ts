import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

/**
 * Loaded before the program: makes the waits of its clock ten times shorter, as the hurried clock does in tests that
 * start Steward in their own process. The time itself stays, and so do the time-outs of calls.
 */
const { setTimeout: wait } = timers;

timers.setTimeout = (milliseconds, ...rest) => wait((milliseconds ?? 0) / 10, ...rest);
syncBuiltinESMExports();
