import type { Readable } from 'node:stream';
import type { Member, Workspace } from './accounts.ts';
import type { Asset, AssetKind } from './assets.ts';
import type { AskForClearance, Clearance } from './clearance.ts';
import type { WorkspacePresence, WorkspaceRemoval } from './workspace-removal.ts';

/** One file that an export writes for an asset. */
export interface AssetFile {
  /**
   * Where it belongs below the asset kind's folder, as the person would name it; may hold any character.
   * The archive makes it safe and unique.
   */
  readonly name: string;
  /** `content` is the person's bytes, `metadata` the service's description of them. Both without secrets. */
  readonly role: 'content' | 'metadata';
  /** Bytes, when known before reading; null otherwise. */
  readonly sizeBytes: number | null;
  /** True when the bytes are compressed already (zip, RData, images), so that deflating them again is waste. */
  readonly compressed: boolean;
  /** Address it was read from, without query or credentials. */
  readonly source: string;
  /** Opens the bytes. May be called again after a failure. Throws SourceError. */
  open(signal: AbortSignal): Promise<Readable>;
}

/** Why a call to the system that holds the data did not give what was asked. */
export type SourceErrorReason =
  /** The token is wrong or was revoked. An owner has to give a new one. */
  | 'unauthorized'
  /** No token can be had at the moment. The service was not asked, so nothing has happened there. */
  | 'not-signed-in'
  | 'forbidden'
  /** It is not there (any more). */
  | 'not-found'
  | 'conflict'
  /** The service asks to slow down; retries were used up. */
  | 'throttled'
  /** The service answers with failures of its own; retries were used up. */
  | 'unavailable'
  /** Nothing came back: no connection, a reset, a time-out. */
  | 'unreachable'
  /** Something came back that is not what the service should send (HTML, a truncated body, a wrong shape). */
  | 'unreadable'
  /** The service refused the request as such. */
  | 'rejected'
  /** The service has no way to do this; `message` names the way that works. */
  | 'unsupported';

/** Since when a service as a whole does not answer, and when it is tried again. */
export interface Outage {
  /** Which service, as people know it. */
  readonly service: string;
  readonly since: Date;
  readonly retryAt: Date;
}

/** A failed call to an asset source. `message` is a sentence for a person and holds no secret. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly reason: SourceErrorReason;
  /** HTTP status, when there was one. */
  readonly status: number | null;
  /** The service's own words, stripped of secrets, for logs and manifests; null when it said nothing. */
  readonly serviceMessage: string | null;
  /** When the service said to come back, in milliseconds from the answer. */
  readonly retryAfterMs: number | null;
  /** Set when the service was not even asked, because it does not answer anybody. */
  readonly outage: Outage | null;
  /**
   * False when the call certainly had no effect: it was never sent (an outage, no connection, no sign-in), or the service
   * refused it. True for a lost answer, a time-out and every failure of the service's own, "slow down" included, since
   * what stands before a service may say so after the service has acted.
   */
  readonly mayHaveActed: boolean;

  constructor(
    reason: SourceErrorReason,
    message: string,
    details: {
      status?: number | null;
      serviceMessage?: string | null;
      retryAfterMs?: number | null;
      outage?: Outage | null;
      /** Derived from the reason unless given. */
      mayHaveActed?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = reason;
    this.status = details.status ?? null;
    this.serviceMessage = details.serviceMessage ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.outage = details.outage ?? null;
    const wasSent = this.outage === null && reason !== 'not-signed-in';
    this.mayHaveActed = details.mayHaveActed ?? (wasSent && isTransient(this));
  }
}

/** True for failures where the same call may succeed later, so that a job should be tried again. */
export function isTransient(error: SourceError): boolean {
  switch (error.reason) {
    case 'not-signed-in':
    case 'throttled':
    case 'unavailable':
    case 'unreachable':
    case 'unreadable':
      return true;
    case 'unauthorized':
    case 'forbidden':
    case 'not-found':
    case 'conflict':
    case 'rejected':
    case 'unsupported':
      return false;
  }
}

/** After an outage of so many milliseconds nobody can count on its end any more. */
const longestOutageMs = 30 * 60_000;

/**
 * True when the service as a whole cannot be used for the moment, so that the failure says nothing about what was asked
 * for: whatever else is asked of it would fail as well, and all of it is worth waiting for. A storage account that was
 * removed stays away for good; after half an hour its files count as missing.
 */
export function concernsWholeService(error: SourceError): boolean {
  if (error.outage === null) return error.reason === 'throttled' || error.reason === 'not-signed-in';
  return error.outage.retryAt.getTime() - error.outage.since.getTime() < longestOutageMs;
}

