import { isPolled } from '../../domain/actions.ts';
import type { RequestRecord } from '../../domain/request.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';
import { removalProof, type WorkspacePresence } from '../../domain/workspace-removal.ts';
import { enqueuePoll, pollBackoffMs } from '../../requests/poll.ts';
import { findRequest } from '../../requests/report.ts';
import { inTransaction } from '../../requests/request-services.ts';
import { checkHolds } from '../hold-checks.ts';
import type { WorkflowServices } from '../workflow-services.ts';
import { endHeld, endRemoval } from './records.ts';

/** Polls after an accepted deletion before the request ends with "the workspace is still there". */
const maxPolls = 40;

/**
 * Polls once whether a workspace is gone; ends its request, or enqueues the next poll, so that no worker is occupied
 * while Azure or a person deletes it. `poll` counts from 0.
 */
export async function watchWorkspace(
  services: WorkflowServices,
  number: number,
  poll: number,
  signal: AbortSignal,
): Promise<void> {
  const request = await findRequest(services, number);
  if (!request || !isPolled({ ...request, ...request.progress })) return;
  const watched = { number, token: null, request };
  const byHand = request.progress.phase === 'waiting';
  // An accepted deletion cannot be stopped any more.
  if (request.stopRequested && byHand) return endRemoval(services, watched, 'stopped');
  const presence = await readPresence(services, request, signal);
  if (presence !== 'there') {
    const unproven = removalProof(request.removalCall, presence) === 'unproven';
    return endRemoval(services, watched, unproven ? 'closed' : 'gone');
  }
  if (!byHand && poll >= maxPolls) return endRemoval(services, watched, 'still-there');
  // Nobody is asked any longer to delete by hand what a hold keeps.
  const refusal = byHand ? await checkHolds(services, request, signal) : null;
  if (refusal !== null) return endHeld(services, watched, refusal);
  const next = poll + 1;
  await inTransaction(services, (trx) => enqueuePoll(services, trx, number, next, pollBackoffMs(services, next)));
}

/**
 * Reads whether the workspace still exists. A ServiceFailure is no answer, so it counts as "there" and the next poll asks
 * again.
 */
async function readPresence(
  services: WorkflowServices,
  { number, workspace }: RequestRecord,
  signal: AbortSignal,
): Promise<WorkspacePresence> {
  if (!workspace?.removal) throw new Error(`request ${number} polls a workspace without a removal plan`);
  try {
    return await services.source.presence(workspace.id, workspace.removal, signal);
  } catch (error) {
    if (!isSourceFailure(error)) throw error;
    services.log.warn('could not check whether a workspace is gone; retrying', {
      request: number,
      transient: error.transient,
    });
    return 'there';
  }
}
