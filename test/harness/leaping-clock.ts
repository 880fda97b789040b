import pg from 'pg';
import type { Clock } from '../../src/domain/clock.ts';
import { systemClock } from '../../src/system-clock.ts';

/** The real time with jumps forward, for Steward and for the job queue in its database; waits are short. */
export interface LeapingClock extends Clock {
  /** Jumps forward, also for jobs that are due later. */
  leap(milliseconds: number): Promise<void>;
}

/**
 * A clock for a Steward on this PostgreSQL database. Call `leap` only when Steward is ready, since it creates the
 * queue.
 */
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
        // pg-boss reads the time through this function, which exists in order to be replaced.
        await client.query(`create or replace function queue.job_now() returns timestamp with time zone
          language sql stable as $$ select pg_catalog.now() + interval '${ahead} milliseconds' $$`);
      } finally {
        await client.end();
      }
    },
  };
}
