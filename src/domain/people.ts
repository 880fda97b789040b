/**
 * Who somebody is. Built only from an authenticated activity and the team roster,
 * never from a card's data or a message's text.
 */

/** One person is one Microsoft Entra object id in one tenant. */
export interface Account {
  readonly tenantId: string;
  /** Microsoft Entra object id. */
  readonly objectId: string;
}

/** The two addresses that a directory keeps of an account. Often they differ, and either may be missing. */
export interface Addresses {
  /** The name that the person signs in with; unique in a tenant. In plain form, see `plainAddress`. */
  readonly userPrincipalName: string | null;
  /** Where mail to the person goes; an attribute that nothing keeps unique. In plain form. */
  readonly mail: string | null;
}

/** What the account is in the tenant. `unknown` when Teams does not tell whose account it is. */
export type AccountRole = 'member' | 'guest' | 'unknown';

/** What Teams says of a person. */
export interface PersonFacts extends Account, Addresses {
  readonly name: string;
  readonly role: AccountRole;
}

export interface Person extends PersonFacts {
  /** The addresses that give this person rights: those of `countingAddresses` that are linked to this account. */
  readonly addresses: readonly string[];
}

/** An address the way directories compare it: NFC, lower case, no outer white space; null for what is no address. */
export function plainAddress(address: string | null | undefined): string | null {
  // Lower case may give a decomposed letter again, for example of İ.
  const plain = (address ?? '').normalize('NFC').toLowerCase().normalize('NFC').trim();
  return plain.includes('@') ? plain : null;
}

/** Compares two addresses the way directories do. What is missing or no address equals nothing. */
export function sameAddress(a: string | null | undefined, b: string | null | undefined): boolean {
  const left = plainAddress(a);
  return left !== null && left === plainAddress(b);
}

/** True when rights that are written down for this address (in Studio, in the settings) are this person's. */
export function hasAddress(person: Pick<Person, 'addresses'>, address: string | null | undefined): boolean {
  return person.addresses.some((own) => sameAddress(own, address));
}

/** Which addresses may give rights at all. */
export interface AddressRule {
  /** Whether a guest's mail address counts. It comes from the guest's home tenant, which may write anything there. */
  readonly guestsMatchByMail: boolean;
}

/**
 * The addresses that may give this account rights. The user principal name always may: Entra ID keeps it unique and
 * gives it only in domains whose owner the tenant has proved to be. The mail address of a member may, too: it is
 * what Studio usually knows people by, and only administrators of this tenant can write it. That it is not unique is
 * why each address is linked to the first account that was seen with it. A guest's mail address counts only where
 * the rule says so, that of an account of unknown origin never.
 */
export function countingAddresses(facts: Addresses & Pick<PersonFacts, 'role'>, rule: AddressRule): string[] {
  const mailCounts = facts.role === 'member' || (facts.role === 'guest' && rule.guestsMatchByMail);
  const addresses = [plainAddress(facts.userPrincipalName), mailCounts ? plainAddress(facts.mail) : null];
  return [...new Set(addresses.filter((address) => address !== null))];
}

/** True when both are the same account. Tenants and object ids are GUIDs, so case means nothing. */
export function samePerson(a: Account, b: Account): boolean {
  return sameId(a.tenantId, b.tenantId) && sameId(a.objectId, b.objectId);
}

/** True when any address of one is any address of the other, whether or not it gives rights. */
export function sharesAddress(a: Addresses, b: Addresses): boolean {
  const others = everyAddress(b);
  return everyAddress(a).some((address) => others.includes(address));
}

/**
 * True when both may be one human being: the same account, or two accounts with an address in common. For the ban on
 * deciding in one's own matter, where it is better to take two people for one than one for two.
 */
export function isSamePersonOrAddress(a: Account & Addresses, b: Account & Addresses): boolean {
  return samePerson(a, b) || sharesAddress(a, b);
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

/** Compares GUIDs. */
export function sameId(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** Both addresses and, of a guest's user principal name, the address at home that Entra ID has made it of. */
function everyAddress({ userPrincipalName, mail }: Addresses): string[] {
  const principal = plainAddress(userPrincipalName);
  return [principal, plainAddress(mail), homeAddress(principal)].filter((address) => address !== null);
}

/** `jane_contoso.com#ext#@fabrikam.onmicrosoft.com` is `jane@contoso.com` at home; null for others than guests. */
function homeAddress(principal: string | null): string | null {
  const [home, ...rest] = principal?.split('#ext#') ?? [];
  const at = home?.lastIndexOf('_') ?? -1;
  if (home === undefined || rest.length === 0 || at < 1) return null;
  return `${home.slice(0, at)}@${home.slice(at + 1)}`;
}
