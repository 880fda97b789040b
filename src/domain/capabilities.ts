import type { AccountType } from './accounts.ts';
import type { AssetKind } from './assets.ts';

/**
 * What a workspace holds besides assets. `member` includes open invitations; `endpoint` is one of a classic web
 * service.
 */
export type WorkspaceResourceKind = 'settings' | 'member' | 'gateway' | 'endpoint' | 'plan';

/** Everything that a person may ask to list, export or delete. */
export type Subject = AssetKind | WorkspaceResourceKind | 'workspace' | 'telemetry';

/** How an operation is done, one cell of the capability matrix. */
export type Capability =
  /** Steward does it on request. */
  | 'asked'
  /**
   * Steward tries it. It is not documented whether Studio has such a call; where it has none, the receipt says how to
   * do it by hand.
   */
  | 'tried'
  /** Together with its parent: an endpoint with its web service, everything else with the workspace. */
  | 'together'
  /** A person does it, on a page that Steward names. */
  | 'by-hand'
  /** Studio purges it when the guest workspace expires; it cannot be deleted on request. */
  | 'expiry'
  /** This type of account has no such resource, or no method is documented. */
  | 'none';

export interface CapabilityMatrix {
  readonly list: Capability;
  readonly export: Capability;
  readonly delete: Capability;
}

/** A row of the matrix. */
export type CapabilitiesByAccount = Readonly<Record<AccountType, CapabilityMatrix>>;
