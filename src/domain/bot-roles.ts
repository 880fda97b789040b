import { isNamedIn, type Person } from './people.ts';

/** What a person may be here, beside a user: the roles that the configuration gives. */
export const botRoles = ['approver', 'administrator', 'helpdesk', 'auditor'] as const;

export type BotRole = (typeof botRoles)[number];

/** The people of each role: Microsoft Entra object ids or addresses (user principal name or mail). */
export type RoleMembers = Readonly<Record<BotRole, readonly string[]>>;

/** The roles of a person, by their object id and the addresses that grant them rights. */
export function rolesOf(members: RoleMembers, person: Pick<Person, 'objectId' | 'addresses'>): readonly BotRole[] {
  return botRoles.filter((role) => isNamedIn(members[role], person));
}
