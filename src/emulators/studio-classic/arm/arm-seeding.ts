import { derivedId } from '../seed-context.ts';
import type { WorkspaceSeed } from '../seed-format.ts';
import type { Studio } from '../studio-state.ts';
import { resourceId } from './arm-endpoints.ts';
import type { ArmResource } from './arm-records.ts';

/** Writes the Azure resources of a seed's workspace into the store of its subscription. */
export function seedArm(studio: Studio, seed: WorkspaceSeed): void {
  const { azure } = seed;
  if (!azure) return;
  const subscription = seed.subscription.id;
  const resource = (name: string): ArmResource => ({
    id: `${azure.resourceGroup}/${name}`.toLowerCase(),
    deletedAt: null,
    name,
    resourceGroup: azure.resourceGroup,
    location: azure.location,
    tags: {},
  });
  const workspaces = studio.store.table(subscription, 'arm-workspace');
  const shared = {
    type: seed.type,
    ownerEmail: seed.ownerEmail,
    storageAccountId: `/subscriptions/${subscription}/resourceGroups/${azure.resourceGroup}/providers/Microsoft.Storage/storageAccounts/${seed.storage?.account ?? ''}`,
    createdAt: seed.createdAt,
  };
  // The other workspaces come first, so that the workspace itself is on a later page of the list.
  for (const name of azure.neighbours) {
    workspaces.put({ ...resource(name), ...shared, workspaceId: derivedId(subscription, name), ownerEmail: '' });
  }
  workspaces.put({ ...resource(azure.name), ...shared, workspaceId: seed.id });
  for (const service of azure.webServices) {
    const { plan, ownWorkspace, parameters, exampleRequest, payloadsAt, title, createdAt } = service;
    studio.store.table(subscription, 'arm-web-service').put({
      ...resource(service.name),
      title,
      createdAt,
      workspaceId: ownWorkspace ? seed.id : derivedId(subscription, 'somewhere else'),
      planId: plan === null ? null : resourceId(subscription, 'commitmentPlans', resource(plan)),
      keys: { primary: derivedId(service.name, 'arm primary'), secondary: derivedId(service.name, 'arm secondary') },
      parameters,
      exampleRequest,
      payloadsAt,
    });
  }
  for (const plan of azure.commitmentPlans) {
    const associations = azure.webServices
      .filter((service) => service.plan === plan.name)
      .map((service) => ({
        name: derivedId(plan.name, service.name),
        serviceId: resourceId(subscription, 'webServices', resource(service.name)),
        createdAt: service.createdAt,
      }));
    studio.store.table(subscription, 'arm-plan').put({
      ...resource(plan.name),
      sku: { name: plan.sku, tier: 'Standard', capacity: 1 },
      createdAt: plan.createdAt,
      associations,
      usage: plan.usage,
    });
  }
}
