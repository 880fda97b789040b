import { type Action, traitsOf, type WorkflowName } from '../domain/actions.ts';
import { assetDeletionWorkflow } from './delete-assets/workflow.ts';
import { workspaceDeletionWorkflow } from './delete-workspace/workflow.ts';
import { directoryExportWorkflow } from './directory-export/workflow.ts';
import { exportWorkflow } from './export/workflow.ts';
import type { Workflow } from './workflow.ts';

const workflows: Readonly<Record<WorkflowName, Workflow>> = {
  export: exportWorkflow,
  'delete-assets': assetDeletionWorkflow,
  'delete-workspace': workspaceDeletionWorkflow,
  'directory-export': directoryExportWorkflow,
};

/** The workflow that carries out an action. */
export function workflowOf(action: Action): Workflow {
  return workflows[traitsOf(action).workflow];
}
