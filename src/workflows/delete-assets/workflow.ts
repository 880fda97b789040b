import { readParts } from '../../database/archive-parts.ts';
import { traitsOf } from '../../domain/actions.ts';
import { finishRun, recordProgress, stopRun } from '../../requests/lease.ts';
import { exportAssets } from '../export/run.ts';
import { progressRateOf } from '../progress-rate.ts';
import { isReadyToRun } from '../ready-to-run.ts';
import type { Workflow } from '../workflow.ts';
import { prepareFromWorkspace } from '../workspace-preparation.ts';
import { deleteAssets } from './run.ts';

/** Deletes assets, after a backup where the person wants one. */
export const assetDeletionWorkflow: Workflow = {
  prepare: prepareFromWorkspace,
  run: async (services, run, signal) => {
    const { action, stopRequested, progress } = run.request;
    const { archives } = traitsOf(action);
    const archived = archives && (await readParts(services.database.db, run.number)).some(({ completes }) => completes);
    // The unknown results of an interrupted deletion are determined even before a stop.
    if (stopRequested && archives && !archived) return stopRun(services, run);
    if (!stopRequested && !(await isReadyToRun(services, run, signal))) return;
    const progressThrottle = progressRateOf(services);
    let exceptions = 0;
    if (archives && !stopRequested) {
      const exported = await exportAssets(services, run, progressThrottle, signal);
      if (exported.stopped) return stopRun(services, run);
      exceptions += exported.exceptions;
    }
    const { assetsTotal, bytesDone } = progress;
    await recordProgress(services, run, { phase: 'deleting', assetsDone: 0, assetsTotal, bytesDone });
    const deleted = await deleteAssets(services, run, progressThrottle, signal);
    if (deleted.stopped) return stopRun(services, run, deleted.verifiedAt);
    exceptions += deleted.exceptions;
    const outcome = exceptions === 0 ? 'succeeded' : 'partly-failed';
    await finishRun(services, run, { outcome, verifiedAt: deleted.verifiedAt });
  },
};
