/**
 * Who somebody is. Built only from an authenticated activity and the team roster,
 * never from a card's data or a message's text.
 */
export interface Person {
  readonly tenantId: string;
  /** Microsoft Entra object id. */
  readonly objectId: string;
  readonly name: string;
  /** The roster's e-mail address, lower case; null when the roster has none (then nothing can be matched). */
  readonly email: string | null;
}

/** True when both are the same human being in the same tenant. */
export function samePerson(
  a: Pick<Person, 'tenantId' | 'objectId'>,
  b: Pick<Person, 'tenantId' | 'objectId'>,
): boolean {
  return a.tenantId === b.tenantId && a.objectId === b.objectId;
}

/** Compares e-mail addresses the way directories do: without case and outer white space. */
export function sameEmail(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false;
  const left = a.trim().toLowerCase();
  return left !== '' && left === b.trim().toLowerCase();
}
