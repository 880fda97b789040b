import { ArmTransport, type ResourceManagerSettings } from '../../azure/arm/arm-transport.ts';
import { AzureHttp } from '../../azure/http/http-client.ts';
import { defaultHttpSettings, type HttpSettings } from '../../azure/http/http-settings.ts';
import { createInProcessLimits } from '../../azure/http/in-process-limits.ts';
import type { AssetSource } from '../../domain/asset-source.ts';
import type { Asset } from '../../domain/assets.ts';
import { type AskForClearance, assetSubject, workspaceSubject } from '../../domain/clearance.ts';
import type { Clock } from '../../domain/clock.ts';
import type { SharedLimits } from '../../domain/host-limits.ts';
import { ServiceFailure } from '../../domain/service-failure.ts';
import { isArmWebService } from './arm/new-web-services.ts';
import { guestLifetimeMs } from './assumed.ts';
import type { StudioConnection } from './connections.ts';
import { dependantsIn, sharedRuns } from './dependants.ts';
import { kinds, kindsWithOwner } from './kinds.ts';
import { planRemoval, presence, removeWorkspace } from './remove-workspace.ts';
import { readMembers, readWorkspace } from './workspace.ts';
import { WorkspaceClient } from './workspace-client.ts';
import { workspaceFiles } from './workspace-files.ts';
import { workspaceResources } from './workspace-level-resources.ts';

/** Connections and dependencies of the Studio source. */
export interface StudioOptions {
  readonly connections: readonly StudioConnection[];
  readonly clock: Clock;
  /** Rate limits and outages of hosts, shared between processes; without it each process has its own. */
  readonly limits?: SharedLimits;
  /** Access to Azure Resource Manager, for standard workspaces and new web services; without it both are invisible. */
  readonly resourceManager?: ResourceManagerSettings;
  /** Overrides of `defaultHttpSettings`. */
  readonly http?: Partial<HttpSettings>;
  /** Lifetime of a guest workspace, in milliseconds. */
  readonly guestLifetimeMs?: number;
  /** Receives a line per request and response, without secrets. */
  readonly log?: (line: string) => void;
  /** Jitter between 0 and 1, for retries. */
  readonly random?: () => number;
}

/** Number of assets after which a list yields to the event loop. */
const batchBeforeYield = 500;

/**
 * Studio (classic) as an asset source. Workspace ids are compared without case and dashes.
 * Throws ServiceFailure when a connection names a region without a known address, or Resource Manager's is not safe.
 */
export function createStudioSource(options: StudioOptions): AssetSource {
  const http = new AzureHttp({
    settings: { ...defaultHttpSettings, ...options.http },
    clock: options.clock,
    limits: options.limits ?? createInProcessLimits(),
    random: options.random ?? Math.random,
    log: options.log ?? null,
  });
  const azure = options.resourceManager ? new ArmTransport(options.resourceManager, http) : null;
  const lifetimeMs = options.guestLifetimeMs ?? guestLifetimeMs;
  const registrations = new Map(
    options.connections.map((connection) => {
      const workspaceId = normalisedId(connection.workspaceId);
      const client = new WorkspaceClient({ ...connection, workspaceId }, http, azure);
      return [workspaceId, { client, registeredBy: connection.registeredBy }] as const;
    }),
  );
  const clientOf = (workspaceId: string): WorkspaceClient => {
    const registration = registrations.get(normalisedId(workspaceId));
    if (registration) return registration.client;
    const message = 'Steward has no token for this workspace. One of its owners can register it.';
    throw new ServiceFailure('Studio', 'unauthorized', message);
  };
  return {
    workspaceIds: () => [...registrations.keys()],
    registeredBy: (workspaceId) => registrations.get(normalisedId(workspaceId))?.registeredBy ?? null,
    workspace: async (workspaceId, signal) => readWorkspace(clientOf(workspaceId), lifetimeMs, signal),
    members: async (workspaceId, signal) => readMembers(clientOf(workspaceId), signal),
    workspaceFiles: async (workspaceId, signal) => workspaceFiles(clientOf(workspaceId), signal),
    workspaceResources: async (workspaceId, kind, signal) => workspaceResources(clientOf(workspaceId), kind, signal),
    async *list(workspaceId, kind, signal) {
      let yielded = 0;
      for await (const asset of kinds[kind].list(clientOf(workspaceId), signal)) {
        yield asset;
        yielded += 1;
        // The list is in memory already, so without this its consumer would block the event loop.
        if (yielded % batchBeforeYield === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    },
    find: async (workspaceId, asset, signal) => {
      const client = clientOf(workspaceId);
      return isOwn(client, asset) ? kinds[asset.kind].find(client, asset, signal) : null;
    },
    files: async (workspaceId, asset, signal) => {
      const client = clientOf(workspaceId);
      assertOwn(client, asset);
      const files = await kinds[asset.kind].files(client, asset, signal);
      return files.toSorted((a, b) => Number(a.role === 'metadata') - Number(b.role === 'metadata'));
    },
    dependants: (workspaceId, signal) => dependantsIn(clientOf(workspaceId), signal),
    sharedHistory: async (workspaceId, isKept, signal) => sharedRuns(clientOf(workspaceId), isKept, signal),
    usesOwnRights: ({ kind, id }) => kind === 'webservice' && isArmWebService(id),
    delete: async (workspaceId, asset, ask, signal) => {
      const client = clientOf(workspaceId);
      assertOwn(client, asset);
      const subject = assetSubject(workspaceId, asset);
      const askForAsset: AskForClearance = async (unanswered) => {
        const clearance = await ask(unanswered);
        clearance.assertSubject(subject);
        return clearance;
      };
      return kinds[asset.kind].delete(client, asset, askForAsset, signal);
    },
    planRemoval: async (workspaceId, signal) => planRemoval(clientOf(workspaceId), lifetimeMs, signal),
    removeWorkspace: async (workspaceId, removal, clearance, signal) => {
      clearance.assertSubject(workspaceSubject(workspaceId, removal));
      return removeWorkspace(clientOf(workspaceId), removal, clearance, signal);
    },
    presence: async (workspaceId, removal, signal) => presence(clientOf(workspaceId), removal, signal),
  };
}

function normalisedId(workspaceId: string): string {
  return workspaceId.replaceAll('-', '').toLowerCase();
}

/** True unless the asset is one of Microsoft's samples, or another workspace's. */
function isOwn(client: WorkspaceClient, asset: Pick<Asset, 'kind' | 'id'>): boolean {
  return !kindsWithOwner.has(asset.kind) || client.owns(asset.id);
}

/** Microsoft's samples and assets of other workspaces are neither exported nor deleted, even if the service allows it. */
function assertOwn(client: WorkspaceClient, asset: Asset): void {
  if (isOwn(client, asset)) return;
  throw new ServiceFailure('Studio', 'rejected', 'This does not belong to the workspace, so nothing was done with it.');
}
