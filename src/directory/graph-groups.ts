import { z } from 'zod';
import { unreadable } from '../azure/http/http-failures.ts';
import type { Clock } from '../domain/clock.ts';
import type { DirectoryGroups } from '../domain/directory-groups.ts';
import type { SharedLimits } from '../domain/host-limits.ts';
import { isObjectId } from '../domain/people.ts';
import { type GraphCall, GraphHttp, purposeOf } from './graph-http.ts';
import type { GraphSettings } from './graph-settings.ts';

/** The most that a page may hold (learn.microsoft.com, "List group transitive members"). */
const pageSize = 999;

/** A group with more pages is refused, rather than read in part. */
const mostPages = 10;

const Members = z.object({
  value: z.array(z.object({ '@odata.type': z.string(), id: z.string().refine(isObjectId) })),
  '@odata.nextLink': z.string().optional(),
});

/**
 * The tenant's groups behind Microsoft Graph v1.0. Needs the application permission GroupMember.Read.All, and
 * Member.Read.Hidden for groups with hidden membership. Throws ServiceFailure when the address is not safe.
 */
export function createGraphGroups(settings: GraphSettings, clock: Clock, limits?: SharedLimits): DirectoryGroups {
  const graph = new GraphHttp(settings, clock, limits);
  return { members: (groupId, signal) => readMembers(graph, groupId, signal) };
}

/**
 * All users in a group and in the groups inside it: GET groups/{id}/transitiveMembers
 * (learn.microsoft.com/graph/api/group-list-transitivemembers), a flat list of nested members. It is asked for without
 * a cast to microsoft.graph.user: a cast is an advanced query, answered from an index that may lag behind a change of
 * the group; and without a permission to read users Graph gives of each member its type and id, which is all that is used.
 */
async function readMembers(graph: GraphHttp, groupId: string, signal: AbortSignal): Promise<readonly string[]> {
  const call: GraphCall = { doing: 'reading who is in a group', signal, isAdvanced: false };
  const ids = new Set<string>();
  let next: string | undefined =
    `/groups/${encodeURIComponent(groupId)}/transitiveMembers?$select=id&$top=${String(pageSize)}`;
  for (let pages = 0; next !== undefined; pages += 1) {
    if (pages === mostPages) throw unreadable(purposeOf(call), `more than ${mostPages * pageSize} members`);
    const { body }: { body: z.output<typeof Members> } = await graph.get(next, Members, call);
    for (const { '@odata.type': type, id } of body.value) {
      if (type.toLowerCase() === '#microsoft.graph.user') ids.add(id.toLowerCase());
    }
    next = body['@odata.nextLink'];
  }
  return [...ids];
}
