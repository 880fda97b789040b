import { findRequest } from '../requests/report.ts';
import type { WorkflowServices } from '../workflows/workflow-services.ts';
import { workflowOf } from '../workflows/workflows.ts';

/** Polls once what a request waits for. `poll` counts from 0. */
export async function pollRequest(
  services: WorkflowServices,
  number: number,
  poll: number,
  signal: AbortSignal,
): Promise<void> {
  const request = await findRequest(services, number);
  if (request !== null) await workflowOf(request.action).poll?.(services, number, poll, signal);
}
