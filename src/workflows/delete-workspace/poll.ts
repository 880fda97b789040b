import { isTransient, SourceError } from '../../domain/asset-source.ts';
import type { RequestRecord } from '../../domain/request.ts';
import { removalProof, type WorkspacePresence } from '../../domain/workspace-removal.ts';
import { findRequest } from '../../requests/report.ts';
import { endWatch, watchOn } from '../../requests/workspace-deletion.ts';
import type { JobServices } from '../workflow-services.ts';
import { awaitsRemoval } from './run.ts';

/** So often an accepted deletion is looked after before the person is told that the workspace still shows. */
const mostPolls = 40;

/**
 * Looks once whether a workspace is gone, and ends its request or has it looked after again later, so that no worker
 * is held while Azure or a person takes their time. `poll` counts from 0.
 */
export async function watchWorkspace(
  services: JobServices,
  number: number,
  poll: number,
  signal: AbortSignal,
): Promise<void> {
  const request = await findRequest(services, number);
  if (!request || !awaitsRemoval(request)) return;
  const watched = { number, token: null, request };
  const byHand = request.progress.phase === 'waiting';
  // Once a deletion was accepted there is nothing left to stop.
  if (request.stopRequested && byHand) return endWatch(services, watched, 'stopped');
  const presence = await lookFor(services, request, signal);
  if (presence !== 'there') {
    const unproven = removalProof(request.removalCall, presence) === 'unproven';
    return endWatch(services, watched, unproven ? 'closed' : 'gone');
  }
  if (!byHand && poll >= mostPolls) return endWatch(services, watched, 'still-there');
  await watchOn(services, number, poll + 1);
}

/** A failure to look is no answer; the next look may give one. */
async function lookFor(
  services: JobServices,
  { number, workspace }: RequestRecord,
  signal: AbortSignal,
): Promise<WorkspacePresence> {
  if (!workspace?.removal) throw new Error(`request ${number} watches a workspace without a plan`);
  try {
    return await services.source.presence(workspace.id, workspace.removal, signal);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    services.log.warn('could not look for a workspace', { request: number, transient: isTransient(error) });
    return 'there';
  }
}
