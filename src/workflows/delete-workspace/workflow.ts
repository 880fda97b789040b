import { refusalSentence } from '../../domain/refusals.ts';
import type { Workflow } from '../workflow.ts';
import { prepareFromWorkspace } from '../workspace-preparation.ts';
import { watchWorkspace } from './poll.ts';
import { recordByHand } from './records.ts';
import { deleteWorkspace } from './run.ts';

/** Deletes a whole workspace, after an export where the person wants one, and polls until it is gone. */
export const workspaceDeletionWorkflow: Workflow = {
  prepare: prepareFromWorkspace,
  run: deleteWorkspace,
  poll: watchWorkspace,
  endFailed: async (services, run, refusal) => {
    // It is unknown whether the workspace still exists, so the request stays open: a person has to check, or delete it.
    if (run.request.removalCall !== 'asked') return false;
    await recordByHand(services, run, refusalSentence(refusal));
    return true;
  },
};
