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
  'watch-workspace': z.object({ request: z.number().int(), poll: z.number().int() }),
  'follow-directory-export': z.object({ request: z.number().int(), poll: z.number().int() }),
  sweep: z.object({}),
} as const;

export type JobName = keyof typeof jobSchemas;
export type JobData<Name extends JobName> = z.infer<(typeof jobSchemas)[Name]>;

/** What a handler is given beside its data. */
export interface JobContext {
  /** Aborted when this process shuts down or the queue takes the job away. */
  readonly signal: AbortSignal;
  /** How often this very job was begun before without coming to its end. */
  readonly retries: number;
}

/** A job's place among others of its kind. */
export interface Place {
  /** Whose job it is; a handler can bound how many of one group it does at a time. */
  readonly group: string;
  /** Higher comes first; equal ones in the order in which they were stored. */
  readonly priority: number;
}

/** Which jobs of a kind a handler takes, and how many at a time. */
export interface HandlerOptions {
  readonly concurrency: number;
  /** The most of one group at a time in this process; the same for every handler of one kind of job. */
  readonly perGroup?: number;
  /** Only jobs whose priority is within these bounds. */
  readonly priorities?: { readonly least?: number; readonly most?: number };
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
    options?: { readonly startAfter?: Date; readonly key?: string; readonly place?: Place },
  ): Promise<void>;
  /** Drops jobs with this data that a process was busy with when it died. Only when no other process can be. */
  forgetActive<Name extends JobName>(trx: Connection, name: Name, data: JobData<Name>): Promise<void>;
  /** True when a job with this data waits for its turn, for its moment or for its next try. */
  isWaiting<Name extends JobName>(trx: Connection, name: Name, data: JobData<Name>): Promise<boolean>;
  /** Starts handling jobs of one kind. */
  handle<Name extends JobName>(name: Name, options: HandlerOptions, handler: JobHandler<Name>): Promise<void>;
  /** Stores a job again and again, by a cron expression in UTC. */
  repeat(name: 'sweep', cron: string): Promise<void>;
  /** Rejects when the queue cannot be used. */
  ping(): Promise<void>;
  stop(): Promise<void>;
}

const hour = 3600;
const day = 24 * hour;

/** Every limit that pg-boss knows, so that one which a later release takes out is taken out of a stored queue, too. */
type Limits = Required<
  Pick<
    QueueDefinition,
    | 'retryLimit'
    | 'retryDelay'
    | 'retryBackoff'
    | 'expireInSeconds'
    | 'retentionSeconds'
    | 'deleteAfterSeconds'
    | 'notify'
  >
> & {
  readonly retryDelayMax: number | null;
  readonly heartbeatSeconds: number | null;
  readonly deadLetter: JobName | null;
};

interface Definition {
  /** Decided when a queue is made, and never changed: a queue of another policy needs another name. */
  readonly policy: 'standard' | 'short';
  readonly limits: Limits;
}

const usual: Limits = {
  retryLimit: 20,
  retryDelay: 10,
  retryBackoff: true,
  retryDelayMax: 600,
  expireInSeconds: 15 * 60,
  // Also what notices that the end of a job could not be recorded.
  heartbeatSeconds: 15,
  deadLetter: null,
  notify: true,
  // Counted from the moment a job is due; then nothing will ever take it.
  retentionSeconds: 60 * day,
  // Jobs hold ids only; those that have ended are kept for whoever looks into a fault.
  deleteAfterSeconds: 7 * day,
};

// Whether to go on is decided by the time without progress, which the request's row knows (`recordInterruption`), not
// by how often a worker was lost.
const uncounted = 1_000_000;
const long: Limits = {
  ...usual,
  retryLimit: uncounted,
  retryDelay: 2,
  retryDelayMax: 120,
  deadLetter: 'gave-up',
};

/** Limits per kind of job. One may take long, but a worker that falls silent for fifteen seconds loses it. */
const definitions: Record<JobName, Definition> = {
  'gave-up': { policy: 'standard', limits: usual },
  prepare: { policy: 'standard', limits: { ...long, retryDelayMax: 15, expireInSeconds: hour } },
  run: { policy: 'standard', limits: { ...long, expireInSeconds: 23 * hour } },
  expire: { policy: 'standard', limits: usual },
  // One waiting per card is enough; who may send is decided by the card's own row, which survives a dead worker.
  deliver: { policy: 'short', limits: { ...usual, expireInSeconds: 90, retryDelay: 2, retryDelayMax: 300 } },
  'retire-card': { policy: 'short', limits: { ...usual, expireInSeconds: 90 } },
  'remove-archive': { policy: 'standard', limits: { ...usual, retryDelay: 60, retryDelayMax: hour } },
  'watch-workspace': { policy: 'short', limits: usual },
  'follow-directory-export': { policy: 'short', limits: usual },
  sweep: { policy: 'short', limits: { ...usual, retryLimit: 2, retryDelay: 60, expireInSeconds: hour } },
};

/**
 * Starts pg-boss on the opened database, makes its queues and brings those that are there to the limits above. Throws
 * when the database does not answer.
 */
export async function startQueue(database: Database): Promise<Queue> {
  const { boss } = database;
  await boss.start();
  for (const [name, { policy, limits }] of Object.entries(definitions)) {
    const { retryDelayMax, heartbeatSeconds, deadLetter, ...always } = limits;
    await boss.createQueue(name, {
      ...always,
      policy,
      ...(retryDelayMax === null ? {} : { retryDelayMax }),
      ...(heartbeatSeconds === null ? {} : { heartbeatSeconds }),
      ...(deadLetter === null ? {} : { deadLetter }),
    });
    // What exists already stays as it is when it is created again, and so would its limits for ever. pg-boss takes
    // null for "none", which its types do not say.
    await boss.updateQueue(name, limits as Parameters<PgBoss['updateQueue']>[1]);
  }
  return {
    enqueue: async (trx, name, data, options = {}) => {
      await boss.send(name, jobSchemas[name].parse(data), {
        db: fromKysely(trx),
        ...(options.startAfter ? { startAfter: options.startAfter } : {}),
        ...(options.key === undefined ? {} : { singletonKey: options.key }),
        ...(options.place ? { priority: options.place.priority, group: { id: options.place.group } } : {}),
      });
    },
    forgetActive: async (trx, name, data) => {
      const found = await boss.findJobs(name, { data, db: fromKysely(trx) });
      const active = found.filter(({ state }) => state === 'active').map(({ id }) => id);
      if (active.length > 0) await boss.deleteJob(name, active, { db: fromKysely(trx) });
    },
    isWaiting: async (trx, name, data) =>
      (await boss.findJobs(name, { data, queued: true, limit: 1, db: fromKysely(trx) })).length > 0,
    handle: (name, options, handler) => handle(boss, name, options, handler),
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
  { concurrency, perGroup, priorities }: HandlerOptions,
  handler: JobHandler<Name>,
): Promise<void> {
  await boss.work(
    name,
    {
      localConcurrency: concurrency,
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 1,
      ...(perGroup === undefined ? {} : { localGroupConcurrency: perGroup }),
      ...(priorities?.least === undefined ? {} : { minPriority: priorities.least }),
      ...(priorities?.most === undefined ? {} : { maxPriority: priorities.most }),
    },
    async ([job]: Job<JobData<Name>>[]) => {
      if (job === undefined) return;
      // Checked here too, since a job may have been stored by another release.
      const data = jobSchemas[name].parse(job.data) as JobData<Name>;
      try {
        await handler(data, { signal: job.signal, retries: job.retryCount });
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
