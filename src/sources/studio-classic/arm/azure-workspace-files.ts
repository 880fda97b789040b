import type { ArmTransport } from '../../../azure/arm/arm-transport.ts';
import { readResourceId } from '../../../azure/arm/resource-id.ts';
import type { AssetFile } from '../../../domain/asset-source.ts';
import { documentFile } from '../document-file.ts';
import { describeArmWorkspace } from './azure-workspaces.ts';
import { describeCommitmentPlan } from './commitment-plans.ts';

/**
 * What an export writes of a workspace as Azure sees it: the resource, where there is one, and the commitment plans
 * that its web services are charged to, each with its associations and usage. Read when their turn comes.
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
