import { fromKysely, type Job, type PgBoss, type Queue as QueueDefinition } from 'pg-boss';
import { z } from 'zod';
import { withoutSecrets } from '../domain/scrub.ts';
import { storable } from '../domain/storable-text.ts';
import type { Connection, Database } from './connection.ts';

const request = z.object({ request: z.number().int() });

/** Every kind of job and its payload: ids only, never contents or secrets. */
const jobSchemas = {
  prepare: request,
  run: request,
  'gave-up': request,
  expire: z.object({ request: z.number().int(), version: z.number().int() }),
  remind: z.object({ request: z.number().int(), version: z.number().int() }),
  escalate: z.object({ request: z.number().int(), version: z.number().int(), escalation: z.number().int() }),
  'end-cooling-off': z.object({ request: z.number().int(), version: z.number().int() }),
  deliver: z.object({ card: z.number().int() }),
  'retire-card': z.object({ old: z.number().int() }),
  'remove-archive': request,
  'replace-links': request,
  poll: z.object({ request: z.number().int(), poll: z.number().int() }),
  'start-run': z.object({ schedule: z.number().int() }),
  'tell-address-change': z.object({ change: z.number().int(), reader: z.enum(['account', 'former']) }),
  'tell-hold': z.object({ hold: z.number().int(), event: z.enum(['placed', 'lifted', 'review', 'ended']) }),
  'tell-deputyship': z.object({
    deputyship: z.number().int(),
    event: z.enum(['named', 'admitted', 'ended']),
    reader: z.enum(['away', 'deputy', 'administrators']),
  }),
  'review-by-deputy': z.object({ deputyship: z.number().int() }),
  'end-deputyship': z.object({ deputyship: z.number().int() }),
  sweep: z.object({}),
  'check-accounts': z.object({}),
  'tell-administrators': z.object({
    account: z.object({ tenantId: z.string(), objectId: z.string() }),
    requests: z.array(z.number().int()),
    schedules: z.array(z.number().int()),
  }),
} as const;

export type JobName = keyof typeof jobSchemas;
export type JobData<Name extends JobName> = z.infer<(typeof jobSchemas)[Name]>;

/** What a handler gets besides the payload. */
export interface JobContext {
  /** Aborted when this process shuts down or the job expires. */
  readonly signal: AbortSignal;
  /** How often this job was started before without completing. */
  readonly retries: number;
}

/** Position of a job among others of its kind, for fair queuing. */
export interface Place {
  /** Whose job it is; a handler can limit how many jobs of one group run at a time. */
  readonly group: string;
  /** Higher ones come first, equal ones in the order in which they were stored. */
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

/**
 * Does one job. When it throws, the queue retries the job; after the last retry the job goes to the dead letter queue.
 */
export type JobHandler<Name extends JobName> = (data: JobData<Name>, context: JobContext) => Promise<void>;

/** Durable jobs on the same database; enqueueing is part of the caller's transaction. */
export interface Queue {
  /** Stores a job in the transaction. `startAfter` defers it; `key` deduplicates it among waiting jobs. */
  enqueue<Name extends JobName>(
    trx: Connection,
    name: Name,
    data: JobData<Name>,
    options?: { readonly startAfter?: Date; readonly key?: string; readonly place?: Place },
  ): Promise<void>;
  /**
   * Deletes active jobs with this data that a process left behind when it died. Only correct when no other process can
   * be handling one.
   */
  forgetActive<Name extends JobName>(trx: Connection, name: Name, data: JobData<Name>): Promise<void>;
  /** True when a job with this data waits for a worker, for its start time or for its next retry. */
  isWaiting<Name extends JobName>(trx: Connection, name: Name, data: JobData<Name>): Promise<boolean>;
  /** Starts handling jobs of one kind. */
  handle<Name extends JobName>(name: Name, options: HandlerOptions, handler: JobHandler<Name>): Promise<void>;
  /** Stores a job repeatedly, by a cron expression in UTC. */
  repeat(name: 'sweep' | 'check-accounts', cron: string): Promise<void>;
  /** Rejects when the queue cannot be used. */
  ping(): Promise<void>;
  stop(): Promise<void>;
}

const hour = 3600;
const day = 24 * hour;

/** Every limit that pg-boss has, so that one that a later release removes is removed from a stored queue, too. */
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
  /** Fixed when a queue is created: a queue of another policy needs another name. */
  readonly policy: 'standard' | 'short';
  readonly limits: Limits;
}

const defaultLimits: Limits = {
  retryLimit: 20,
  retryDelay: 10,
  retryBackoff: true,
  retryDelayMax: 600,
  expireInSeconds: 15 * 60,
  // A missing heartbeat also reveals that the end of a job could not be recorded.
  heartbeatSeconds: 15,
  deadLetter: null,
  notify: true,
  // Counted from the moment a job is due; a job that is not fetched by then is given up.
  retentionSeconds: 60 * day,
  // Jobs hold ids only; ended ones are kept to investigate faults.
  deleteAfterSeconds: 7 * day,
};

