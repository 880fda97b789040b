import { addressFault } from '../../domain/safe-address.ts';
import { ServiceFailure } from '../../domain/service-failure.ts';

/** A workspace for which Steward has a credential. */
export interface StudioConnection {
  /** 32 hex digits. */
  readonly workspaceId: string;
  /** Primary or secondary token of the workspace; it allows every operation in the workspace. */
  readonly token: string;
  /** E-mail address of the person who gave Steward the token; null when none is recorded. */
  readonly registeredBy: string | null;
  /** Address of Studio, for example `https://europewest.studioapi.azureml.net`; needed when no region is given. */
  readonly endpoint?: string;
  /** Name of the region, for example `West Europe`; decides the address when no endpoint is given. */
  readonly region?: string;
}

/** The two API addresses of a workspace; both end with a slash. */
export interface Surfaces {
  /** The Studio API. */
  readonly studio: URL;
  /** The management of classic web services. */
  readonly management: URL;
}

/** Host prefix and top-level domain by region, from the PowerShell module. Guest and free workspaces: the first one. */
const regions: ReadonlyMap<string, readonly [prefix: string, domain: string]> = new Map([
  ['south central us', ['', 'net']],
  ['west europe', ['europewest.', 'net']],
  ['southeast asia', ['asiasoutheast.', 'net']],
  ['japan east', ['japaneast.', 'net']],
  ['west central us', ['uswestcentral.', 'net']],
  ['germany central', ['germanycentral.', 'de']],
]);

/** The API addresses of a workspace. Throws ServiceFailure when its region has no known address. */
export function surfacesOf(connection: Pick<StudioConnection, 'endpoint' | 'region'>): Surfaces {
  if (connection.endpoint !== undefined) return surfacesAt(connection.endpoint);
  const region = connection.region ?? 'South Central US';
  const host = regions.get(region.trim().toLowerCase());
  if (!host) {
    const message = `Studio (classic) never ran in a region called “${region}”. Register the workspace with its address instead.`;
    throw new ServiceFailure('Studio', 'rejected', message);
  }
  return surfacesAt(`https://${host[0]}studioapi.azureml.${host[1]}`);
}

/** Both API addresses derived from one. At Microsoft they are sibling hosts; elsewhere one server has both. */
function surfacesAt(endpoint: string): Surfaces {
  const base = endpoint.replace(/(?<!\/)\/+$/, '').replace(/\/api$/i, '');
  const fault = addressFault(base, { allowLoopback: true, anyPort: true });
  if (fault !== null)
    throw new ServiceFailure('Studio', 'rejected', `The registered address of the workspace ${fault}.`);
  const management = base.replace(
    /^(https:\/\/(?:[a-z]+\.)?)studio(?:api)?\.(?=azureml\.(?:net|de)$)/i,
    '$1management.',
  );
  return { studio: new URL(`${base}/api/`), management: new URL(`${management}/`) };
}
