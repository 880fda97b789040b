import { z } from 'zod';
import { generationSchema } from './generated/plan.ts';

/** The schema of a seed's `workspace.json`, which `src/local/seeds/README.md` describes. */

const hexId = z.string().regex(/^[0-9a-f]{32}$/u, 'must be 32 hex digits');
const moment = z.iso.datetime({ offset: true }).transform((text) => Math.floor(Date.parse(text) / 1000) * 1000);

export const generateSchema = z.strictObject({
  kind: z.enum(['csv', 'tsv', 'arff', 'text', 'zip', 'rdata', 'binary']),
  topic: z.enum(['customers', 'transactions', 'readings', 'reviews']).default('customers'),
  seed: z.int(),
  bytes: z.int().nonnegative(),
  header: z.boolean().default(true),
});
export type Generate = z.output<typeof generateSchema>;

const contentSchema = z.union([
  z.strictObject({ file: z.string() }),
  z.strictObject({ text: z.string() }),
  z.strictObject({ generate: generateSchema }),
]);
export type SeedContent = z.output<typeof contentSchema>;

const versionSchema = z.strictObject({
  createdAt: moment,
  uploadedFrom: z.string().optional(),
  content: contentSchema.nullable(),
});

const resourceShape = {
  /** The name by which other parts of the seed refer to it; defaults to `name`. */
  key: z.string().optional(),
  familyId: hexId.optional(),
  name: z.string(),
  description: z.string().default(''),
  owner: z.string(),
  /** Oldest first. */
  versions: z.array(versionSchema).min(1),
  promotedFrom: z.strictObject({ experiment: z.string(), node: z.string(), port: z.string() }).optional(),
};
const datasetSchema = z.strictObject({ ...resourceShape, dataTypeId: z.string() });
const modelSchema = z.strictObject({ ...resourceShape, dataTypeId: z.string().default('iLearnerDotNet') });
const transformSchema = z.strictObject({ ...resourceShape, dataTypeId: z.string().default('iTransformDotNet') });
export type SeedResource = z.output<typeof datasetSchema>;

const moduleSchema = z.strictObject({
  key: z.string().optional(),
  familyId: z.string().optional(),
  batch: z.string().default('v1-default-1652'),
  name: z.string(),
  description: z.string().default(''),
  category: z.string(),
  releaseState: z.string().default('Release'),
  language: z.strictObject({ name: z.string(), version: z.string() }).default({ name: '', version: '' }),
  owner: z.string(),
  createdAt: moment,
  bytes: z.int().default(0),
});

const nodeSchema = z.strictObject({
  key: z.string(),
  /** Name of a module of this workspace or of the samples. */
  module: z.string(),
  comment: z.string().default(''),
  parameters: z.record(z.string(), z.string()).default({}),
  inputs: z
    .array(
      z.strictObject({
        port: z.string(),
        dataset: z.string().optional(),
        model: z.string().optional(),
        transform: z.string().optional(),
        node: z.string().optional(),
        output: z.string().optional(),
      }),
    )
    .default([]),
  outputs: z
    .array(
      z.strictObject({
        port: z.string(),
        type: z.string(),
        content: contentSchema.optional(),
        visualization: z.boolean().default(false),
      }),
    )
    .default([]),
});
export type SeedNode = z.output<typeof nodeSchema>;

const experimentSchema = z.strictObject({
  key: z.string().optional(),
  experimentId: hexId.optional(),
  name: z.string(),
  summary: z.string().default(''),
  creator: z.string(),
  createdAt: moment,
  status: z.enum(['InDraft', 'NotStarted', 'Running', 'Finished', 'Failed', 'Canceled']).default('Finished'),
  detail: z.string().nullable().default(null),
  archived: z.boolean().default(false),
  /** Key of the preceding run, which thereby becomes a snapshot and no longer appears in lists by default. */
  parent: z.string().optional(),
  tags: z.array(z.string()).default([]),
  nodes: z.array(nodeSchema).default([]),
  webServiceInput: z.strictObject({ node: z.string(), port: z.string() }).optional(),
  annotations: z.array(z.strictObject({ content: z.string(), node: z.string().optional() })).default([]),
});
export type SeedExperiment = z.output<typeof experimentSchema>;