// In effect no retry limit: the time without progress, which is kept in the request's row (`recordFault`), decides
// whether to continue, not how often a worker was lost.
const unlimitedRetries = 1_000_000;
const longRunning: Limits = {
  ...defaultLimits,
  retryLimit: unlimitedRetries,
  retryDelay: 2,
  retryDelayMax: 120,
  deadLetter: 'gave-up',
};

/** Limits per kind of job. A job may take long, but a worker without a heartbeat for fifteen seconds loses it. */
const definitions: Record<JobName, Definition> = {
  'gave-up': { policy: 'standard', limits: defaultLimits },
  prepare: { policy: 'standard', limits: { ...longRunning, retryDelayMax: 15, expireInSeconds: hour } },
  run: { policy: 'standard', limits: { ...longRunning, expireInSeconds: 23 * hour } },
  expire: { policy: 'standard', limits: defaultLimits },
  remind: { policy: 'standard', limits: defaultLimits },
  escalate: { policy: 'standard', limits: defaultLimits },
  'end-cooling-off': { policy: 'standard', limits: { ...defaultLimits, retryLimit: unlimitedRetries } },
  // One waiting per card is enough; the card's own row decides which process may send, and it survives a crashed
  // worker.
  deliver: { policy: 'short', limits: { ...defaultLimits, expireInSeconds: 90, retryDelay: 2, retryDelayMax: 300 } },
  'retire-card': { policy: 'short', limits: { ...defaultLimits, expireInSeconds: 90 } },
  'remove-archive': { policy: 'standard', limits: { ...defaultLimits, retryDelay: 60, retryDelayMax: hour } },
  // Until the archive is removed a person waits for it, so it is never given up.
  'replace-links': { policy: 'short', limits: { ...longRunning, deadLetter: null, expireInSeconds: 23 * hour } },
  poll: { policy: 'short', limits: defaultLimits },
  // Its own row decides whether a run is due, so one waiting for each date is enough.
  'start-run': { policy: 'short', limits: defaultLimits },
  'tell-address-change': { policy: 'standard', limits: defaultLimits },
  'tell-deputyship': { policy: 'standard', limits: defaultLimits },
  'review-by-deputy': { policy: 'standard', limits: defaultLimits },
  'end-deputyship': { policy: 'standard', limits: defaultLimits },
  'check-accounts': { policy: 'short', limits: { ...defaultLimits, retryLimit: 2, retryDelay: 60 } },
  'tell-administrators': { policy: 'standard', limits: defaultLimits },
  'tell-hold': { policy: 'standard', limits: defaultLimits },
  sweep: { policy: 'short', limits: { ...defaultLimits, retryLimit: 2, retryDelay: 60, expireInSeconds: hour } },
};

/**
 * Starts pg-boss on the opened database, creates its queues and updates existing ones to the limits above. Throws when
 * the database does not answer.
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
    // `createQueue` does not change an existing queue, so its limits are updated here. pg-boss accepts null for "none",
    // which its types do not say.
    await boss.updateQueue(name, limits as Parameters<PgBoss['updateQueue']>[1]);
  }
  return {
    enqueue: async (trx, name, data, options = {}) => {
      await boss.send(name, jobSchemas[name].parse(data), {
        db: inTransaction(trx),
        ...(options.startAfter ? { startAfter: options.startAfter } : {}),
        ...(options.key === undefined ? {} : { singletonKey: options.key }),
        ...(options.place ? { priority: options.place.priority, group: { id: options.place.group } } : {}),
      });
    },
    forgetActive: async (trx, name, data) => {
      const found = await boss.findJobs(name, { data, db: inTransaction(trx) });
      const active = found.filter(({ state }) => state === 'active').map(({ id }) => id);
      if (active.length > 0) await boss.deleteJob(name, active, { db: inTransaction(trx) });
    },
    isWaiting: async (trx, name, data) =>
      (await boss.findJobs(name, { data, queued: true, limit: 1, db: inTransaction(trx) })).length > 0,
    handle: (name, options, handler) => handle(boss, name, options, handler),
    repeat: (name, cron) => boss.schedule(name, cron),
    ping: async () => {
      await boss.getQueue('run');
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000, close: true }),
  };
}

/** pg-boss reads its rows by the names that it gave their columns, so no plugin may convert them. */
function inTransaction(trx: Connection) {
  return fromKysely(trx.withoutPlugins());
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
 * What the queue stores of an error, as JSON: class and message, without secrets and storable. The error itself may
 * carry requests with their headers, and characters that would make the recording, and so the retry, fail.
 */
function recordable(error: unknown): Error {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const recorded = new Error(storable(withoutSecrets(message, { instead: '***' })).slice(0, 1_000));
  recorded.name = name;
  recorded.stack = `${name}: ${recorded.message}`;
  return recorded;
}
