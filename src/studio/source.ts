import { type AssetSource, SourceError } from '../domain/asset-source.ts';
import { type AssetKind, assetKinds } from '../domain/assets.ts';
import type { Clock } from '../domain/clock.ts';
import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import type { StudioConnection } from './connections.ts';
import { findDependants } from './dependants.ts';
import { defaultHttpSettings, type HttpSettings } from './http/settings.ts';
import { StudioHttp } from './http/studio-http.ts';
import { kinds } from './kinds.ts';
import { readMembers, readWorkspace } from './workspace.ts';
import { WorkspaceClient } from './workspace-client.ts';

/** What Steward needs to reach Studio. */
export interface StudioOptions {
  readonly connections: readonly StudioConnection[];
  readonly clock: Clock;
  /** Whatever differs from `defaultHttpSettings`. */
  readonly http?: Partial<HttpSettings>;
  /** How long a guest workspace lives, in milliseconds; the product's FAQ speaks of eight hours. */
  readonly guestLifetimeMs?: number;
  /** Receives a line per request and response, without anything secret. */
  readonly log?: (line: string) => void;
  /** Between 0 and 1; spreads repeated calls. */
  readonly random?: () => number;
}

const eightHours = 8 * 60 * 60 * 1000;

/**
 * Studio (classic) as an asset source. Workspace ids are compared without case and dashes.
 * Throws SourceError when a connection names a region without a known address.
 */
export function createStudioSource(options: StudioOptions): AssetSource {
  const http = new StudioHttp({
    settings: { ...defaultHttpSettings, ...options.http },
    clock: options.clock,
    random: options.random ?? Math.random,
    log: options.log ?? null,
  });
  const registrations = new Map(
    options.connections.map((connection) => {
      const workspaceId = plainId(connection.workspaceId);
      const client = new WorkspaceClient({ ...connection, workspaceId }, http);
      return [workspaceId, { client, registeredBy: connection.registeredBy }] as const;
    }),
  );
  const clientOf = (workspaceId: string): WorkspaceClient => {
    const registration = registrations.get(plainId(workspaceId));
    if (registration) return registration.client;
    const message = 'Steward holds no token for this workspace. One of its owners can register it.';
    throw new SourceError('unauthorized', message);
  };
  return {
    kinds: assetKinds.filter((kind) => kinds[kind]),
    workspaceIds: () => [...registrations.keys()],
    registeredBy: (workspaceId) => registrations.get(plainId(workspaceId))?.registeredBy ?? null,
    workspace: async (workspaceId, signal) =>
      readWorkspace(clientOf(workspaceId), options.guestLifetimeMs ?? eightHours, signal),
    members: async (workspaceId, signal) => readMembers(clientOf(workspaceId), signal),
    async *list(workspaceId, kind, signal) {
      yield* await adapterOf(kind).list(clientOf(workspaceId), signal);
    },
    find: async (workspaceId, asset, signal) => {
      const client = clientOf(workspaceId);
      return client.owns(asset.id) ? adapterOf(asset.kind).find(client, asset, signal) : null;
    },
    files: async (workspaceId, asset, signal) => {
      const client = clientOf(workspaceId);
      mustOwn(client, asset.id);
      return adapterOf(asset.kind).files(client, asset, signal);
    },
    dependants: async (workspaceId, assets, signal) => findDependants(clientOf(workspaceId), assets, signal),
    delete: async (workspaceId, asset, signal) => {
      const client = clientOf(workspaceId);
      mustOwn(client, asset.id);
      return adapterOf(asset.kind).delete(client, asset, signal);
    },
  };
}

function plainId(workspaceId: string): string {
  return workspaceId.replaceAll('-', '').toLowerCase();
}

function adapterOf(kind: AssetKind): AssetKindAdapter {
  const adapter = kinds[kind];
  if (adapter) return adapter;
  throw new SourceError('unsupported', `Steward cannot handle a ${kind} of Studio yet.`);
}

/** Microsoft's samples and other workspaces' assets are neither exported nor deleted, whatever the service would allow. */
function mustOwn(client: WorkspaceClient, id: string): void {
  if (client.owns(id)) return;
  throw new SourceError('rejected', 'This does not belong to the workspace, so nothing was done with it.');
}
