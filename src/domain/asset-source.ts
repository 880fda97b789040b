import type { Readable } from 'node:stream';
import type { Member, Workspace } from './accounts.ts';
import type { Asset, AssetKind } from './assets.ts';
import type { AskForClearance, Clearance } from './clearance.ts';
import type { ServiceFailure } from './service-failure.ts';
import type { WorkspacePresence, WorkspaceRemoval } from './workspace-removal.ts';

/** One file that an export writes for an asset. */
export interface AssetFile {
  /**
   * The file's path below the asset kind's folder, as the person would name it; may hold any character. The archive
   * makes it safe and unique.
   */
  readonly name: string;
  /** `content` is the person's data, `metadata` the service's description of it. Both without secrets. */
  readonly role: 'content' | 'metadata';
  /** Bytes, when known before reading; null otherwise. */
  readonly sizeBytes: number | null;
  /** True when the bytes are already compressed (zip, RData, images), so that deflating them again gains nothing. */
  readonly compressed: boolean;
  /** Address it was read from, without query or credentials. */
  readonly source: string;
  /** Opens a stream of the bytes. May be called again after a failure. Throws ServiceFailure. */
  open(signal: AbortSignal): Promise<Readable>;
}

/** An outage longer than this is no longer waited for. */
const longestOutageMs = 30 * 60_000;

/**
 * True when the service as a whole is unavailable for now (circuit breaker open, rate limited, no sign-in). Such a
 * failure says nothing about the single item; every other call would fail too, so the run waits. The exception is an
 * outage of more than half an hour, for example of a storage account that was removed: then its files count as missing.
 */
export function concernsWholeService(error: ServiceFailure): boolean {
  if (error.outage === null) return error.reason === 'throttled' || error.reason === 'not-signed-in';
  return error.outage.retryAt.getTime() - error.outage.since.getTime() < longestOutageMs;
}

/** Something in a workspace that is neither an asset nor a person. */
export interface WorkspaceResource {
  readonly kind: 'gateway' | 'endpoint' | 'plan';
  readonly name: string;
  /** A short description. */
  readonly detail: string;
}

/** An asset that uses another one and would be affected by its deletion, as shown to a person. */
export interface Dependant {
  readonly kind: AssetKind;
  readonly id: string;
  readonly name: string;
}

/**
 * Returns, by asset id, the assets that use one of the given ones, as the workspace was at the first call. It covers
 * only what the service reports: an asset that is missing from the map was not checked completely, and an empty list
 * means only that none of the known kinds of use was found. Throws ServiceFailure.
 */
export type DependantsOf = (assets: readonly Asset[]) => Promise<ReadonlyMap<string, readonly Dependant[]>>;

/**
 * A system that holds customer data, as requests and workers use it. Studio (classic) is the one implementation today;
 * the contract suite in `test/contract` holds for every one. All methods throw ServiceFailure only (or the reason of an
 * aborted signal), and never return a secret. Methods that destroy something take a clearance (see `clearance.ts`) and
 * throw NotCleared when they do not get one.
 */
export interface AssetSource {
  /** Ids of the workspaces that Steward holds a credential for. */
  workspaceIds(): readonly string[];
  /** The e-mail address of the person who gave Steward the workspace's credential; null when it is not recorded. */
  registeredBy(workspaceId: string): string | null;
  workspace(workspaceId: string, signal: AbortSignal): Promise<Workspace>;
  /** Members and open invitations. */
  members(workspaceId: string, signal: AbortSignal): Promise<readonly Member[]>;
  /**
   * The files that an export writes about the workspace itself (settings and the like), without secrets, assets and
   * people. A file that exists but cannot be read throws when it is opened.
   */
  workspaceFiles(workspaceId: string, signal: AbortSignal): Promise<readonly AssetFile[]>;
  /** The workspace's data gateways, endpoints of web services, or commitment plans. */
  workspaceResources(
    workspaceId: string,
    kind: WorkspaceResource['kind'],
    signal: AbortSignal,
  ): Promise<readonly WorkspaceResource[]>;
  /** The user-made assets of one kind, one item per family, in an order that is stable between calls. */
  list(workspaceId: string, kind: AssetKind, signal: AbortSignal): AsyncIterable<Asset>;
  /** The current state of the asset, or null when it does not exist. */
  find(workspaceId: string, asset: Pick<Asset, 'kind' | 'id' | 'familyId'>, signal: AbortSignal): Promise<Asset | null>;
  /** The files that an export writes for this asset: content first, then metadata. */
  files(workspaceId: string, asset: Asset, signal: AbortSignal): Promise<readonly AssetFile[]>;
  /** A lookup of what uses the assets of a workspace, for any number of them. Reads nothing before its first call. */
  dependants(workspaceId: string, signal: AbortSignal): DependantsOf;
  /**
   * Returns a lookup that gives, for an asset, one of the assets to keep that shares history with it and would lose
   * that history by its deletion; null when there is none. Reads the workspace as it is now, and completely, however
   * many share.
   */
  sharedHistory(
    workspaceId: string,
    isKept: (asset: Asset) => boolean,
    signal: AbortSignal,
  ): Promise<(asset: Asset) => Asset | null>;
  /** True when a deletion uses Steward's own rights in Azure rather than the workspace's credential. */
  usesOwnRights(asset: Pick<Asset, 'kind' | 'id'>): boolean;
  /**
   * Deletes the whole family. Retries transient failures, and asks for a clearance directly before each attempt.
   * `deleted` only when an attempt was answered with success; `gone` when the asset did not exist.
   */
  delete(workspaceId: string, asset: Asset, ask: AskForClearance, signal: AbortSignal): Promise<'deleted' | 'gone'>;
  /** Plans the deletion of the workspace itself and lists what that affects. Changes nothing. */
  planRemoval(workspaceId: string, signal: AbortSignal): Promise<WorkspaceRemoval>;
  /**
   * Sends the deletion of the whole workspace once, by the planned method. `accepted` when it was answered with
   * success, which does not mean that the workspace is deleted yet; `gone` when it did not exist. Throws `forbidden` or
   * `unsupported` when a person has to do it by hand.
   */
  removeWorkspace(
    workspaceId: string,
    removal: WorkspaceRemoval,
    clearance: Clearance,
    signal: AbortSignal,
  ): Promise<'accepted' | 'gone'>;
  /** Asks the service whether the workspace still exists. */
  presence(workspaceId: string, removal: WorkspaceRemoval, signal: AbortSignal): Promise<WorkspacePresence>;
}
