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

type ByAccount = Readonly<Record<AccountType, CapabilityMatrix>>;

const of = (list: Capability, exporting: Capability, deleting: Capability): CapabilityMatrix => ({
  list,
  export: exporting,
  delete: deleting,
});
const nothing = of('none', 'none', 'none');

/** An asset that Steward deletes by a documented call (`asked`) or by an assumed one (`tried`). */
const asset = (deleting: 'asked' | 'tried'): ByAccount => ({
  guest: of('asked', 'asked', 'expiry'),
  free: of('asked', 'asked', deleting),
  standard: of('asked', 'asked', deleting),
});

const settings = of('together', 'together', 'together');
const member = of('asked', 'asked', 'by-hand');
const fixture = of('asked', 'together', 'by-hand');
const endpoint = of('asked', 'together', 'together');
const telemetry = of('by-hand', 'by-hand', 'by-hand');

/**
 * The capability matrix: what Steward does with each resource, by account type, for a person whom the policy allows it.
 * The README shows this table, and a test compares each cell with what happens over HTTP.
 */
export const capabilities: Readonly<Record<Subject, ByAccount>> = {
  dataset: asset('asked'),
  experiment: asset('asked'),
  module: asset('tried'),
  model: asset('tried'),
  transform: asset('tried'),
  webservice: asset('asked'),
  project: asset('tried'),
  notebook: asset('tried'),
  endpoint: { guest: of('asked', 'together', 'expiry'), free: endpoint, standard: endpoint },
  settings: { guest: of('together', 'together', 'expiry'), free: settings, standard: settings },
  member: { guest: nothing, free: member, standard: member },
  gateway: { guest: nothing, free: nothing, standard: fixture },
  plan: { guest: nothing, free: nothing, standard: fixture },
  workspace: {
    guest: of('asked', 'asked', 'expiry'),
    // Studio's call for a free workspace is not documented; Resource Manager's is.
    free: of('asked', 'asked', 'tried'),
    standard: of('asked', 'asked', 'asked'),
  },
  telemetry: { guest: nothing, free: telemetry, standard: telemetry },
};