const projectSchema = z.strictObject({
  name: z.string(),
  description: z.string().default(''),
  creator: z.string(),
  /** Keys of the project's assets, by kind. */
  contents: z
    .strictObject({
      experiments: z.array(z.string()).default([]),
      datasets: z.array(z.string()).default([]),
      models: z.array(z.string()).default([]),
      transforms: z.array(z.string()).default([]),
    })
    .prefault({}),
});

const notebookSchema = z.strictObject({
  name: z.string(),
  author: z.string(),
  language: z.string().default('Python 3'),
  createdAt: moment,
  modifiedAt: moment,
  tags: z.string().default(''),
  attachments: z.array(z.string()).default([]),
});

const gatewaySchema = z.strictObject({
  name: z.string(),
  description: z.string().default(''),
  host: z.string(),
  status: z.enum(['NeedRegistration', 'Online', 'Offline', 'UpdateAvailable', 'Other', 'None']).default('Online'),
  version: z.string().default('2.3.6100.2'),
  createdAt: moment,
  lastConnectAt: moment.optional(),
});

const webServiceSchema = z.strictObject({
  name: z.string(),
  description: z.string().default(''),
  createdAt: moment,
  endpoints: z
    .array(
      z.strictObject({
        name: z.string(),
        description: z.string().default(''),
        throttleLevel: z.enum(['Low', 'High']).default('Low'),
        maxConcurrentCalls: z.int().default(4),
        /** Keys of the models that the endpoint uses. */
        models: z.array(z.string()).default([]),
      }),
    )
    .min(1),
});

/** The Azure resources of a standard workspace. */
const azureSchema = z.strictObject({
  /** The workspace's name as an Azure resource. */
  name: z.string(),
  resourceGroup: z.string(),
  location: z.string(),
  /** Names of other workspaces in the subscription, which do not exist in this Studio. */
  neighbours: z.array(z.string()).default([]),
  webServices: z
    .array(
      z.strictObject({
        name: z.string(),
        title: z.string(),
        createdAt: moment,
        /** Name of its commitment plan. */
        plan: z.string().nullable().default(null),
        /** False for a service of another workspace in the same subscription. */
        ownWorkspace: z.boolean().default(true),
        parameters: z.record(z.string(), z.string()).default({}),
        exampleRequest: z.record(z.string(), z.unknown()).nullable().default(null),
        payloadsAt: z.string().nullable().default(null),
      }),
    )
    .default([]),
  commitmentPlans: z
    .array(
      z.strictObject({
        name: z.string(),
        sku: z.string().default('S1'),
        createdAt: moment,
        usage: z.array(z.strictObject({ at: moment, transactions: z.int(), hours: z.number() })).default([]),
      }),
    )
    .default([]),
});

export const workspaceSeedSchema = z.strictObject({
  id: hexId,
  name: z.string().max(260),
  description: z.string().default(''),
  type: z.string(),
  status: z.string().default('Enabled'),
  region: z.string().default('South Central US'),
  createdAt: moment,
  ownerEmail: z.string().default(''),
  tenantId: z.string().default(''),
  tokens: z.strictObject({ primary: z.string().min(8), secondary: z.string().min(8) }).optional(),
  /** E-mail address of the person who registers the workspace's token with Steward; defaults to the owner. */
  registeredBy: z.string().optional(),
  subscription: z
    .strictObject({ id: z.string(), name: z.string(), state: z.string() })
    .default({ id: '', name: '', state: '' }),
  storage: z.strictObject({ account: z.string(), resourceGroup: z.string() }).optional(),
  members: z
    .array(
      z.strictObject({
        email: z.string(),
        name: z.string(),
        role: z.enum(['Owner', 'User']),
        status: z.enum(['Active', 'Invited']).default('Active'),
      }),
    )
    .default([]),
  datasets: z.array(datasetSchema).default([]),
  models: z.array(modelSchema).default([]),
  transforms: z.array(transformSchema).default([]),
  modules: z.array(moduleSchema).default([]),
  experiments: z.array(experimentSchema).default([]),
  projects: z.array(projectSchema).default([]),
  notebooks: z.array(notebookSchema).default([]),
  gateways: z.array(gatewaySchema).default([]),
  webServices: z.array(webServiceSchema).default([]),
  azure: azureSchema.optional(),
  /** Assets that are generated, for workspaces too large to write down. */
  generated: generationSchema.optional(),
});
export type WorkspaceSeed = z.output<typeof workspaceSeedSchema>;
