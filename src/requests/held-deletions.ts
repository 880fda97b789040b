import type { Connection } from '../database/connection.ts';
import { heldInSnapshot } from '../database/held-assets.ts';
import { readStandingHolds } from '../database/held-people.ts';
import { readPlacedHolds, shareHolds } from '../database/hold-rows.ts';
import type { Member } from '../domain/accounts.ts';
import { isWorkspaceDeletion, traitsOf } from '../domain/actions.ts';
import { coversWorkspace, type HeldPlace, type StandingHold } from '../domain/legal-hold.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { RequestRecord } from '../domain/request.ts';
import type { RequestEvent } from '../domain/request-events.ts';
import { knownMembership, recentMembership } from './recent-memberships.ts';
import type { RequestServices } from './request-services.ts';
import { longestLookMs } from './reviewers.ts';

type HoldServices = Pick<RequestServices, 'source' | 'clock' | 'database'>;

/** What is looked at of a request. */
export type Deletion = Pick<RequestRecord, 'number' | 'action' | 'workspace' | 'requester'>;

/** Most assets that a refusal names. */
const mostNamed = 6;

/** The place of a workspace for the comparison with holds; `members` is null where they are not known. */
export function heldPlace(
  { source }: Pick<RequestServices, 'source'>,
  workspaceId: string,
  members: readonly Member[] | null,
): HeldPlace {
  return { workspaceId, members, registeredBy: source.registeredBy(workspaceId) };
}

/**
 * The refusal of a deletion by these holds, as far as the database tells; null when none covers what is in its snapshot:
 * the current one, or that of a token. It names what is held, never why or for whom.
 */
export async function refusalByHolds(
  db: Connection,
  { number, action, workspace }: Deletion,
  holds: readonly StandingHold[],
  place: HeldPlace,
  token?: string,
): Promise<Refusal | null> {
  if (holds.length === 0 || workspace === null || traitsOf(action).deletes === 'nothing') return null;
  const { name } = workspace;
  if (isWorkspaceDeletion(action) && holds.some((hold) => coversWorkspace(hold, place)))
    return { reason: 'held', name };
  const snapshot = token === undefined ? { number } : { number, token };
  const { count, names } = await heldInSnapshot(db, snapshot, holds, place, mostNamed);
  if (count === 0) return null;
  return isWorkspaceDeletion(action)
    ? { reason: 'held', name }
    : heldRefusal(
        name,
        names.map((each) => `“${each}”`),
        count,
      );
}

/** The refusal that names what is under a hold, the first of `count`; names come in quotes. */
export function heldRefusal(workspaceName: string, names: readonly string[], count: number): Refusal {
  const rest = count - names.length;
  const named = [...names, ...(rest > 0 ? [`${rest} more`] : [])];
  return { reason: 'held', name: workspaceName, detail: new Intl.ListFormat('en').format(named) };
}

/**
 * Why a hold forbids what an event would set going, in the transaction that locks the request; null when none does. Until
 * that ends nobody places or lifts a hold in the tenant (see `shareHolds`).
 */
export async function holdAgainst(
  services: HoldServices,
  trx: Connection,
  request: Deletion,
  { type }: Pick<RequestEvent, 'type'>,
): Promise<Refusal | null> {
  if ((type !== 'confirmed' && type !== 'approved') || request.workspace === null) return null;
  if (traitsOf(request.action).deletes === 'nothing') return null;
  const { tenantId } = request.requester;
  await shareHolds(trx, tenantId);
  const holds = await readStandingHolds(trx, tenantId, services.clock.now());
  if (holds.length === 0) return null;
  const { id } = request.workspace;
  return refusalByHolds(trx, request, holds, heldPlace(services, id, knownMembership(services, id)));
}

/**
 * Reads who is a member of a request's workspace, where a hold on a person makes it matter; what follows within a minute
 * knows it. Where the service does not say, everybody may be one.
 */
export async function triedHeldMembers(
  services: HoldServices,
  { action, workspace, requester }: Deletion,
): Promise<void> {
  if (workspace === null || traitsOf(action).deletes === 'nothing') return;
  const holds = await readPlacedHolds(services.database.db, requester.tenantId);
  if (holds.every(({ target }) => target.kind !== 'person')) return;
  await recentMembership(services, workspace.id, AbortSignal.timeout(longestLookMs)).catch(() => undefined);
}
