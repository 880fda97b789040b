/**
 * Protection against server-side request forgery (OWASP): which addresses Steward calls. Tokens and data go over https,
 * to a host name, and never to an address on the private network: an address in a payload must not make the process
 * read something that only its own machine can reach. `URL` normalizes every spelling of an IPv4 address (decimal,
 * octal, hexadecimal, shortened) to four decimal numbers, so that one check of the host is enough.
 */

export interface AddressRules {
  /** Allows loopback, over http too: for the emulators of tests and local mode, and for what an operator configures. */
  readonly allowLoopback?: boolean;
  /** Allows other ports than that of https; for addresses from the configuration, never for those in payloads. */
  readonly anyPort?: boolean;
}

const loopback = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;
const number = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.{0,60}\])$/;
/** Names that resolve in private networks only: RFC 6761, RFC 6762, RFC 8375, and metadata services of clouds. */
const privateName = /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa|test)$/;

/** True for the addresses of this machine: `localhost`, 127.0.0.0/8 and `[::1]`. */
export function isLoopback(url: URL): boolean {
  return loopback.test(url.hostname);
}

/** What is wrong with an address, as a clause that follows "it"; null when it may be called. `text` may be anything. */
export function addressFault(text: string | URL, { allowLoopback = false, anyPort = false }: AddressRules = {}) {
  const url = typeof text === 'string' ? URL.parse(text) : text;
  if (url === null) return 'is no web address';
  if (url.username !== '' || url.password !== '') return 'holds a user name or a password';
  if (allowLoopback && isLoopback(url) && /^https?:$/.test(url.protocol)) return null;
  if (url.protocol !== 'https:') return 'does not begin with https://';
  const host = url.hostname.replace(/\.$/, '');
  if (number.test(host)) return 'has a number for a host';
  if (!host.includes('.') || privateName.test(host)) return 'leads to a host that only a private network knows';
  if (!anyPort && url.port !== '') return 'names a port';
  return null;
}

/** The blob services of Azure's clouds, zonal ones too (learn.microsoft.com, "Storage account overview", endpoints). */
const blobHost =
  /^[a-z0-9][a-z0-9-]{1,62}\.(?:z\d{1,3}\.)?blob\.(?:core\.windows\.net|core\.chinacloudapi\.cn|core\.usgovcloudapi\.net|core\.cloudapi\.de|storage\.azure\.net)$/;

/**
 * What is wrong with the address of a blob in a payload, as for `addressFault`: it must also be at a blob service of
 * Azure, since data is stored nowhere else.
 */
export function blobAddressFault(text: string, rules: Pick<AddressRules, 'allowLoopback'>): string | null {
  const fault = addressFault(text, rules);
  if (fault !== null) return fault;
  const url = new URL(text);
  if ((rules.allowLoopback === true && isLoopback(url)) || blobHost.test(url.hostname)) return null;
  return 'is at no blob service of Azure';
}
