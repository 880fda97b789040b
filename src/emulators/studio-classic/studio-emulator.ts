import { mkdir } from 'node:fs/promises';
import type { Clock } from '../../domain/clock.ts';
import { armToken } from './arm/arm-endpoints.ts';
import { armWebServiceRoutes } from './arm/arm-web-services-endpoints.ts';
import { armWorkspaceRoutes } from './arm/arm-workspaces-endpoints.ts';
import { armPlanRoutes } from './arm/commitment-plans-endpoints.ts';
import { assumedRoutes } from './assumed-endpoints.ts';
import { blobProxyPrefix } from './blob-proxy.ts';
import { type BlobAccount, Blobs } from './blobs.ts';
import { datasetRoutes } from './datasets-endpoints.ts';
import { experimentRoutes } from './experiments-endpoints.ts';
import { gatewayRoutes } from './gateways-endpoints.ts';
import { GeneratedFiles } from './generated/files.ts';
import { generatedTables } from './generated/generated-tables.ts';
import { invitationRoutes } from './invitations-endpoints.ts';
import { moduleRoutes } from './modules-endpoints.ts';
import { notebookRoutes } from './notebooks-endpoints.ts';
import { packageRoutes } from './packages-endpoints.ts';
import { projectRoutes } from './projects-endpoints.ts';
import { readFurtherSeeds, readSeedFolder, type SeedWorkspace } from './seed-folder.ts';
import { endpointRoutes, scoringRoutes } from './service-endpoints-endpoints.ts';
import { Store } from './store.ts';
import { StudioServer } from './studio-server.ts';
import { globalWorkspaceId, type Studio, type StudioBehaviour } from './studio-state.ts';
import { trainedAssetsRoutes } from './trained-assets-endpoints.ts';
import { uploadRoutes } from './uploads-endpoints.ts';
import { webServiceRoutes } from './web-services-endpoints.ts';
import { nameResources, seedModuleId, seedWorkspace } from './workspace-seeding.ts';
import { workspaceRoutes } from './workspaces-endpoints.ts';

export interface StudioEmulatorOptions {
  /** Folder of the stored state; created when missing. It survives a restart. */
  readonly dataFolder: string;
  /** Folder with the initial workspaces, which are read at the first start only; see `src/local/seeds/README.md`. */
  readonly seedFolder: string;
  /** A second seed folder, for workspaces that were added later. It may be missing or empty. */
  readonly furtherSeeds?: string;
  /** 0 means any free port. */
  readonly port: number;
  readonly blobs: BlobAccount;
  /** Lifetime of links in responses, in milliseconds; a day by default. */
  readonly linkLifetimeMs?: number;
  /** True serves blobs through the emulator, so that faults apply to downloads too. */
  readonly blobProxy?: boolean;
  /** How long lists still show deleted records, in milliseconds; 0 by default. */
  readonly deletionLagMs?: number;
  /** Number of polls for which an asynchronous operation is reported as not done; 1 by default. */
  readonly pendingPolls?: number;
  readonly clock: Clock;
  /** The blob service's own clock, by which links expire. */
  readonly blobClock: Clock;
  /** Called with the emulator's own errors, which are answered with 500. */
  readonly onError?: (error: unknown) => void;
}

/** What Steward needs to access a workspace. */
export interface WorkspaceRegistration {
  readonly workspaceId: string;
  /** Base address of the Studio API, with `/api/` at the end. */
  readonly endpoint: string;
  /** Secret. */
  readonly token: string;
  /** E-mail address of the person who provided the token; null when unknown. */
  readonly registeredBy: string | null;
}

/** A running emulator of Studio (classic), on loopback. */
export interface StudioEmulator {
  /**
   * Base address without a path: `/api/` is the Studio API, `/subscriptions/` Resource Manager, the rest the management
   * host.
   */
  readonly url: string;
  /** Address of Resource Manager and the bearer token of an identity that may use it. */
  readonly resourceManager: { readonly endpoint: string; readonly token: string };
  /** Every workspace that can be accessed (not deleted, not that of the samples), in the order of the seed. */
  registrations(): readonly WorkspaceRegistration[];
  /** Names of the workspaces by id. */
  workspaceNames(): ReadonlyMap<string, string>;
  close(): Promise<void>;
}

