import pg from 'pg';
import type { Clock } from '../../src/domain/clock.ts';
import { systemClock } from '../../src/system-clock.ts';

/** The real time with leaps forward, for a Steward and the job queue in its database alike; waits are short. */
export interface LeapingClock extends Clock {
  /** Lets time pass at once, for jobs that are due later too. */
  leap(milliseconds: number): Promise<void>;
}

/** A clock for a Steward on this PostgreSQL database. Leap only when the Steward is ready, which makes the queue. */
export function createLeapingClock(databaseUrl: string): LeapingClock {
  let ahead = 0;
  return {
    now: () => systemClock.now() + ahead,
    wait: (milliseconds, signal) => systemClock.wait(milliseconds / 50, signal),
    leap: async (milliseconds) => {
      ahead += milliseconds;
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      try {
        // The queue reads the time through this function of its own, which is there to be replaced.
        await client.query(`create or replace function queue.job_now() returns timestamp with time zone
          language sql stable as $$ select pg_catalog.now() + interval '${ahead} milliseconds' $$`);
      } finally {
        await client.end();
      }
    },
  };
}