/** Something in a workspace that is neither an asset nor a person. */
export interface WorkspaceResource {
  readonly kind: 'gateway' | 'endpoint' | 'plan';
  readonly name: string;
  /** What it is about, in a few words. */
  readonly detail: string;
}

/** An asset that would be touched by another one's deletion, in words for a person. */
export interface Dependant {
  readonly kind: AssetKind;
  readonly id: string;
  readonly name: string;
}

/**
 * Gives the assets that use one of the given ones, by asset id, as the workspace was when it was first asked. Only what
 * the service can tell: an asset that is missing from the map was not looked into completely, and an empty list says
 * only that none of the known kinds of use was found. Throws SourceError.
 */
export type DependantsOf = (assets: readonly Asset[]) => Promise<ReadonlyMap<string, readonly Dependant[]>>;

/**
 * A system that holds customer data, seen the way requests and jobs need it.
 * Studio (classic) is the one implementation today; the contract suite in `test/contract` holds for every one.
 * All methods throw SourceError and nothing else but the reason of an aborted signal, and never return a secret. What
 * destroys takes a clearance (see `clearance.ts`), and throws NotCleared when it gets none.
 */
export interface AssetSource {
  /** Ids of the workspaces that Steward holds a credential for. */
  workspaceIds(): readonly string[];
  /** The e-mail address of whoever gave Steward the workspace's credential; null when nobody is recorded. */
  registeredBy(workspaceId: string): string | null;
  workspace(workspaceId: string, signal: AbortSignal): Promise<Workspace>;
  /** Members and open invitations. */
  members(workspaceId: string, signal: AbortSignal): Promise<readonly Member[]>;
  /**
   * What an export writes of the workspace itself (settings and the like), without secrets; assets and people apart.
   * What is there and cannot be read is a file that throws when it is opened.
   */
  workspaceFiles(workspaceId: string, signal: AbortSignal): Promise<readonly AssetFile[]>;
  /** The workspace's data gateways, endpoints of web services, or commitment plans. */
  workspaceResources(
    workspaceId: string,
    kind: WorkspaceResource['kind'],
    signal: AbortSignal,
  ): Promise<readonly WorkspaceResource[]>;
  /** The kinds that this source can list; others are not part of an export yet. */
  readonly kinds: readonly AssetKind[];
  /** The person's own assets of one kind, one item a family, in an order that does not change between calls. */
  list(workspaceId: string, kind: AssetKind, signal: AbortSignal): AsyncIterable<Asset>;
  /** The asset as it is now, or null when it is gone. */
  find(workspaceId: string, asset: Pick<Asset, 'kind' | 'id' | 'familyId'>, signal: AbortSignal): Promise<Asset | null>;
  /** What an export writes for this asset. Content first, then metadata. */
  files(workspaceId: string, asset: Asset, signal: AbortSignal): Promise<readonly AssetFile[]>;
  /** What uses the assets of a workspace, to be asked about any number of them. Nothing is looked up before. */
  dependants(workspaceId: string, signal: AbortSignal): DependantsOf;
  /**
   * Gives, for an asset, one of those that are to be kept that its deletion would take something from, since they share
   * history; null when there is none. As the workspace is now, and complete however many share.
   */
  sharedHistory(
    workspaceId: string,
    isKept: (asset: Asset) => boolean,
    signal: AbortSignal,
  ): Promise<(asset: Asset) => Asset | null>;
  /** True when a deletion uses Steward's own rights in Azure rather than the workspace's credential. */
  usesOwnRights(asset: Pick<Asset, 'kind' | 'id'>): boolean;
  /**
   * Deletes the whole family. Repeats after passing failures, and asks for a clearance directly before each attempt.
   * `deleted` only when an attempt was answered with success; `gone` when it was not there.
   */
  delete(workspaceId: string, asset: Asset, ask: AskForClearance, signal: AbortSignal): Promise<'deleted' | 'gone'>;
  /** How the workspace itself would be deleted, and what that touches. Changes nothing. */
  planRemoval(workspaceId: string, signal: AbortSignal): Promise<WorkspaceRemoval>;
  /**
   * Asks once for the deletion of the whole workspace in the planned way. `accepted` when it was answered with success,
   * which does not mean gone yet; `gone` when it was not there. Throws `forbidden` or `unsupported` when a person has to
   * do it by hand.
   */
  removeWorkspace(
    workspaceId: string,
    removal: WorkspaceRemoval,
    clearance: Clearance,
    signal: AbortSignal,
  ): Promise<'accepted' | 'gone'>;
  /** Whether the workspace is still there, asked now. */
  presence(workspaceId: string, removal: WorkspaceRemoval, signal: AbortSignal): Promise<WorkspacePresence>;
}
