import type { RequestReport } from '../../requests/report.ts';

/** The export of directory data that a report is about. Throws for every other request. */
export function directoryOf({ request, directory }: RequestReport) {
  if (directory === null) throw new Error(`request ${request.number} is about nobody in the directory`);
  return directory;
}
