import type { Call } from '../../server/call.ts';
import { Refusal } from '../../server/error-replies.ts';
import { emptyReply, jsonReply } from '../../server/reply.ts';
import type { Route } from '../routes.ts';
import { remove, type Studio } from '../studio-state.ts';
import {
  armList,
  armPresent,
  armResource,
  armRoute,
  pageReply,
  pathsOf,
  resourceId,
  wireHead,
} from './arm-endpoints.ts';
import type { ArmPlanRecord } from './arm-records.ts';

const paths = pathsOf('commitmentPlans');

/** Commitment plans with their associations and usage, and the price list. */
export const armPlanRoutes: readonly Route[] = [
  armRoute('GET', paths.everywhere, list),
  armRoute('GET', paths.inGroup, list),
  armRoute('GET', paths.one, (call, studio) => jsonReply(wire(call)(armResource(call, studio, 'arm-plan')))),
  armRoute('DELETE', paths.one, (call, studio) => {
    const plan = armPresent(call, studio, 'arm-plan');
    if (!plan) return emptyReply(204);
    if (plan.associations.length > 0) {
      throw new Refusal(409, 'The commitment plan is used by a web service.', { code: 'CommitmentPlanInUse' });
    }
    remove(studio, call.parameter('subscription'), 'arm-plan', plan);
    return emptyReply();
  }),
  armRoute('GET', `${paths.one}/commitmentAssociations`, (call, studio) => {
    const plan = armResource(call, studio, 'arm-plan');
    return pageReply(call, plan.associations, (association) => wireAssociation(call, plan, association));
  }),
  armRoute('GET', `${paths.one}/commitmentAssociations/:association`, (call, studio) => {
    const plan = armResource(call, studio, 'arm-plan');
    const found = plan.associations.find(({ name }) => name === call.parameter('association'));
    if (!found) throw new Refusal(404, 'The association was not found.', { code: 'ResourceNotFound' });
    return jsonReply(wireAssociation(call, plan, found));
  }),
  armRoute('GET', `${paths.one}/usageHistory`, (call, studio) =>
    pageReply(call, armResource(call, studio, 'arm-plan').usage, wireUsage),
  ),
  armRoute('GET', 'providers/Microsoft.MachineLearning/skus', () =>
    jsonReply({ value: [{ resourceType: 'commitmentPlans', sku: { name: 'S1', tier: 'Standard' }, capacity: {} }] }),
  ),
];

function list(call: Call, studio: Studio) {
  return pageReply(call, armList(call, studio, 'arm-plan'), wire(call));
}

function wire(call: Call): (plan: ArmPlanRecord) => unknown {
  return (plan) => ({
    ...wireHead(call.parameter('subscription'), 'commitmentPlans', plan),
    etag: '1',
    sku: plan.sku,
    properties: {
      chargeForOverage: true,
      chargeForPlan: true,
      creationDate: new Date(plan.createdAt).toISOString(),
      includedQuantities: {
        Transactions: {
          allowance: 100_000,
          amount: 100_000,
          includedQuantityMeter: 'meter-1',
          overageMeter: 'meter-2',
        },
      },
      maxAssociationLimit: 500,
      maxCapacityLimit: 100,
      minCapacityLimit: 1,
      planMeter: 'meter-0',
      refillFrequencyInDays: 30,
      suspendPlanOnOverage: false,
    },
  });
}

function wireAssociation(call: Call, plan: ArmPlanRecord, association: ArmPlanRecord['associations'][number]): unknown {
  const planId = resourceId(call.parameter('subscription'), 'commitmentPlans', plan);
  return {
    id: `${planId}/commitmentAssociations/${association.name}`,
    name: association.name,
    type: 'Microsoft.MachineLearning/commitmentPlans/commitmentAssociations',
    location: plan.location,
    etag: '1',
    properties: {
      associatedResourceId: association.serviceId,
      commitmentPlanId: planId,
      creationDate: new Date(association.createdAt).toISOString(),
    },
  };
}

function wireUsage({ at, transactions, hours }: ArmPlanRecord['usage'][number]): unknown {
  return {
    usageDate: new Date(at).toISOString(),
    usage: { Transactions: transactions, ComputeHours: hours },
    planQuantitiesBeforeUsage: { Transactions: 100_000 },
    planQuantitiesAfterUsage: { Transactions: 100_000 - transactions },
    planUsageOverage: {},
    planDeletionOverage: {},
    planMigrationOverage: {},
  };
}
