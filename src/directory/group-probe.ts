import type { Clock } from '../domain/clock.ts';
import type { DirectoryGroups } from '../domain/directory-groups.ts';
import type { Log } from '../domain/logger.ts';
import { createProbe, type Probe } from '../domain/readiness.ts';
import { isDirectoryFailure } from '../domain/service-failure.ts';

/** Time-out of the call for one group, in milliseconds. */
const callLimitMs = 10_000;

/**
 * Readiness probe: checks for each group that the settings name whether Microsoft Graph says who is in it. One that it
 * refuses is a notice and does not make the process unready, because people named themselves and other groups are not
 * affected. An outage says nothing about permissions.
 */
export function createGroupProbe(groups: DirectoryGroups, ids: readonly string[], clock: Clock, log: Log): Probe {
  const whyRefused = async (id: string): Promise<string | null> => {
    try {
      await groups.members(id, AbortSignal.timeout(callLimitMs));
      return null;
    } catch (error) {
      if (!isDirectoryFailure(error) || error.transient) return null;
      log.error('Microsoft Graph does not say who is in a group', error, { group: id });
      return error.reason === 'not-found' ? `There is no group ${id}.` : error.message;
    }
  };
  const ask = async () => {
    const answers = new Set(await Promise.all(ids.map(whyRefused)));
    answers.delete(null);
    if (answers.size === 0) return null;
    return `Nobody has a role through a group that cannot be read. ${[...answers].join(' ')}`;
  };
  const silence = 'Microsoft Graph did not answer in time who is in the groups.';
  return createProbe({ name: 'groups', ask, clock, log, silence });
}
