import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { AzureHttp } from '../../src/azure/http/http-client.ts';
import { defaultHttpSettings } from '../../src/azure/http/http-settings.ts';
import { createInProcessLimits } from '../../src/azure/http/in-process-limits.ts';
import type { AssetKind } from '../../src/domain/assets.ts';
import type { WorkspaceRegistration } from '../../src/emulators/studio-classic/studio-emulator.ts';
import { uploadDataset } from '../../src/sources/studio-classic/dataset-upload.ts';
import { createStudioSource } from '../../src/sources/studio-classic/source.ts';
import { WorkspaceClient } from '../../src/sources/studio-classic/workspace-client.ts';
import { systemClock } from '../../src/system-clock.ts';
import { smallSeed, startTestEmulator, type TestEmulator } from '../harness/emulator.ts';
import { assetSourceContract, type SourceUnderTest } from './asset-source.contract.ts';

const patient = new AbortController().signal;
const knownDataset = { name: 'known bytes.csv', bytes: Buffer.from('id;name\n1;Zoë\n2;"a, b"\n'.repeat(200_000)) };

assetSourceContract('Studio, a free workspace', () => startStudio('free-churn-lab', 'Churn Lab'));
assetSourceContract('Studio, a guest workspace', () => startStudio('guest', 'Guest-Workspace'));
assetSourceContract('Studio, a standard workspace', () => startStudio('standard-fraud-detection', 'Fraud Detection'));

/** An emulator of its own with the small seed and one dataset more, and a source that talks to it over HTTP. */
async function startStudio(folder: string, name: string): Promise<SourceUnderTest> {
  const seed = JSON.parse(await readFile(path.join(smallSeed, folder, 'workspace.json'), 'utf8'));
  const emulator = await startTestEmulator();
  const registration = emulator.workspace(name);
  const http = new AzureHttp({
    settings: defaultHttpSettings,
    clock: systemClock,
    limits: createInProcessLimits(),
    random: () => 0,
    log: null,
  });
  const upload = { name: knownDataset.name, dataTypeId: 'GenericCSV', description: '', familyId: null };
  await uploadDataset(
    new WorkspaceClient(registration, http),
    { ...upload, sizeBytes: knownDataset.bytes.length, bytes: Readable.from([knownDataset.bytes]) },
    patient,
  );
  return {
    source: createStudioSource({
      connections: emulator.registrations(),
      clock: systemClock,
      http: { retryDelayMs: 1 },
      resourceManager: {
        endpoint: emulator.resourceManager.endpoint,
        credential: {
          getToken: async () => ({
            token: emulator.resourceManager.token,
            expiresOnTimestamp: systemClock.now() + 60_000,
          }),
        },
      },
    }),
    workspaceId: registration.workspaceId,
    counts: countsOf(seed),
    knownDataset,
    dependency: dependencyOf(seed),
    secrets: [...(await secretsOf(registration, emulator.url)), ...(await azureSecretsOf(seed, emulator))],
    close: () => emulator.close(),
  };
}

interface SeedExperiment {
  readonly name: string;
  readonly key?: string;
  readonly parent?: string;
  readonly nodes: readonly { readonly inputs?: readonly { readonly dataset?: string }[] }[];
}

type Seed = Partial<Record<SeedList, readonly unknown[]>> & {
  readonly experiments: readonly SeedExperiment[];
  readonly subscription?: { readonly id: string };
  readonly azure?: {
    readonly resourceGroup: string;
    readonly webServices: readonly { readonly name: string; readonly ownWorkspace?: boolean }[];
  };
};

type SeedList = 'datasets' | 'modules' | 'models' | 'transforms' | 'webServices' | 'projects' | 'notebooks';

/** Every asset of the seed; of a line of runs, the last one only. */
function countsOf(seed: Seed): Partial<Record<AssetKind, number>> {
  const count = (list: SeedList): number => seed[list]?.length ?? 0;
  return {
    dataset: count('datasets') + 1,
    experiment: heads(seed).length,
    module: count('modules'),
    model: count('models'),
    transform: count('transforms'),
    webservice: count('webServices') + ownInAzure(seed).length,
    project: count('projects'),
    notebook: count('notebooks'),
  };
}

/** New web services that were made in the workspace. */
function ownInAzure({ azure }: Seed): readonly { readonly name: string }[] {
  return (azure?.webServices ?? []).filter(({ ownWorkspace }) => ownWorkspace !== false);
}

/** The keys of the new web services, which only a call that Steward never makes gives out; and the token for Azure. */
async function azureSecretsOf(seed: Seed, { resourceManager }: TestEmulator): Promise<readonly string[]> {
  const { endpoint, token } = resourceManager;
  const base = `${endpoint}/subscriptions/${seed.subscription?.id}/resourceGroups/${seed.azure?.resourceGroup}`;
  const keys = await Promise.all(
    ownInAzure(seed).map(async ({ name }) => {
      const address = `${base}/providers/Microsoft.MachineLearning/webServices/${name}/listKeys?api-version=2017-01-01`;
      const answer = await fetch(address, { headers: { Authorization: `Bearer ${token}` } });
      return Object.values(z.record(z.string(), z.string()).parse(await answer.json()));
    }),
  );
  return [token, ...keys.flat()];
}

function heads(seed: Seed): readonly SeedExperiment[] {
  const parents = new Set(seed.experiments.map(({ parent }) => parent));
  return seed.experiments.filter((experiment) => !parents.has(experiment.key ?? experiment.name));
}

function dependencyOf(seed: Seed): SourceUnderTest['dependency'] {
  for (const experiment of heads(seed)) {
    const used = experiment.nodes.flatMap((node) => node.inputs ?? []).find(({ dataset }) => dataset !== undefined);
    if (used?.dataset) return { dataset: used.dataset.replace(/ #\d+$/, ''), experiment: experiment.name };
  }
  throw new Error('No experiment of the seed uses a dataset.');
}

/** Names of fields that hold secrets, in any of the service's payloads. */
const secretField =
  /^(AuthorizationToken|PrimaryToken|SecondaryToken|PrimaryKey|SecondaryKey|UserStorageKey)$|ConnectionString$/;

/** Every secret the emulator shows to an owner, asked for with plain HTTP, and those in the seed's experiments. */
async function secretsOf({ workspaceId, token }: WorkspaceRegistration, url: string): Promise<readonly string[]> {
  const read = async (address: string): Promise<unknown> => {
    const headers = { 'x-ms-metaanalytics-authorizationtoken': token, Authorization: `Bearer ${token}` };
    return (await fetch(`${url}/${address}`, { headers })).json();
  };
  const services = `workspaces/${workspaceId}/webservices`;
  const listed = z.array(z.object({ Id: z.string() })).parse(await read(services));
  const payloads = [
    await read(`api/workspaces/${workspaceId}`),
    ...(await Promise.all(listed.map(({ Id }) => read(`${services}/${Id}/endpoints`)))),
  ];
  return ['not-a-real-password-7Q', ...payloads.flatMap(secretValues)].filter((value) => value.length > 5);
}

/** The values of fields that hold secrets, anywhere below. */
function secretValues(payload: unknown): string[] {
  if (typeof payload !== 'object' || payload === null) return [];
  return Object.entries(payload).flatMap(([key, value]) =>
    secretField.test(key) && typeof value === 'string' ? [value] : secretValues(value),
  );
}