const dayMs = 24 * 60 * 60_000;

const routes = [
  ...workspaceRoutes,
  ...invitationRoutes,
  ...uploadRoutes,
  ...datasetRoutes,
  ...trainedAssetsRoutes,
  ...moduleRoutes,
  ...experimentRoutes,
  ...packageRoutes,
  ...projectRoutes,
  ...notebookRoutes,
  ...gatewayRoutes,
  ...webServiceRoutes,
  ...endpointRoutes,
  ...scoringRoutes,
  ...armWorkspaceRoutes,
  ...armWebServiceRoutes,
  ...armPlanRoutes,
  // Last, so that no assumed path takes precedence over a known one.
  ...assumedRoutes,
];

/**
 * Starts the emulator; resolves when the seed is stored and it accepts requests. Throws SeedError for an invalid seed.
 */
export async function startStudioEmulator(options: StudioEmulatorOptions): Promise<StudioEmulator> {
  await mkdir(options.dataFolder, { recursive: true });
  const store = Store.open(options.dataFolder, (workspaceId, plan) => generatedTables({ workspaceId, plan }));
  let url = '';
  const accountUrl = options.blobs.url;
  const linkLifetimeMs = options.linkLifetimeMs ?? dayMs;
  const generatedBaseUri = () => `${url}/${blobProxyPrefix}/`;
  const blobs = new Blobs({
    account: options.blobs,
    baseUri: () => (options.blobProxy ? generatedBaseUri() : `${accountUrl}/`),
    generatedBaseUri,
    generated: new GeneratedFiles(store, options.blobClock, linkLifetimeMs),
    linkLifetimeMs,
    clock: options.blobClock,
  });
  const behaviour: StudioBehaviour = {
    deletionLagMs: options.deletionLagMs ?? 0,
    pendingPolls: options.pendingPolls ?? 1,
  };
  const studio: Studio = { store, blobs, clock: options.clock, behaviour };
  const server = new StudioServer({ studio, routes, accountUrl, onError: options.onError ?? (() => {}) });
  try {
    await blobs.makeContainers();
    const now = studio.clock.now();
    const further = options.furtherSeeds === undefined ? [] : await readFurtherSeeds(options.furtherSeeds, now);
    await seedAll(studio, [...(await readSeedFolder(options.seedFolder, now)), ...further]);
    url = `http://127.0.0.1:${await server.listen(options.port)}`;
  } catch (error) {
    store.close();
    throw error;
  }
  return {
    url,
    resourceManager: { endpoint: url, token: armToken },
    registrations: () => registrationsOf(studio, url),
    workspaceNames: () => new Map(openable(studio).map((workspace) => [workspace.id, workspace.name])),
    close: async () => {
      await server.close();
      store.close();
    },
  };
}

async function seedAll(studio: Studio, workspaces: readonly SeedWorkspace[]): Promise<void> {
  const moduleIds = new Map<string, string>();
  const samples = new Map<string, string>();
  for (const { seed } of workspaces) if (seed.id === globalWorkspaceId) nameResources(seed, samples);
  for (const { seed } of workspaces) {
    for (const module of seed.modules) moduleIds.set(module.key ?? module.name, seedModuleId(seed, module));
  }
  for (const workspace of workspaces) await seedWorkspace(studio, workspace, moduleIds, samples);
}

function openable(studio: Studio) {
  return studio.store
    .workspaceIds()
    .filter((id) => id !== globalWorkspaceId)
    .flatMap((id) => studio.store.table(id, 'workspace').get(id) ?? [])
    .filter((workspace) => workspace.deletedAt === null);
}

function registrationsOf(studio: Studio, url: string): WorkspaceRegistration[] {
  return openable(studio).map((workspace) => ({
    workspaceId: workspace.id,
    endpoint: `${url}/api/`,
    token: workspace.tokens.primary,
    registeredBy: workspace.registeredBy,
  }));
}
