import { z } from 'zod';
import type { TestEmulator } from './emulator.ts';
import { type PlainStudio, plainStudio } from './plain-studio.ts';

/** Any JSON object. */
export type Json = Readonly<Record<string, unknown>>;

const endpoint = z
  .looseObject({
    BaseUri: z.string().nullable(),
    Location: z.string().nullable(),
    AccessCredential: z.string().nullable(),
  })
  .nullish();
type Endpoint = z.infer<typeof endpoint>;

const resource = z.looseObject({ Id: z.string(), FamilyId: z.string(), Name: z.string(), DownloadLocation: endpoint });
const dataset = resource.extend({ SchemaEndPoint: endpoint, VisualizeEndPoint: endpoint });
const moduleShape = z.looseObject({ Id: z.string(), ReleaseState: z.string() });
const experimentHead = z.looseObject({
  ExperimentId: z.string(),
  IsArchived: z.boolean(),
  IsLeaf: z.boolean(),
  Status: z.looseObject({ StatusCode: z.string() }),
});
const experiment = experimentHead.extend({
  NodeStatuses: z.array(
    z.looseObject({
      OutputEndpoints: z.array(endpoint),
      MetadataOutputEndpoints: z.record(z.string(), z.array(z.looseObject({ Value: endpoint }))),
      StandardOutEndpoint: endpoint,
      StandardErrorEndpoint: endpoint,
    }),
  ),
});
const user = z.object({
  Status: z.string(),
  User: z.object({ Email: z.string(), Name: z.string(), Role: z.string(), UserId: z.string() }),
});
const notebook = z.looseObject({ FamilyId: z.string() });
const project = z.looseObject({ ContainerId: z.string(), Contents: z.record(z.string(), z.array(z.string())) });
const service = z.looseObject({ Id: z.string() });
const gateway = z.looseObject({ GatewayName: z.string() });

/**
 * Everything that the PowerShell module can read in a workspace, read by its calls one after the other. A full export
 * must contain all of it. Microsoft's samples are left out.
 */
export async function everythingIn(studio: PlainStudio, workspaceId: string) {
  const isOwn = (id: string) => id.startsWith(workspaceId);
  const list = async <Item extends z.ZodType>(path: string, item: Item) =>
    z.array(item).parse(await studio.studio(path));
  const datasets = (await list('/datasources', dataset)).filter(({ Id }) => isOwn(Id));
  const models = (await list('/trainedmodels', resource)).filter(({ Id }) => isOwn(Id));
  const transforms = (await list('/transformmodules', resource)).filter(({ Id }) => isOwn(Id));
  const modules = (await list('/modules', moduleShape)).filter(
    ({ Id, ReleaseState }) => ReleaseState === 'Custom' && isOwn(Id),
  );
  const heads = (await list('/experiments?includeArchived=true&includeNonLeaf=true', experimentHead)).filter(
    ({ ExperimentId }) => isOwn(ExperimentId),
  );
  const each = <Item, Result>(items: readonly Item[], read: (item: Item) => Promise<Result>) =>
    Promise.all(items.map(read));
  const experiments = await each(heads, async ({ ExperimentId }) =>
    experiment.parse(await studio.studio(`/experiments/${ExperimentId}`)),
  );
  const companions = async (part: string, of: readonly { readonly ExperimentId: string }[]) => {
    const found = await each(of, ({ ExperimentId }) => studio.studio(`/experiments/${ExperimentId}/${part}`));
    return found.filter((value) => value !== null && JSON.stringify(value) !== '[]');
  };
  const notebooks = await each(await list('/notebooks', notebook), async (found) => ({
    notebook: found,
    attachments: await list(`/notebooks/family/${found.FamilyId}/attachments`, z.string()),
  }));
  const services = z.array(service).parse(await studio.management('/webservices'));
  return {
    workspace: await studio.studio(''),
    users: await list('/users', user),
    datasets,
    models,
    transforms,
    modules,
    experiments,
    annotations: await companions('annotations', heads),
    definitions: await companions(
      'webservicedefinition',
      heads.filter(({ Status }) => Status.StatusCode === 'Finished'),
    ),
    outputs: experiments.flatMap(({ NodeStatuses }) => NodeStatuses.flatMap(outputsOf)),
    notebooks,
    projects: await list('/projectcontainers', project),
    gateways: await list('/gateways', gateway),
    services: await each(services, async (found) => ({
      service: found,
      endpoints: await studio.management(`/webservices/${found.Id}/endpoints`),
    })),
    assets: [
      ...[...datasets, ...models, ...transforms, ...modules, ...services].map(({ Id }) => ({ id: Id })),
      ...heads.filter(({ IsLeaf }) => IsLeaf).map(({ ExperimentId }) => ({ id: ExperimentId })),
    ],
    download,
  };
}

