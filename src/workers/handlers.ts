import type { Queue } from '../database/queue.ts';
import { lanePriorities } from '../domain/fair-queue.ts';
import { forgetExpiredStates } from '../requests/conversation-state.ts';
import { resumeFollowing } from '../requests/directory-export-run.ts';
import { expire, giveUp } from '../requests/expire.ts';
import { forgetMessages } from '../requests/messages.ts';
import { forgetSends, retryGivenUp } from '../requests/outbox.ts';
import { removeOldRecords } from '../requests/remove-old-records.ts';
import { forgetUnclear } from '../requests/unclear-messages.ts';
import { resumeWatches } from '../requests/workspace-deletion.ts';
import { watchWorkspace } from '../workflows/delete-workspace/poll.ts';
import { followDirectoryExport } from '../workflows/directory-export/poll.ts';
import type { JobServices } from '../workflows/workflow-services.ts';
import { prepare } from './prepare-request.ts';
import { removeArchive, removeDueArchives } from './remove-archive.ts';
import { run } from './run-request.ts';
import { sweepContainers } from './sweep-containers.ts';
import { sweepStorage } from './sweep-storage.ts';

/** Requests prepared at the same time by one worker, and those of one person among them. */
const preparations = { concurrency: 4, perGroup: 2 };

/** Runs at the same time in one worker, in each lane; nobody has all places of a lane. */
const runs = { concurrency: 3, perGroup: 2 };

/** Workspaces and operations of Graph looked at at the same time. */
const looks = { concurrency: 2 };

/** How far back calls to Teams are kept for its rate limits, in milliseconds. */
const sendsKeptMs = 3_600_000;

/** Has a worker handle every kind of job but the delivery of cards, which is the bot's. */
export async function handleJobs(services: JobServices, queue: Queue): Promise<void> {
  const { log } = services;
  const told = async (what: string, number: number, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      log.error('a job failed and will be tried again', error, { job: what, request: number });
      throw error;
    }
  };
  await queue.handle('prepare', preparations, ({ request }, { signal, retries }) =>
    told('prepare', request, () => prepare(services, request, signal, retries)),
  );
  for (const priorities of Object.values(lanePriorities)) {
    await queue.handle('run', { ...runs, priorities }, ({ request }, { signal }) =>
      told('run', request, () => run(services, request, signal)),
    );
  }
  await queue.handle('gave-up', { concurrency: 1 }, ({ request }) =>
    told('gave-up', request, () => giveUp(services, request)),
  );
  await queue.handle('expire', { concurrency: 1 }, ({ request, version }) =>
    told('expire', request, () => expire(services, request, version)),
  );
  await queue.handle('remove-archive', { concurrency: 1 }, ({ request }, { signal }) =>
    told('remove-archive', request, () => removeArchive(services, request, signal)),
  );
  await queue.handle('watch-workspace', looks, ({ request, poll }, { signal }) =>
    told('watch-workspace', request, () => watchWorkspace(services, request, poll, signal)),
  );
  await queue.handle('follow-directory-export', looks, ({ request, poll }, { signal }) =>
    told('follow-directory-export', request, () => followDirectoryExport(services, request, poll, signal)),
  );
  await queue.handle('sweep', { concurrency: 1 }, async (_data, { signal }) => {
    await forgetSends(services, sendsKeptMs);
    await retryGivenUp(services);
    await resumeWatches(services);
    await resumeFollowing(services);
    await forgetExpiredStates(services);
    await forgetUnclear(services);
    await forgetMessages(services);
    const archives = await removeDueArchives(services, signal);
    const containers = await sweepContainers(services, signal);
    const blobs = await sweepStorage(services, signal);
    log.info('storage was swept', { archives, containers, blobs });
    log.info('old records were removed', await removeOldRecords(services, signal));
  });
}
