import { pathPart } from './path-part.ts';
import type { WorkspaceCall } from './workspace-client.ts';

/** Where an experiment is, below its workspace. */
export function experimentPath(id: string): string {
  return `experiments/${pathPart(id)}`;
}

/** The call for an experiment's full JSON, which is what Export-AmlExperimentGraph writes to a file. */
export function experimentCall(id: string, signal: AbortSignal): WorkspaceCall {
  return { path: experimentPath(id), doing: 'reading an experiment', signal };
}
