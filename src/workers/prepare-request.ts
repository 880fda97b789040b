import { recordFault } from '../requests/backoff.ts';
import { beginSnapshot } from '../requests/preparation.ts';
import { findRequest } from '../requests/report.ts';
import type { WorkflowServices } from '../workflows/workflow-services.ts';
import { workflowOf } from '../workflows/workflows.ts';
import { giveUp } from './give-up.ts';

/**
 * Turns a request into a preview to confirm, a question, or a refusal. Transient failures of the service are shown to
 * the person and retried with backoff until the retry budget is used up. Two preparations of one request may run at the
 * same time: each writes a snapshot of its own, and the one recorded first counts. `retries`: how often this job was
 * started before without completing.
 */
export async function prepare(
  services: WorkflowServices,
  number: number,
  signal: AbortSignal,
  retries = 0,
): Promise<void> {
  const request = await findRequest(services, number);
  if (request?.state !== 'preparing') return;
  if (retries > 0 && !(await recordFault(services, { number, token: null }, 'preparation'))) {
    return giveUp(services, number);
  }
  await workflowOf(request.action).prepare(services, request, beginSnapshot(services, request), signal);
}
