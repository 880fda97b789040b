import type { Queue } from '../database/queue.ts';
import { withdrawLeavers } from '../requests/leavers.ts';
import type { WorkflowServices } from '../workflows/workflow-services.ts';

/** Registers the sweep that looks for people who have left, every fifteen minutes where accounts are checked. */
export async function handleAccountChecks(services: WorkflowServices, queue: Queue): Promise<void> {
  await queue.handle('check-accounts', { concurrency: 1 }, async (_data, { signal }) => {
    const left = await withdrawLeavers(services, signal);
    if (left > 0) services.log.warn('what people asked for who have left was withdrawn', { people: left });
  });
  if (services.accounts !== undefined) await queue.repeat('check-accounts', '*/15 * * * *');
}
