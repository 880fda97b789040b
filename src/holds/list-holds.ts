import { readHeldPerson } from '../database/held-people.ts';
import { readHold, readPlacedHolds } from '../database/hold-rows.ts';
import type { Asset } from '../domain/assets.ts';
import { isHeldAccount, isInForce, type LegalHold } from '../domain/legal-hold.ts';
import { foldName } from '../domain/name-folding.ts';
import { type Person, plainAddress } from '../domain/people.ts';
import type { RequestServices } from '../requests/request-services.ts';
import { mayHold } from './hold-rights.ts';

/** Which holds are asked for; without any of it, all. */
export interface HoldFilter {
  readonly workspaceId?: string;
  readonly asset?: Pick<Asset, 'kind' | 'familyId'> & { readonly workspaceId: string };
  readonly person?: {
    readonly objectId: string | null;
    readonly name: string | null;
    readonly addresses: readonly string[];
  };
}

/**
 * The holds of the tenant that were placed and neither lifted nor ended, oldest first, also those that begin later. None
 * for whoever may not see them.
 */
export async function listHolds(
  services: RequestServices,
  by: Person,
  filter: HoldFilter = {},
): Promise<readonly LegalHold[]> {
  if (!mayHold(services, by)) return [];
  const { db } = services.database;
  const found: LegalHold[] = [];
  for (const hold of await readPlacedHolds(db, by.tenantId)) {
    const isOver = hold.until !== null && hold.until.getTime() <= services.clock.now();
    if (!isOver && (await fits(services, hold, filter))) found.push(hold);
  }
  return found;
}

/** A hold or its preview by number, for who may see it; null for everybody else. */
export async function findHold(services: RequestServices, by: Person, number: number): Promise<LegalHold | null> {
  return mayHold(services, by) ? readHold(services.database.db, by.tenantId, number) : null;
}

/**
 * Whether a hold on this workspace, or on this asset, stands now, for whoever may see the workspace; never why, or whom
 * it concerns. Holds on people are not told of, since that would say whom.
 */
export async function isUnderHold(
  services: RequestServices,
  { tenantId }: Pick<Person, 'tenantId'>,
  on: Pick<HoldFilter, 'workspaceId' | 'asset'>,
): Promise<boolean> {
  const holds = await readPlacedHolds(services.database.db, tenantId);
  const now = services.clock.now();
  return holds.some((hold) => isInForce(hold, now) && isOn(hold, on));
}

async function fits({ database }: RequestServices, hold: LegalHold, filter: HoldFilter): Promise<boolean> {
  const { person } = filter;
  if (person === undefined) return isOn(hold, filter);
  const held = await readHeldPerson(database.db, hold);
  if (held === null) return false;
  const { objectId, name, addresses } = person;
  return (
    (objectId !== null && isHeldAccount(held, { objectId })) ||
    addresses.some((address) => held.addresses.includes(plainAddress(address) ?? '')) ||
    (name !== null && held.names.some((known) => foldName(known) === foldName(name)))
  );
}

function isOn({ target }: LegalHold, { workspaceId, asset }: HoldFilter): boolean {
  if (workspaceId === undefined && asset === undefined) return true;
  if (target.kind === 'person') return false;
  if (asset === undefined) return target.workspaceId === workspaceId;
  if (target.workspaceId !== asset.workspaceId) return false;
  return target.kind === 'workspace' || (target.assetKind === asset.kind && target.familyId === asset.familyId);
}
