import { readRequest } from '../database/request-rows.ts';
import { isPolled } from '../domain/actions.ts';
import { endingOf } from '../requests/ending.ts';
import { transition } from '../requests/transition.ts';
import type { WorkflowServices } from '../workflows/workflow-services.ts';
import { workflowOf } from '../workflows/workflows.ts';

/**
 * Ends a request whose retry budget is used up. The last failure stays as its reason, and an archive that was completed
 * before is released.
 */
export async function giveUp(services: WorkflowServices, number: number): Promise<void> {
  const request = await readRequest(services.database.db, number);
  // Nothing is left to run: it only has to be polled, which the sweep resumes.
  if (request !== null && isPolled({ ...request, ...request.progress })) return;
  const refusal = request?.refusal ?? { reason: 'gave-up' };
  if (request?.state === 'running') {
    const ended = await workflowOf(request.action).endFailed?.(services, { number, token: null, request }, refusal);
    if (ended === true) return;
  }
  await transition(services, number, { type: 'gave-up' }, endingOf(services, number, refusal));
}
