import { jsonReply, type Reply } from '../server/reply.ts';
import { GraphRefusal } from './graph-errors.ts';
import type { GraphPerson } from './graph-people.ts';

/** A group of the emulated directory: people by e-mail address, and other groups by object id. */
export interface EmulatedGroup {
  readonly id: string;
  readonly people: readonly string[];
  readonly groups?: readonly string[];
}

/** Members on a page, however many are asked for, so that a client which reads only the first page is found out. */
const pageSize = 2;

/**
 * GET groups/{id}/transitiveMembers: the people, and the groups, in a group and in all groups inside it, each once, with
 * type and id alone. `address` is the emulator's own, for the next page.
 */
export function transitiveMembers(
  groups: readonly EmulatedGroup[],
  people: readonly GraphPerson[],
  id: string,
  from: number,
  address: string,
): Reply {
  const found = groups.find((group) => group.id === id.toLowerCase());
  if (found === undefined) throw new GraphRefusal(404, 'Request_ResourceNotFound', 'No such resource.');
  // Breadth-first search; groups may contain each other.
  const inside: EmulatedGroup[] = [found];
  for (const group of inside) {
    for (const each of groups) if (group.groups?.includes(each.id) && !inside.includes(each)) inside.push(each);
  }
  const emails = new Set(inside.flatMap((group) => group.people));
  const members = [
    ...inside.slice(1).map((group) => ({ '@odata.type': '#microsoft.graph.group', id: group.id })),
    ...people
      .filter(({ person }) => emails.has(person.email))
      .map(({ person }) => ({ '@odata.type': '#microsoft.graph.user', id: person.objectId })),
  ];
  const path = `/v1.0/groups/${id}/transitiveMembers?$select=id&$skiptoken=${from + pageSize}`;
  const next = from + pageSize < members.length ? { '@odata.nextLink': `${address}${path}` } : {};
  return jsonReply({ value: members.slice(from, from + pageSize), ...next });
}
