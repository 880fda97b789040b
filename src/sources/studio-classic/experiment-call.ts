import { pathPart } from './path-part.ts';
import type { WorkspaceCall } from './workspace-client.ts';

/** The path of an experiment, relative to its workspace. */
export function experimentPath(id: string): string {
  return `experiments/${pathPart(id)}`;
}

/** The call for an experiment's full JSON, which Export-AmlExperimentGraph writes to a file. */
export function experimentCall(id: string, signal: AbortSignal): WorkspaceCall {
  return { path: experimentPath(id), doing: 'reading an experiment', signal };
}
