import { readDirectoryExport } from '../../database/directory-exports.ts';
import type { Workflow } from '../workflow.ts';
import { endDirectoryExport } from './end.ts';
import { followDirectoryExport } from './poll.ts';
import { prepareDirectoryExport } from './prepare.ts';
import { exportDirectoryData } from './run.ts';

/** Has Microsoft Graph export the data that the directory holds about a person, and polls until it is done. */
export const directoryExportWorkflow: Workflow = {
  prepare: prepareDirectoryExport,
  run: exportDirectoryData,
  poll: followDirectoryExport,
  endFailed: async (services, run) => {
    // The call to Graph may have had its effect.
    if (run.request.progress.phase !== 'asking') return false;
    const directoryExport = await readDirectoryExport(services.database.db, run.number);
    await endDirectoryExport(services, run, directoryExport?.person.name ?? '', { kind: 'in-doubt' });
    return true;
  },
};
