/**
 * Identity of people. Built only from an authenticated activity and the team roster, never from a card's data or a
 * message's text.
 */

/** One person is one Microsoft Entra object id in one tenant. */
export interface Account {
  readonly tenantId: string;
  /** Microsoft Entra object id. */
  readonly objectId: string;
}

/** The two addresses of an account in the directory. Often they differ, and either may be missing. */
export interface Addresses {
  /** The sign-in name; unique in a tenant. Normalized, see `plainAddress`. */
  readonly userPrincipalName: string | null;
  /** The mail address; not guaranteed to be unique. Normalized. */
  readonly mail: string | null;
  /** What links connect this account with; left out where nobody has looked it up. */
  readonly linked?: LinkedIdentity;
}

/**
 * The accounts and addresses of one human, as far as anything connects them: an address that two accounts have or had
 * linked, or show at present. Transitive (a connected component), and with the account's own.
 */
export interface LinkedIdentity {
  readonly objectIds: readonly string[];
  /** In plain form. */
  readonly addresses: readonly string[];
}

/** The account's role in the tenant. `unknown` when Teams does not report enough to decide. */
export type AccountRole = 'member' | 'guest' | 'unknown';

/** A person as Teams describes them. */
export interface PersonFacts extends Account, Addresses {
  readonly name: string;
  readonly role: AccountRole;
}

export interface Person extends PersonFacts {
  /** The addresses that grant this person rights: those of `countingAddresses` that are linked to this account. */
  readonly addresses: readonly string[];
  /** Those for whom they are the deputy now; left out where nobody has looked it up. */
  readonly deputyFor?: readonly StandIn[];
}

/** Somebody who is away, for the person who is their deputy. */
export interface StandIn {
  readonly away: Person;
  /** The administrator who admitted the deputy; null when the deputy counts only where they may review anyway. */
  readonly admittedBy: (Account & Addresses) | null;
}

/** An address normalized as directories compare it: NFC, lower case, trimmed; null when it is no address. */
export function plainAddress(address: string | null | undefined): string | null {
  // Lower-casing may decompose a letter again, for example İ.
  const plain = (address ?? '').normalize('NFC').toLowerCase().normalize('NFC').trim();
  return plain.includes('@') ? plain : null;
}

/** Compares two addresses as directories do. A missing or invalid one equals nothing. */
export function sameAddress(a: string | null | undefined, b: string | null | undefined): boolean {
  const left = plainAddress(a);
  return left !== null && left === plainAddress(b);
}

/** True when rights granted to this address (in Studio, in the settings) belong to this person. */
export function hasAddress(person: Pick<Person, 'addresses'>, address: string | null | undefined): boolean {
  return person.addresses.some((own) => sameAddress(own, address));
}

/** Settings for which addresses may grant rights. */
export interface AddressRule {
  /** Whether a guest's mail address counts. It comes from the guest's home tenant, which can set it to anything. */
  readonly guestsMatchByMail: boolean;
}

/**
 * The addresses that may grant this account rights. The user principal name always may: Entra ID keeps it unique and
 * allows only domains that the tenant has verified. A member's mail address may, too: Studio usually identifies people
 * by it, and only administrators of this tenant can write it. Because it is not unique, each address is linked to the
 * first account that was seen with it. A guest's mail address counts only where the rule allows it, that of an account
 * of unknown origin never.
 */
export function countingAddresses(facts: Addresses & Pick<PersonFacts, 'role'>, rule: AddressRule): string[] {
  const mailCounts = facts.role === 'member' || (facts.role === 'guest' && rule.guestsMatchByMail);
  const addresses = [plainAddress(facts.userPrincipalName), mailCounts ? plainAddress(facts.mail) : null];
  return [...new Set(addresses.filter((address) => address !== null))];
}

/** True when both are the same account. Tenants and object ids are GUIDs, so case is ignored. */
export function samePerson(a: Account, b: Account): boolean {
  return sameId(a.tenantId, b.tenantId) && sameId(a.objectId, b.objectId);
}

/** True when the two have an address in common, or had one linked, whether or not it grants rights. */
export function sharesAddress(a: Addresses, b: Addresses): boolean {
  const others = everyAddress(b);
  return everyAddress(a).some((address) => others.includes(address));
}

/**
 * True when both may be the same human: the same account, or two accounts that share an address or are linked. For
 * conflict of interest checks, where a false positive is better than a false negative. It is enough that the links of
 * one of the two are known.
 */
export function isSamePersonOrAddress(a: Account & Addresses, b: Account & Addresses): boolean {
  return samePerson(a, b) || sharesAddress(a, b) || isLinkedTo(a, b) || isLinkedTo(b, a);
}

function isLinkedTo({ tenantId, linked }: Account & Addresses, other: Account): boolean {
  return sameId(tenantId, other.tenantId) && (linked?.objectIds ?? []).some((id) => sameId(id, other.objectId));
}

const objectIdForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** True for a GUID, as object ids are. */
export function isObjectId(text: string): boolean {
  return objectIdForm.test(text.trim());
}

/** True when a list of people in the settings names this person, by object id or by an address. */
export function isNamedIn(list: readonly string[], person: Pick<Person, 'objectId' | 'addresses'>): boolean {
  return list.some((entry) => (isObjectId(entry) ? sameId(entry, person.objectId) : hasAddress(person, entry)));
}

/** True when an entry of such a list names this human, by whatever account or address. */
export function namesSameHuman(entry: string, { objectId, addresses, linked }: Person): boolean {
  const every = [...addresses, ...(linked?.addresses ?? [])];
  return [objectId, ...(linked?.objectIds ?? [])].some((id) => isNamedIn([entry], { objectId: id, addresses: every }));
}

/** Compares GUIDs. */
export function sameId(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/**
 * Both addresses, for a guest also the home address that Entra ID encodes in the user principal name, and all that are
 * linked; in plain form.
 */
export function everyAddress({ userPrincipalName, mail, linked }: Addresses): string[] {
  const principal = plainAddress(userPrincipalName);
  const own = [principal, plainAddress(mail), homeAddress(principal)].filter((address) => address !== null);
  return [...own, ...(linked?.addresses ?? [])];
}

/**
 * `jane_contoso.com#ext#@fabrikam.onmicrosoft.com` is `jane@contoso.com` in the home tenant; null when it is no
 * guest's.
 */
function homeAddress(principal: string | null): string | null {
  const [home, ...rest] = principal?.split('#ext#') ?? [];
  const at = home?.lastIndexOf('_') ?? -1;
  if (home === undefined || rest.length === 0 || at < 1) return null;
  return `${home.slice(0, at)}@${home.slice(at + 1)}`;
}
