import type { ArmTransport } from '../../../azure/arm/arm-transport.ts';
import { readResourceId } from '../../../azure/arm/resource-id.ts';
import type { AssetFile } from '../../../domain/asset-source.ts';
import { documentFile } from '../document-file.ts';
import { describeArmWorkspace } from './azure-workspaces.ts';
import { describeCommitmentPlan } from './commitment-plans.ts';

/**
 * The files of a workspace's resources in Azure: the workspace, if it is there, and the commitment plans that pay for
 * its web services, each with its associations and usage. They are read when they are written to the export.
 */
export function filesInAzure(
  transport: ArmTransport,
  resourceId: string | null,
  planIds: readonly string[],
): readonly AssetFile[] {
  const source = (id: string) => transport.endpoint + id;
  const workspace = resourceId === null ? [] : [resourceId];
  return [
    ...workspace.map((id) =>
      documentFile({ name: 'workspace in Azure.json', role: 'metadata', source: source(id) }, null, (signal) =>
        describeArmWorkspace(transport, id, signal),
      ),
    ),
    ...planIds.map((id) => {
      const name = `commitment-plan ${readResourceId(id, 'commitmentPlans')?.name ?? 'without a readable id'}.json`;
      return documentFile({ name, role: 'metadata', source: source(id) }, null, (signal) =>
        describeCommitmentPlan(transport, id, signal),
      );
    }),
  ];
}
