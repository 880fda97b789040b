import type { AssetKind } from './assets.ts';

/** The kinds of things tied to a workspace that people have to know of: what stops working, and what costs money. */
export const tiedKinds = ['classic-web-service', 'web-service', 'commitment-plan'] as const;

/**
 * Something that is tied to a workspace. A classic web service goes with it; a new one and a commitment plan are
 * resources of their own in Azure and stay.
 */
export interface TiedResource {
  readonly kind: (typeof tiedKinds)[number];
  /** For web services the id that they have as assets. */
  readonly id: string;
  readonly name: string;
}

/** Where a person deletes the workspace themselves. */
export interface ByHand {
  readonly where: 'studio' | 'azure-portal';
  readonly url: string;
  /** What to look for there: names, in the order in which they help. Empty when the address leads to the very page. */
  readonly lookFor: readonly string[];
}

/** One kind whose number differs from the preview before. */
export interface CountChange {
  readonly kind: AssetKind;
  readonly before: number;
  readonly now: number;
}

/** How a workspace would be deleted, and what that touches: part of what the person confirms. */
export interface WorkspaceRemoval {
  /** `by-hand` when Steward has no way to do it; then it waits until it sees the workspace gone. */
  readonly way: 'studio' | 'resource-manager' | 'by-hand';
  /** The workspace in Resource Manager; null when it is not there, or could not be looked up. */
  readonly resourceId: string | null;
  readonly byHand: ByHand;
  readonly tied: readonly TiedResource[];
  /** False when Azure would not say what is tied to the workspace. */
  readonly tiedKnown: boolean;
  /** The customer's own storage account, which stays; null when there is none. */
  readonly storageAccount: string | null;
  /**
   * What differs from the preview before this one, when the workspace had changed by the time it was to be deleted;
   * empty when it was something else than its contents. Null in a first preview.
   */
  readonly changes: readonly CountChange[] | null;
}

/**
 * Whether a workspace is still there. `closed` means that it no longer answers to its token, which is what a deleted
 * one does, but one whose token was changed as well, and that nobody else could be asked.
 */
export type WorkspacePresence = 'there' | 'gone' | 'closed';

/** Counts that differ, in the order of the newer list; kinds that vanished come last. */
export function countChanges(
  before: readonly { readonly kind: AssetKind; readonly count: number }[],
  now: readonly { readonly kind: AssetKind; readonly count: number }[],
): readonly CountChange[] {
  const countIn = (totals: typeof before, kind: AssetKind): number =>
    totals.find((total) => total.kind === kind)?.count ?? 0;
  const kinds = new Set([...now, ...before].map(({ kind }) => kind));
  return [...kinds]
    .map((kind) => ({ kind, before: countIn(before, kind), now: countIn(now, kind) }))
    .filter((change) => change.before !== change.now);
}

/** True when both say the same about how the workspace goes and what that touches. */
export function isSameRemoval(one: WorkspaceRemoval, other: WorkspaceRemoval): boolean {
  return fingerprint(one) === fingerprint(other);
}

function fingerprint({ way, resourceId, tied, tiedKnown, storageAccount }: WorkspaceRemoval): string {
  const ids = tied.map(({ kind, id }) => `${kind}/${id}`).sort();
  return JSON.stringify([way, resourceId?.toLowerCase() ?? null, ids, tiedKnown, storageAccount]);
}
