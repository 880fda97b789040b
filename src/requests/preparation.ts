import { insertAssets, refreshStatistics, removeOtherSnapshots } from '../database/request-assets.ts';
import { storedJson } from '../database/storable.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { KindTotal, PendingChoice, RequestAsset, RequestRecord, WorkspaceSnapshot } from '../domain/request.ts';
import type { SnapshotChanges } from '../domain/snapshot-changes.ts';
import { backoffReset } from './backoff.ts';
import type { RequestServices } from './request-services.ts';
import { transition } from './transition.ts';

/** What a preparation found out: something to confirm, something to choose, or a reason why not. */
export type Preparation =
  | {
      readonly kind: 'preview';
      readonly workspace: WorkspaceSnapshot;
      readonly totals: readonly KindTotal[];
      readonly needsApproval: boolean;
      readonly personalData: RequestRecord['personalData'];
      /** What differs from the preview before; null in a first one. */
      readonly changes: SnapshotChanges | null;
    }
  | { readonly kind: 'choice'; readonly choice: PendingChoice; readonly workspace: WorkspaceSnapshot | null }
  | { readonly kind: 'refusal'; readonly refusal: Refusal; readonly workspace: WorkspaceSnapshot | null };

/** A snapshot being written. It counts only once its preparation is recorded. */
export interface Snapshot {
  readonly number: number;
  readonly token: string;
  /** The request's version when the preparation began. */
  readonly version: number;
}

/** Begins a snapshot of a request's assets. */
export function beginSnapshot(services: RequestServices, request: Pick<RequestRecord, 'number' | 'version'>): Snapshot {
  return { number: request.number, version: request.version, token: services.newToken() };
}

/** Adds assets to the snapshot that the person will confirm. */
export async function addToSnapshot(
  services: RequestServices,
  snapshot: Snapshot,
  assets: readonly Pick<RequestAsset, 'position' | 'asset' | 'dependants'>[],
): Promise<void> {
  await insertAssets(services.database.db, snapshot.number, snapshot.token, assets);
}

/** To be called when all assets were added, `count` of them: from then on they are found quickly. */
export async function completeSnapshot(services: RequestServices, count: number): Promise<void> {
  if (count >= manyAssets) await refreshStatistics(services.database.db);
}

/** From so many assets on, how a database looks them up makes a difference. */
const manyAssets = 1_000;

/**
 * Records what the preparation found; the request now waits for the person, or has ended. Nothing happens when the
 * request has moved on since the preparation began: then another one has taken over, and its snapshot counts.
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
        { type: 'previewed', version, needsApproval: found.needsApproval },
        {
          change: {
            ...backoffReset,
            workspace,
            snapshot: token,
            totals: storedJson(found.totals),
            choice: null,
            changes: found.changes === null ? null : storedJson(found.changes),
            refusal: null,
            personal_data: found.personalData,
            assets_total: found.totals.reduce((sum, { count }) => sum + count, 0),
            bytes_total: found.totals.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
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
