import { z } from 'zod';
import { unreadable } from '../azure/http/http-failures.ts';
import type { Clock } from '../domain/clock.ts';
import type { DirectoryAccounts } from '../domain/directory-accounts.ts';
import type { SharedLimits } from '../domain/host-limits.ts';
import { isDirectoryFailure } from '../domain/service-failure.ts';
import { type GraphCall, GraphHttp, purposeOf } from './graph-http.ts';
import type { GraphSettings } from './graph-settings.ts';

const Account = z.object({ accountEnabled: z.boolean().nullish() });

/**
 * The tenant's accounts behind Microsoft Graph v1.0: GET users/{id}?$select=accountEnabled, which is returned only when
 * it is selected (learn.microsoft.com/graph/api/user-get). Needs the application permission User.Read.All. Throws
 * ServiceFailure when the address is not safe.
 */
export function createGraphAccounts(settings: GraphSettings, clock: Clock, limits?: SharedLimits): DirectoryAccounts {
  const graph = new GraphHttp(settings, clock, limits);
  return {
    // An account that is not there is asked for twice: a single answer may come from a replica that lags behind.
    isActive: async (objectId, signal) =>
      (await isEnabled(graph, objectId, signal)) ?? (await isEnabled(graph, objectId, signal)) ?? false,
  };
}

/** Null for an account that is not in the tenant. */
async function isEnabled(graph: GraphHttp, objectId: string, signal: AbortSignal): Promise<boolean | null> {
  const call: GraphCall = { doing: 'checking an account', signal, isAdvanced: false };
  try {
    const { body } = await graph.get(`/users/${encodeURIComponent(objectId)}?$select=accountEnabled`, Account, call);
    // Without the permission Graph leaves the property out.
    if (typeof body.accountEnabled !== 'boolean') throw unreadable(purposeOf(call), 'no accountEnabled');
    return body.accountEnabled;
  } catch (error) {
    if (isDirectoryFailure(error) && error.reason === 'not-found') return null;
    throw error;
  }
}
