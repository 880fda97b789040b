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

/** How a workspace would be deleted, and what that touches: part of what the person confirms. */
export interface WorkspaceRemoval {
  /** `by-hand` when Steward has no way to do it; then it waits until it sees the workspace gone. */
  readonly method: 'studio' | 'resource-manager' | 'by-hand';
  /** The workspace in Resource Manager; null when it is not there, or could not be looked up. */
  readonly resourceId: string | null;
  readonly byHand: ByHand;
  readonly tied: readonly TiedResource[];
  /** False when Azure would not say what is tied to the workspace. */
  readonly tiedKnown: boolean;
  /** The customer's own storage account, which stays; null when there is none. */
  readonly storageAccount: string | null;
}

/**
 * Whether a workspace is still there. `closed` means that it no longer answers to its token, which is what a deleted
 * one does, but one whose token was changed as well, and that nobody else could be asked.
 */
export type WorkspacePresence = 'there' | 'gone' | 'closed';

/** True when both say the same about how the workspace goes and what that touches. */
export function isSameRemoval(one: WorkspaceRemoval, other: WorkspaceRemoval): boolean {
  return removalFingerprint(one) === removalFingerprint(other);
}

/** Says how a workspace goes and what that touches; equal strings mean that nothing of it changed. */
export function removalFingerprint({ method, resourceId, tied, tiedKnown, storageAccount }: WorkspaceRemoval): string {
  const ids = tied.map(({ kind, id }) => `${kind}/${id}`).sort();
  return JSON.stringify([method, resourceId?.toLowerCase() ?? null, ids, tiedKnown, storageAccount]);
}

/**
 * What is known of the call that deletes a whole workspace. `asked`: it was sent, or was about to be, and no answer is
 * recorded. `accepted`: answered with success. `absent`: answered that there is no such workspace. `none`: never sent, or
 * certainly without effect.
 */
export type RemovalCall = 'none' | 'asked' | 'accepted' | 'absent';

/**
 * What may be said of a workspace that is not there any more, by what is known of the call and of its presence.
 * `deleted`: our call was answered with success and the workspace does not answer any more. `gone`: it was seen to be
 * gone, and not by a call of ours as far as anybody can tell. `unproven`: nobody can say even that.
 */
export function removalProof(
  call: RemovalCall,
  presence: Exclude<WorkspacePresence, 'there'>,
): 'deleted' | 'gone' | 'unproven' {
  if (call === 'accepted') return 'deleted';
  return presence === 'gone' ? 'gone' : 'unproven';
}
