import type { Queue } from '../database/queue.ts';
import { lanePriorities } from '../domain/fair-queue.ts';
import { followHolds } from '../holds/follow-holds.ts';
import { forgetExpiredStates } from '../requests/conversation-state.ts';
import { endOverdueDeputy } from '../requests/deputyships.ts';
import { escalate } from '../requests/escalate.ts';
import { expire, startCooledOff, startDue } from '../requests/expire.ts';
import { forgetMessages } from '../requests/messages.ts';
import { forgetSends, retryGivenUp } from '../requests/outbox.ts';
import { resumePolls } from '../requests/poll.ts';
import { removeOldRecords } from '../requests/remove-old-records.ts';
import { remind } from '../requests/repost-cards.ts';
import { reviewByDeputy } from '../requests/review-by-deputy.ts';
import { resumeRevocations } from '../requests/revoke.ts';
import { resumeSchedules } from '../requests/scheduled-runs.ts';
import { forgetUnclear } from '../requests/unclear-messages.ts';
import type { WorkflowServices } from '../workflows/workflow-services.ts';
import { handleAccountChecks } from './check-accounts.ts';
import { giveUp } from './give-up.ts';
import { pollRequest } from './poll-request.ts';
import { prepare } from './prepare-request.ts';
import { removeArchive, removeDueArchives } from './remove-archive.ts';
import { replaceLinks } from './replace-links.ts';
import { run } from './run-request.ts';
import { sweepContainers } from './sweep-containers.ts';
import { sweepStorage } from './sweep-storage.ts';

/** Concurrent preparations of one worker, and those of one person among them (fair queuing). */
const preparations = { concurrency: 4, perGroup: 2 };

/** Concurrent runs of one worker in each lane; no person gets all places of a lane (fair queuing). */
const runs = { concurrency: 3, perGroup: 2 };

/** Concurrent polls of workspaces and of operations of Graph. */
const polls = { concurrency: 2 };

/** How long calls to Teams are kept for its rate limits, in milliseconds. */
const sendsKeptMs = 3_600_000;

/** Registers handlers for every kind of job except the delivery of cards, which the bot does (`deliver`, in main.ts). */
export async function handleJobs(services: WorkflowServices, queue: Queue): Promise<void> {
  const { log } = services;
  const loggingFailure = async (what: string, number: number, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      log.error('a job failed; retrying', error, { job: what, request: number });
      throw error;
    }
  };
  await queue.handle('prepare', preparations, ({ request }, { signal, retries }) =>
    loggingFailure('prepare', request, () => prepare(services, request, signal, retries)),
  );
  for (const priorities of Object.values(lanePriorities)) {
    await queue.handle('run', { ...runs, priorities }, ({ request }, { signal }) =>
      loggingFailure('run', request, () => run(services, request, signal)),
    );
  }
  await queue.handle('gave-up', { concurrency: 1 }, ({ request }) =>
    loggingFailure('gave-up', request, () => giveUp(services, request)),
  );
  await queue.handle('expire', { concurrency: 1 }, ({ request, version }) =>
    loggingFailure('expire', request, () => expire(services, request, version)),
  );
  await queue.handle('end-cooling-off', { concurrency: 1 }, ({ request, version }) =>
    loggingFailure('end-cooling-off', request, () => startCooledOff(services, request, version)),
  );
  await queue.handle('remind', { concurrency: 1 }, ({ request, version }) =>
    loggingFailure('remind', request, () => remind(services, request, version)),
  );
  await queue.handle('escalate', { concurrency: 1 }, ({ request, version, escalation }) =>
    loggingFailure('escalate', request, () => escalate(services, request, version, escalation)),
  );
  await queue.handle('remove-archive', { concurrency: 1 }, ({ request }, { signal }) =>
    loggingFailure('remove-archive', request, () => removeArchive(services, request, signal)),
  );
  await queue.handle('replace-links', { concurrency: 2 }, ({ request }, { signal }) =>
    loggingFailure('replace-links', request, () => replaceLinks(services, request, signal)),
  );
  await queue.handle('poll', polls, ({ request, poll }, { signal }) =>
    loggingFailure('poll', request, () => pollRequest(services, request, poll, signal)),
  );
  await queue.handle('review-by-deputy', { concurrency: 1 }, ({ deputyship }) => reviewByDeputy(services, deputyship));
  await queue.handle('end-deputyship', { concurrency: 1 }, ({ deputyship }) => endOverdueDeputy(services, deputyship));
  await handleAccountChecks(services, queue);
  await queue.handle('sweep', { concurrency: 1 }, async (_data, { signal }) => {
    await forgetSends(services, sendsKeptMs);
    await retryGivenUp(services);
    await resumePolls(services);
    await resumeRevocations(services, false);
    await resumeSchedules(services);
    await startDue(services);
    await followHolds(services);
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