function outputsOf(node: z.infer<typeof experiment>['NodeStatuses'][number]) {
  const found = [
    ...node.OutputEndpoints,
    ...Object.values(node.MetadataOutputEndpoints).flatMap((entries) => entries.map(({ Value }) => Value)),
    node.StandardOutEndpoint,
    node.StandardErrorEndpoint,
  ];
  return found.filter((each) => each !== null && each !== undefined);
}

/** The bytes behind an endpoint, fetched as the module does; null when there are none. */
async function download(from: Endpoint): Promise<Buffer | null> {
  if (!from?.BaseUri || !from.Location) return null;
  const response = await fetch(from.BaseUri + from.Location + from.AccessCredential);
  const bytes = Buffer.from(await response.arrayBuffer());
  return response.status === 200 ? bytes : null;
}

const secretName =
  /^(AccessCredential|SasBlobToken|(Primary|Secondary)(Token|Key)|UserStorageKey|RegistrationKey|.*ConnectionString)$/;

/**
 * The same JSON without the values of secret fields and module parameters; an implementation independent of Steward's.
 */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const secretParameter = 'Name' in value && /connection string|account key/i.test(String(value.Name));
  const entries = Object.entries(value).map(([key, inner]) => {
    const hidden = typeof inner === 'string' && (secretName.test(key) || (secretParameter && key === 'Value'));
    return [key, hidden ? '' : withoutSecrets(inner)];
  });
  return Object.fromEntries(entries);
}

/** Every secret that the emulator returns to a client with the workspace's token or with rights in Azure. */
export async function everySecret(emulator: TestEmulator, workspace: string): Promise<readonly string[]> {
  const studio = plainStudio(emulator, workspace);
  const { workspaceId } = emulator.workspace(workspace);
  const found = await everythingIn(studio, workspaceId);
  const sessions = await Promise.all(
    found.notebooks.map(async ({ notebook: { FamilyId } }) =>
      (await studio.post(`/notebooks/family/${FamilyId}/session`, {})).json(),
    ),
  );
  const services = ['fraud-scoring-new', 'chargeback-new'];
  const keys = await Promise.all(
    services.map((name) => studio.azure(`webServices/${name}/listKeys?api-version=2017-01-01`)),
  );
  const values = [
    ...secretsIn(found),
    ...keys.flatMap((each) => Object.values((each ?? {}) as Record<string, string>)),
    ...sessions.flatMap((each) => Object.values(each as Record<string, string>)),
    // Secrets in the seeds: a password in a parameter, a key and a signature in Azure.
    'not-a-real-password-7Q',
    'bm90LWEtcmVhbC1rZXktOVE=',
    'bm90LWEtcmVhbC1zaWduYXR1cmU',
    emulator.resourceManager.token,
    emulator.azurite.accountKey,
  ];
  return [...new Set(values)].filter((value) => value.length > 5);
}

function secretsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && secretName.test(key) ? [inner] : secretsIn(inner),
  );
}
