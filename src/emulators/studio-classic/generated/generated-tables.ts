import type { Generator } from './asset-ids.ts';
import { annotationTable, experimentTable } from './generated-experiments.ts';
import { resourceTable } from './generated-resources.ts';
import { endpointTable, moduleTable, notebookTable, projectTable, webServiceTable } from './generated-services.ts';
import { mixed } from './ids.ts';
import { sizesOf } from './sizes.ts';
import type { GeneratedTables } from './table.ts';

/** All records that a plan describes, computed on demand. */
export function generatedTables({ workspaceId, plan }: Generator): GeneratedTables {
  // The workspace's id is part of the seed, so that two workspaces of the same seed have different ids in them.
  const seed = mixed(plan.seed, ...[0, 8, 16, 24].map((at) => Number.parseInt(workspaceId.slice(at, at + 8), 16)));
  const generator = { workspaceId, plan: { ...plan, seed } };
  const sizes = sizesOf(generator.plan);
  return {
    dataset: resourceTable(generator, 'datasets', sizes),
    model: resourceTable(generator, 'models', sizes),
    transform: resourceTable(generator, 'transforms', sizes),
    experiment: experimentTable(generator),
    annotation: annotationTable(generator),
    module: moduleTable(generator),
    project: projectTable(generator),
    notebook: notebookTable(generator),
    webservice: webServiceTable(generator),
    endpoint: endpointTable(generator),
  };
}
