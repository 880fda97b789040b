import { fromKysely, type Job, type PgBoss, type Queue as QueueDefinition } from 'pg-boss';
import { z } from 'zod';
import { withoutSecrets } from '../domain/scrub.ts';
import { storable } from '../domain/storable-text.ts';
import type { Connection, Database } from './connection.ts';

const request = z.object({ request: z.number().int() });

/** Every kind of job and the shape of what it carries: ids only, never contents or secrets. */
const jobSchemas = {
  prepare: request,
  run: request,
  'gave-up': request,
  expire: z.object({ request: z.number().int(), version: z.number().int() }),
  deliver: z.object({ card: z.number().int() }),
  'retire-card': z.object({ old: z.number().int() }),
  'remove-archive': request,
  'watch-workspace': z.object({ request: z.number().int(), look: z.number().int() }),
  'follow-directory-export': z.object({ request: z.number().int(), look: z.number().int() }),
  sweep: z.object({}),
} as const;

export type JobName = keyof typeof jobSchemas;
export type JobData<Name extends JobName> = z.infer<(typeof jobSchemas)[Name]>;

/** What a handler is given beside its data. */
export interface JobContext {
  /** Aborted when this process shuts down or the queue takes the job away. */
  readonly signal: AbortSignal;
}

/** Does one job. Throwing means: try again, and after the last try the dead letter queue takes it. */
export type JobHandler<Name extends JobName> = (data: JobData<Name>, context: JobContext) => Promise<void>;

/** Durable jobs on the same database; enqueueing is part of the caller's transaction. */
export interface Queue {
  /** Stores a job in the transaction. `startAfter` defers it; `key` keeps a second one from waiting beside it. */
  enqueue<Name extends JobName>(
    trx: Connection,
    name: Name,
    data: JobData<Name>,
    options?: { readonly startAfter?: Date; readonly key?: string },
  ): Promise<void>;
  /** Drops jobs with this data that a process was busy with when it died. Only when no other process can be. */
  forgetActive<Name extends JobName>(trx: Connection, name: Name, data: JobData<Name>): Promise<void>;
  /** Starts handling jobs of one kind, `concurrency` at a time. */
  handle<Name extends JobName>(name: Name, concurrency: number, handler: JobHandler<Name>): Promise<void>;
  /** Stores a job again and again, by a cron expression in UTC. */
  repeat(name: 'sweep', cron: string): Promise<void>;
  /** Rejects when the queue cannot be used. */
  ping(): Promise<void>;
  stop(): Promise<void>;
}

const hour = 3600;
const patient = { retryLimit: 6, retryDelay: 2, retryBackoff: true, retryDelayMax: 120, heartbeatSeconds: 15 };

/** Limits per kind of job. A run may take long, but a worker that falls silent for fifteen seconds loses it. */
const definitions: Record<JobName, Omit<QueueDefinition, 'name'>> = {
  'gave-up': { retryLimit: 20, retryDelay: 10, retryBackoff: true, retryDelayMax: 600 },
  prepare: { ...patient, retryLimit: 4, retryDelayMax: 15, expireInSeconds: hour, deadLetter: 'gave-up' },
  run: { ...patient, expireInSeconds: 23 * hour, deadLetter: 'gave-up' },
  expire: { retryLimit: 20, retryDelay: 10, retryBackoff: true, retryDelayMax: 600 },
  // One waiting per card is enough; who may send is decided by the card's own row, which survives a dead worker.
  deliver: {
    policy: 'short',
    expireInSeconds: 90,
    retryLimit: 20,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 300,
  },
  'retire-card': { policy: 'short', expireInSeconds: 90, retryLimit: 20, retryDelay: 10, retryBackoff: true },
  'remove-archive': { retryLimit: 20, retryDelay: 60, retryBackoff: true, retryDelayMax: hour },
  'watch-workspace': { policy: 'short', retryLimit: 20, retryDelay: 10, retryBackoff: true, retryDelayMax: 600 },
  'follow-directory-export': {
    policy: 'short',
    retryLimit: 20,
    retryDelay: 10,
    retryBackoff: true,
    retryDelayMax: 600,
  },
  sweep: { policy: 'short', retryLimit: 2, retryDelay: 60 },
};

/** Starts pg-boss on the opened database and makes its queues. Throws when the database does not answer. */
export async function startQueue(database: Database): Promise<Queue> {
  const { boss } = database;
  await boss.start();
  for (const [name, definition] of Object.entries(definitions)) {
    await boss.createQueue(name, { ...definition, notify: true });
  }
  return {
    enqueue: async (trx, name, data, options = {}) => {
      await boss.send(name, jobSchemas[name].parse(data), {
        db: fromKysely(trx),
        ...(options.startAfter ? { startAfter: options.startAfter } : {}),
        ...(options.key === undefined ? {} : { singletonKey: options.key }),
      });
    },
    forgetActive: async (trx, name, data) => {
      const found = await boss.findJobs(name, { data, db: fromKysely(trx) });
      const active = found.filter(({ state }) => state === 'active').map(({ id }) => id);
      if (active.length > 0) await boss.deleteJob(name, active, { db: fromKysely(trx) });
    },
    handle: (name, concurrency, handler) => handle(boss, name, concurrency, handler),
    repeat: (name, cron) => boss.schedule(name, cron),
    ping: async () => {
      await boss.getQueue('run');
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000, close: true }),
  };
}

async function handle<Name extends JobName>(
  boss: PgBoss,
  name: Name,
  concurrency: number,
  handler: JobHandler<Name>,
): Promise<void> {
  await boss.work(
    name,
    { localConcurrency: concurrency, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 },
    async ([job]: Job<JobData<Name>>[]) => {
      if (job === undefined) return;
      // Checked here too, since a job may have been stored by another release.
      const data = jobSchemas[name].parse(job.data) as JobData<Name>;
      try {
        await handler(data, { signal: job.signal });
      } catch (error) {
        throw recordable(error);
      }
    },
  );
}

/**
 * What the queue records of a failure, in JSON of its own: the class and the message, without secrets and storable. The
 * error itself may carry requests with their headers, and characters that would fail the recording and so the retry.
 */
function recordable(error: unknown): Error {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const told = new Error(storable(withoutSecrets(message, { instead: '***' })).slice(0, 1_000));
  told.name = name;
  told.stack = `${name}: ${told.message}`;
  return told;
}
