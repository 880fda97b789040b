import { insertAssets, removeAssets } from '../database/request-assets.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { KindTotal, PendingChoice, RequestAsset, RequestRecord, WorkspaceSnapshot } from '../domain/request.ts';
import type { RequestServices } from './services.ts';
import { transition } from './transition.ts';

/** What a preparation found out: something to confirm, something to choose, or a reason why not. */
export type Preparation =
  | {
      readonly kind: 'preview';
      readonly workspace: WorkspaceSnapshot;
      readonly totals: readonly KindTotal[];
      readonly needsApproval: boolean;
      readonly personalData: RequestRecord['personalData'];
    }
  | { readonly kind: 'choice'; readonly choice: PendingChoice; readonly workspace: WorkspaceSnapshot | null }
  | { readonly kind: 'refusal'; readonly refusal: Refusal; readonly workspace: WorkspaceSnapshot | null };

/** Starts the snapshot of a request anew; rows of an earlier, interrupted preparation are dropped. */
export async function beginSnapshot(services: RequestServices, number: number): Promise<void> {
  await removeAssets(services.database.db, number);
}

/** Adds assets to the snapshot that the person will confirm. */
export async function addToSnapshot(
  services: RequestServices,
  number: number,
  assets: readonly Pick<RequestAsset, 'position' | 'asset' | 'dependants'>[],
): Promise<void> {
  await insertAssets(services.database.db, number, assets);
}

/** Records what the preparation found; the request now waits for the person, or has ended. */
export async function recordPreparation(services: RequestServices, number: number, found: Preparation): Promise<void> {
  const workspace = found.workspace === null ? null : JSON.stringify(found.workspace);
  switch (found.kind) {
    case 'preview':
      await transition(
        services,
        number,
        { type: 'previewed', needsApproval: found.needsApproval },
        {
          change: {
            workspace,
            totals: JSON.stringify(found.totals),
            choice: null,
            refusal: null,
            personal_data: found.personalData,
            assets_total: found.totals.reduce((sum, { count }) => sum + count, 0),
            bytes_total: found.totals.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
          },
        },
      );
      return;
    case 'choice':
      await transition(
        services,
        number,
        { type: 'choice-needed' },
        { change: { workspace, choice: JSON.stringify(found.choice), refusal: null } },
      );
      return;
    case 'refusal':
      await transition(
        services,
        number,
        { type: 'refused' },
        { change: { workspace, refusal: JSON.stringify(found.refusal) }, detail: { because: found.refusal.reason } },
      );
      return;
  }
}
