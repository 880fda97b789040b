import { heldCandidates } from '../database/held-assets.ts';
import { readStandingHolds } from '../database/held-people.ts';
import { readPlacedHolds, shareHolds } from '../database/hold-rows.ts';
import type { Member } from '../domain/accounts.ts';
import { isWorkspaceDeletion, traitsOf } from '../domain/actions.ts';
import type { Asset } from '../domain/assets.ts';
import { type Check, type ClearanceDenial, ClearanceExpired } from '../domain/clearance.ts';
import { assetCover, isInForce, type StandingHold } from '../domain/legal-hold.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { RequestRecord } from '../domain/request.ts';
import { type Deletion, heldPlace, heldRefusal, refusalByHolds } from '../requests/held-deletions.ts';
import { see } from '../requests/visible-workspaces.ts';
import { logRefusal } from './refusal-log.ts';
import { CoalescedQuery } from './shared-answer.ts';
import type { WorkflowServices } from './workflow-services.ts';

/**
 * Why a hold forbids a deletion now, with all that the service tells: also because the deletion of an experiment would
 * take earlier runs with it that it shares with one under a hold. Null when none does. `token` names the snapshot of a
 * preview that is being made. Throws ServiceFailure.
 */
async function heldNow(
  services: WorkflowServices,
  request: Deletion,
  holds: readonly StandingHold[],
  members: readonly Member[],
  signal: AbortSignal,
  token?: string,
): Promise<Refusal | null> {
  if (holds.length === 0 || request.workspace === null) return null;
  const { db } = services.database;
  const place = heldPlace(services, request.workspace.id, members);
  const refusal = await refusalByHolds(db, request, holds, place, token);
  if (refusal !== null || isWorkspaceDeletion(request.action)) return refusal;
  const covers = holds
    .filter(
      ({ target }) =>
        target.kind !== 'asset' || (target.assetKind === 'experiment' && target.workspaceId === place.workspaceId),
    )
    .map((hold) => assetCover(hold, place));
  if (covers.length === 0) return null;
  let sharing: ((asset: Asset) => Asset | null) | null = null;
  const isHeld = (asset: Asset) => covers.some((isCovered) => isCovered(asset));
  const snapshot = token === undefined ? { number: request.number } : { number: request.number, token };
  for await (const asset of heldCandidates(db, snapshot, 'experiment')) {
    sharing ??= await services.source.sharedHistory(place.workspaceId, isHeld, signal);
    if (sharing(asset) !== null) return heldRefusal(request.workspace.name, [`earlier runs of “${asset.name}”`], 1);
  }
  return null;
}

/**
 * The refusal of a deletion by a hold that is in force, before anything of it is done, and logged; null when none covers
 * it. Throws ServiceFailure.
 */
export async function checkHolds(
  services: WorkflowServices,
  request: RequestRecord,
  signal: AbortSignal,
): Promise<Refusal | null> {
  const { workspace, requester, action } = request;
  if (workspace === null || traitsOf(action).deletes === 'nothing') return null;
  const holds = await readStandingHolds(services.database.db, requester.tenantId, services.clock.now());
  if (holds.length === 0) return null;
  const seen = await see(services, requester, workspace.id, signal, 'now');
  const refusal = await heldNow(services, request, holds, seen?.members ?? [], signal);
  if (refusal !== null) logRefusal(services, request, refusal);
  return refusal;
}

/** The same for a preview that is being made, with the members as they were just read; `token` names its snapshot. */
export async function refusalOfPreview(
  services: WorkflowServices,
  request: Deletion,
  members: readonly Member[],
  token: string,
  signal: AbortSignal,
): Promise<Refusal | null> {
  if (traitsOf(request.action).deletes === 'nothing') return null;
  const holds = await readStandingHolds(services.database.db, request.requester.tenantId, services.clock.now());
  return heldNow(services, request, holds, members, signal, token);
}

/** The checks of one call. */
export interface HoldChecks {
  /** Compares with everything that is in force, `asset` as it is now. */
  readonly held: (membersNow: () => Promise<readonly Member[]>, asset: Asset | null) => Promise<ClearanceDenial | null>;
  /**
   * For the last moment, without a call to a service: a hold that was placed or has begun since `held` was asked makes the
   * clearance expire, so that all checks are repeated.
   */
  readonly unchanged: Check;
}

/**
 * Returns a function that makes, for each call of a run that deletes something, the checks whether a hold covers it.
 * Concurrent calls share the queries, and the comparison with all assets of the request while nothing changes.
 */
export function holdChecks(services: WorkflowServices, request: Deletion, signal: AbortSignal): () => HoldChecks {
  const { db } = services.database;
  const { workspace, requester } = request;
  const read = new CoalescedQuery(async () => {
    await shareHolds(db, requester.tenantId);
    return readStandingHolds(db, requester.tenantId, services.clock.now());
  });
  const numbers = new CoalescedQuery(async () => {
    await shareHolds(db, requester.tenantId);
    const now = services.clock.now();
    const placed = await readPlacedHolds(db, requester.tenantId);
    return placed.filter((hold) => isInForce(hold, now)).map(({ number }) => number);
  });
  let compared: { readonly key: string; readonly refusal: Refusal | null } | null = null;
  return () => {
    let known: readonly number[] = [];
    const held: HoldChecks['held'] = async (membersNow, asset) => {
      const holds = await read.get();
      known = holds.map(({ number }) => number);
      if (holds.length === 0 || workspace === null) return null;
      const members = await membersNow();
      const key = JSON.stringify([holds, members]);
      if (compared?.key !== key) {
        compared = { key, refusal: await heldNow(services, request, holds, members, signal) };
      }
      if (compared.refusal !== null) return { kind: 'held', refusal: compared.refusal };
      const place = heldPlace(services, workspace.id, members);
      const isCovered = asset !== null && holds.some((hold) => assetCover(hold, place)(asset));
      return isCovered ? { kind: 'held', refusal: heldRefusal(workspace.name, [`“${asset.name}”`], 1) } : null;
    };
    const unchanged: Check = async () => {
      if ((await numbers.get()).every((number) => known.includes(number))) return null;
      throw new ClearanceExpired('a hold has begun since the checks');
    };
    return { held, unchanged };
  };
}
