import type { Asset } from '../../domain/assets.ts';
import type { KindTotal } from '../../domain/request.ts';
import type { WorkspaceRemoval } from '../../domain/workspace-removal.ts';

/** Counts assets by kind as they come, without keeping them. */
export class KindCounts {
  readonly #totals = new Map<string, KindTotal>();

  /** `isUsed`: whether something else uses the asset, when that was looked up. */
  add({ kind, sizeBytes }: Asset, isUsed?: boolean): void {
    const before = this.#totals.get(kind);
    this.#totals.set(kind, {
      kind,
      count: (before?.count ?? 0) + 1,
      sizeBytes: (before?.sizeBytes ?? 0) + (sizeBytes ?? 0),
      sizeIncomplete: (before?.sizeIncomplete ?? false) || sizeBytes === null,
      ...(isUsed === undefined ? {} : { used: (before?.used ?? 0) + (isUsed ? 1 : 0) }),
    });
  }

  get totals(): readonly KindTotal[] {
    return [...this.#totals.values()];
  }
}

/** False for an asset that stays in Azure when the workspace is deleted. */
export function isDeletedWith(asset: Asset, { tied }: WorkspaceRemoval): boolean {
  return !tied.some(({ kind, id }) => kind === 'web-service' && id === asset.id);
}
