import type { Refusal } from '../domain/refusals.ts';
import type { RequestRecord } from '../domain/request.ts';
import type { WorkflowServices } from './workflow-services.ts';

/** Logs that a request is refused, when it is prepared or when it runs, with ids only. */
export function logRefusal({ log }: WorkflowServices, { number, requester }: RequestRecord, { reason }: Refusal): void {
  log.info('a request was refused', { reason, objectId: requester.objectId, request: number });
}
