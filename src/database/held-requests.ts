import { type RawBuilder, sql } from 'kysely';
import { assetCover, coversWorkspace, type HeldPlace, isHeldAccount, type StandingHold } from '../domain/legal-hold.ts';
import type { Account } from '../domain/people.ts';
import type { Connection } from './connection.ts';
import { readStandingHolds } from './held-people.ts';

/** The holds in force of one tenant, and who is where. */
export interface TenantHolds {
  readonly tenantId: string;
  readonly holds: readonly StandingHold[];
  /** The place of every workspace. */
  readonly places: readonly HeldPlace[];
}

/** What retention leaves alone, whatever its age. */
export interface HeldRecords {
  /** Numbers of requests that are about what a hold covers. */
  readonly requests: readonly number[];
  /** Object ids and addresses of held people. */
  readonly people: readonly string[];
  /** Workspaces that are held, or of which something is. */
  readonly workspaces: readonly string[];
}

/** Nothing is held. */
export const nothingHeld: HeldRecords = { requests: [], people: [], workspaces: [] };

/** The tenants that have placed holds. */
export async function tenantsWithHolds(db: Connection): Promise<string[]> {
  const rows = await db.selectFrom('legalHolds').select('tenantId').distinct().where('state', '=', 'placed').execute();
  return rows.map(({ tenantId }) => tenantId);
}

/**
 * What the holds of a tenant keep of Steward's own records and archives: of all requests, or of the one with a number. A
 * request is held with its workspace, with an asset of its preview, and with whoever asked for it, voted on it, is its
 * subject, or may own an asset of its preview.
 */
export async function readHeldRecords(
  db: Connection,
  { tenantId, holds, places }: TenantHolds,
  only?: number,
): Promise<HeldRecords> {
  const people = holds.flatMap(({ person }) => (person === null ? [] : [person]));
  const ids = people.flatMap(({ objectIds }) => objectIds);
  const addresses = people.flatMap((person) => person.addresses);
  const wholes = holds.flatMap(({ target }) => (target.kind === 'workspace' ? [target.workspaceId] : []));
  const assets = holds.flatMap(({ target }) => (target.kind === 'asset' ? [target] : []));
  const theirs = places
    .filter((place) => holds.some((hold) => hold.person !== null && coversWorkspace(hold, place)))
    .map(({ workspaceId }) => workspaceId);
  const isOne = only === undefined ? sql<boolean>`true` : sql<boolean>`r.number = ${only}`;
  const isHeld = sql.join(
    [
      isIn(sql`r.workspace ->> 'id'`, wholes),
      // An export of personal data has that of every member.
      sql`(r.personal_data = 'everyone' and ${isIn(sql`r.workspace ->> 'id'`, theirs)})`,
      isIn(sql`r.requester_object_id`, ids),
      isIn(sql`r.requester_user_principal_name`, addresses),
      isIn(sql`r.requester_mail`, addresses),
      isIn(sql`r.subject ->> 'objectId'`, ids),
      sql`exists (select from votes v where v.request_number = r.number and ${isIn(sql`v.object_id`, ids)})`,
      sql`exists (select from directory_exports d where d.request_number = r.number and ${isIn(sql`d.person_id`, ids)})`,
      ...assets.map(
        ({ workspaceId, assetKind, familyId }) => sql`(r.workspace ->> 'id' = ${workspaceId} and exists (
          select from request_assets a where a.request_number = r.number
            and a.kind = ${assetKind} and a.family_id = ${familyId}))`,
      ),
    ],
    sql` or `,
  );
  const { rows } = await sql<{ number: number }>`
    select r.number from requests r where r.tenant_id = ${tenantId} and ${isOne} and (${isHeld})`.execute(db);
  const requests = new Set(rows.map(({ number }) => Number(number)));
  for (const number of await withTheirAssets(db, tenantId, holds, places, isOne)) requests.add(number);
  return {
    requests: [...requests],
    people: [...ids, ...addresses],
    workspaces: [...new Set([...wholes, ...assets.map(({ workspaceId }) => workspaceId)])],
  };
}

/** Requests with an asset that is or may be a held person's. */
async function withTheirAssets(
  db: Connection,
  tenantId: string,
  holds: readonly StandingHold[],
  places: readonly HeldPlace[],
  isOne: RawBuilder<boolean>,
): Promise<readonly number[]> {
  const ofPeople = holds.filter(({ person }) => person !== null);
  if (ofPeople.length === 0) return [];
  const { rows } = await sql<{ number: number; workspaceId: string | null; owner: string }>`
    select distinct r.number, r.workspace ->> 'id' as workspace_id, a.owner from requests r
    join request_assets a on a.request_number = r.number
    where r.tenant_id = ${tenantId} and ${isOne}`.execute(db);
  const covers = new Map<string, (owner: string) => boolean>();
  const coverOf = (workspaceId: string) => {
    const known = covers.get(workspaceId);
    if (known !== undefined) return known;
    // A workspace that is not connected any more: its members are not known.
    const unknown = { workspaceId, members: null, registeredBy: null };
    const place = places.find((each) => each.workspaceId === workspaceId) ?? unknown;
    const tests = ofPeople.map((hold) => assetCover(hold, place));
    const cover = (owner: string) => tests.some((test) => test({ kind: 'dataset', familyId: '', owner }));
    covers.set(workspaceId, cover);
    return cover;
  };
  return rows.filter(({ workspaceId, owner }) => coverOf(workspaceId ?? '')(owner)).map(({ number }) => Number(number));
}

/**
 * True while a person must not be erased: a hold stands on them, or one on a workspace or an asset covers a request of
 * theirs.
 */
export async function isErasureHeld(db: Connection, { tenantId, objectId }: Account, now: number): Promise<boolean> {
  const holds = await readStandingHolds(db, tenantId, now);
  if (holds.length === 0) return false;
  if (holds.some(({ person }) => person !== null && isHeldAccount(person, { objectId }))) return true;
  const things = holds.filter(({ person }) => person === null);
  const { requests } = await readHeldRecords(db, { tenantId, holds: things, places: [] });
  if (requests.length === 0) return false;
  const own = await db
    .selectFrom('requests')
    .select('number')
    .where('requesterObjectId', '=', objectId)
    .where('number', 'in', requests)
    .limit(1)
    .execute();
  return own.length > 0;
}

/** True where a value is one of these; never without any. */
export function isIn(value: RawBuilder<unknown>, these: readonly (string | number)[]): RawBuilder<boolean> {
  return these.length === 0 ? sql<boolean>`false` : sql<boolean>`${value} in (${sql.join([...these])})`;
}
