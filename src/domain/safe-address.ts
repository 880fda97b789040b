/**
 * Which addresses Steward calls. Tokens and bytes go over https, to a host that has a name, and never to an address that
 * only this network knows: an address in a payload must not make the process read what its machine alone can reach
 * (server-side request forgery, OWASP). `URL` writes every spelling of an IPv4 address (decimal, octal, hexadecimal,
 * shortened) as four decimal numbers, so one look at the host suffices.
 */

export interface AddressRules {
  /** Lets loopback through, over http too: the emulators of tests and of local mode, and what an operator configures. */
  readonly allowLoopback?: boolean;
  /** Lets other ports than that of https through; for addresses out of the configuration, never for those of payloads. */
  readonly anyPort?: boolean;
}

const loopback = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;
const number = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.{0,60}\])$/;
/** Names that only a network of its own gives: RFC 6761, RFC 6762, RFC 8375, and clouds' metadata services. */
const privateName = /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa|test)$/;

/** True for the addresses of this machine: `localhost`, 127.0.0.0/8 and `[::1]`. */
export function isLoopback(url: URL): boolean {
  return loopback.test(url.hostname);
}

/**
 * What is wrong with an address, as a clause that follows "it": null when it may be called. `text` may be anything.
 */
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
 * What is wrong with the address of a blob that a payload names, as for `addressFault`: it also has to be at a blob
 * service of Azure, since bytes from anywhere else are nobody's data.
 */
export function blobAddressFault(text: string, rules: Pick<AddressRules, 'allowLoopback'>): string | null {
  const fault = addressFault(text, rules);
  if (fault !== null) return fault;
  const url = new URL(text);
  if ((rules.allowLoopback === true && isLoopback(url)) || blobHost.test(url.hostname)) return null;
  return 'is at no blob service of Azure';
}
