import pMap from 'p-map';
import { readStandingHolds } from '../database/held-people.ts';
import { type HeldRecords, nothingHeld, readHeldRecords, tenantsWithHolds } from '../database/held-requests.ts';
import type { HeldPlace, StandingHold } from '../domain/legal-hold.ts';
import type { RequestRecord } from '../domain/request.ts';
import { heldPlace } from './held-deletions.ts';
import { recentMembership } from './recent-memberships.ts';
import type { RequestServices } from './request-services.ts';

type KeepServices = Pick<RequestServices, 'database' | 'source' | 'clock'>;

/** Workspaces that are read concurrently. */
const concurrency = 4;

/** What the holds of every tenant keep from retention now. */
export async function heldRecords(services: KeepServices, signal: AbortSignal): Promise<HeldRecords> {
  let all = nothingHeld;
  for (const tenantId of await tenantsWithHolds(services.database.db)) {
    const { requests, people, workspaces } = await heldOf(services, tenantId, signal);
    all = {
      requests: [...all.requests, ...requests],
      people: [...all.people, ...people],
      workspaces: [...all.workspaces, ...workspaces],
    };
  }
  return all;
}

/** True while a hold keeps what a request has in storage, and its records. */
export async function isRequestHeld(
  services: KeepServices,
  { number, requester: { tenantId } }: Pick<RequestRecord, 'number' | 'requester'>,
  signal: AbortSignal,
): Promise<boolean> {
  return (await heldOf(services, tenantId, signal, number)).requests.includes(number);
}

async function heldOf(
  services: KeepServices,
  tenantId: string,
  signal: AbortSignal,
  only?: number,
): Promise<HeldRecords> {
  const { db } = services.database;
  const holds = await readStandingHolds(db, tenantId, services.clock.now());
  if (holds.length === 0) return nothingHeld;
  const places = await placesFor(services, holds, signal);
  return readHeldRecords(db, { tenantId, holds, places }, only);
}

/** Every workspace with its members, where a person is held; without them where the service does not say. */
function placesFor(
  services: KeepServices,
  holds: readonly StandingHold[],
  signal: AbortSignal,
): Promise<readonly HeldPlace[]> {
  if (holds.every(({ person }) => person === null)) return Promise.resolve([]);
  const placeOf = async (workspaceId: string): Promise<HeldPlace> => {
    const [, members] = await recentMembership(services, workspaceId, signal);
    return heldPlace(services, workspaceId, members.status === 'fulfilled' ? members.value : null);
  };
  return pMap(services.source.workspaceIds(), placeOf, { concurrency });
}
