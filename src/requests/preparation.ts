import { insertAssets, refreshStatistics, removeOtherSnapshots } from '../database/request-assets.ts';
import { storedJson } from '../database/storable.ts';
import type { PolicyTerms } from '../domain/policy-rules.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { KindTotal, PendingChoice, RequestAsset, RequestRecord, WorkspaceSnapshot } from '../domain/request.ts';
import type { SnapshotChanges } from '../domain/snapshot-changes.ts';
import { backoffReset } from './backoff.ts';
import type { RequestServices } from './request-services.ts';
import { transition } from './transition.ts';

/** The result of a preparation: a preview to confirm, a choice, or a refusal. */
export type Preparation =
  | {
      readonly kind: 'preview';
      readonly workspace: WorkspaceSnapshot;
      readonly totals: readonly KindTotal[];
      /** Whether one of the assets is not certainly the requester's own. */
      readonly othersAssets: boolean;
      readonly terms: PolicyTerms;
      readonly personalData: RequestRecord['personalData'];
      /** The changes since the previous preview; null in a first one. */
      readonly changes: SnapshotChanges | null;
    }
  | { readonly kind: 'choice'; readonly choice: PendingChoice; readonly workspace: WorkspaceSnapshot | null }
  | { readonly kind: 'refusal'; readonly refusal: Refusal; readonly workspace: WorkspaceSnapshot | null };

/** A snapshot being written. It becomes valid when its preparation is recorded. */
export interface Snapshot {
  readonly number: number;
  readonly token: string;
  /** The request's version when the preparation began. */
  readonly version: number;
}

/** Starts a snapshot of a request's assets. */
export function beginSnapshot(services: RequestServices, request: Pick<RequestRecord, 'number' | 'version'>): Snapshot {
  return { number: request.number, version: request.version, token: services.newToken() };
}

/** Adds assets to the snapshot. */
export async function addToSnapshot(
  services: RequestServices,
  snapshot: Snapshot,
  assets: readonly Pick<RequestAsset, 'position' | 'asset' | 'dependants'>[],
): Promise<void> {
  await insertAssets(services.database.db, snapshot.number, snapshot.token, assets);
}

/**
 * Call this when all `count` assets were added: it refreshes the database's statistics, so that they are found quickly.
 */
export async function completeSnapshot(services: RequestServices, count: number): Promise<void> {
  if (count >= manyAssets) await refreshStatistics(services.database.db);
}

/** From this number of assets on, the database's query plan makes a difference. */
const manyAssets = 1_000;

/**
 * Records the result of a preparation; the request then waits for the person, or has ended. Does nothing when the
 * request's version has changed since the preparation began (optimistic locking): then another preparation is valid.
 */
export async function recordPreparation(
  services: RequestServices,
  { number, version, token }: Snapshot,
  found: Preparation,
): Promise<void> {
  const workspace = found.workspace === null ? null : storedJson(found.workspace);
  switch (found.kind) {
    case 'preview':
      await transition(
        services,
        number,
        { type: 'previewed', version, terms: found.terms },
        {
          change: {
            ...backoffReset,
            workspace,
            snapshot: token,
            totals: storedJson(found.totals),
            othersAssets: found.othersAssets,
            choice: null,
            changes: found.changes === null ? null : storedJson(found.changes),
            refusal: null,
            personalData: found.personalData,
            terms: storedJson(found.terms),
            assetsTotal: found.totals.reduce((sum, { count }) => sum + count, 0),
            bytesTotal: found.totals.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
          },
          also: (trx) => removeOtherSnapshots(trx, number, token),
        },
      );
      return;
    case 'choice':
      await transition(
        services,
        number,
        { type: 'choice-needed', version },
        { change: { ...backoffReset, workspace, choice: storedJson(found.choice), refusal: null } },
      );
      return;
    case 'refusal':
      await transition(
        services,
        number,
        { type: 'refused', version },
        {
          change: { ...backoffReset, workspace, refusal: storedJson(found.refusal) },
          detail: { because: found.refusal.reason },
        },
      );
      return;
  }
}
