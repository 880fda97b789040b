import type { AccountType } from './accounts.ts';
import type { AssetKind } from './assets.ts';

/** What a workspace has beside assets. A member is also an open invitation; an endpoint is a classic web service's. */
export type WorkspaceResourceKind = 'settings' | 'member' | 'gateway' | 'endpoint' | 'plan';

/** Everything that a person may want listed, exported or deleted. */
export type Subject = AssetKind | WorkspaceResourceKind | 'workspace' | 'telemetry';

/** How something is done. */
export type Way =
  /** Steward does it when somebody asks. */
  | 'asked'
  /** Steward tries. No source tells whether Studio has such a call; where it has none, the receipt names the way by hand. */
  | 'tried'
  /** Together with what it belongs to: an endpoint with its web service, everything else with the workspace. */
  | 'together'
  /** A person does it, on a page that Steward names. */
  | 'by-hand'
  /** Studio purges it when the guest workspace expires; nothing is deleted on request. */
  | 'expiry'
  /** There is no such thing in this type of account, or no way is documented. */
  | 'none';

export interface CapabilityMatrix {
  readonly list: Way;
  readonly export: Way;
  readonly delete: Way;
}

type ByAccount = Readonly<Record<AccountType, CapabilityMatrix>>;

const of = (list: Way, exporting: Way, deleting: Way): CapabilityMatrix => ({
  list,
  export: exporting,
  delete: deleting,
});
const nothing = of('none', 'none', 'none');

/** An asset that Steward deletes by a call that is known, or by one that is guessed. */
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
 * What Steward does about everything there is, by account type, for somebody whom the policy lets do it. The README
 * shows this table, and a test compares each cell with what happens over HTTP.
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
    // No source tells Studio's call for a free workspace; Resource Manager's is documented.
    free: of('asked', 'asked', 'tried'),
    standard: of('asked', 'asked', 'asked'),
  },
  telemetry: { guest: nothing, free: telemetry, standard: telemetry },
};
