import type { Refusal } from '../domain/refusals.ts';
import type { RequestRecord } from '../domain/request.ts';
import type { Ended, Run } from '../requests/lease.ts';
import type { Snapshot } from '../requests/preparation.ts';
import type { WorkflowServices } from './workflow-services.ts';

/** What a worker needs to know to carry out an action. Every method can be called again after a crash. */
export interface Workflow {
  /** Finds what the request is about, and records a preview to confirm, a question, or a refusal. */
  prepare(services: WorkflowServices, request: RequestRecord, snapshot: Snapshot, signal: AbortSignal): Promise<void>;
  /**
   * Executes the confirmed request from what is recorded, until it ends, returns to its preview, or only has to be
   * polled. Throws ServiceFailure, which the worker shows and retries, and RunSupersededError.
   */
  run(services: WorkflowServices, run: Run, signal: AbortSignal): Promise<void>;
  /** Polls once what the request waits for, and ends it or enqueues the next poll. `poll` counts from 0. */
  poll?(services: WorkflowServices, number: number, poll: number, signal: AbortSignal): Promise<void>;
  /**
   * Ends a running request that cannot go on, in a way of the action's own; false when it simply fails. Throws
   * RunSupersededError.
   */
  endFailed?(services: WorkflowServices, run: Ended, refusal: Refusal): Promise<boolean>;
}
