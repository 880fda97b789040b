import { finishRun, stopRun } from '../../requests/lease.ts';
import { progressRateOf } from '../progress-rate.ts';
import { isReadyToRun } from '../ready-to-run.ts';
import type { Workflow } from '../workflow.ts';
import { prepareFromWorkspace } from '../workspace-preparation.ts';
import { exportAssets } from './run.ts';

/** Exports a whole workspace, or assets of it, into an archive. */
export const exportWorkflow: Workflow = {
  prepare: prepareFromWorkspace,
  run: async (services, run, signal) => {
    if (run.request.stopRequested) return stopRun(services, run);
    if (!(await isReadyToRun(services, run, signal))) return;
    const { stopped, exceptions } = await exportAssets(services, run, progressRateOf(services), signal);
    if (stopped) return stopRun(services, run);
    await finishRun(services, run, { outcome: exceptions === 0 ? 'succeeded' : 'partly-failed' });
  },
};
