/**
 * The kinds of resources tied to a workspace that people have to know about: what stops working, and what costs money.
 */
export const tiedKinds = ['classic-web-service', 'web-service', 'commitment-plan'] as const;

/**
 * A resource tied to a workspace. A classic web service is deleted with it; a new one and a commitment plan are
 * separate resources in Azure and stay.
 */
export interface TiedResource {
  readonly kind: (typeof tiedKinds)[number];
  /** For web services, their asset id. */
  readonly id: string;
  readonly name: string;
}

/** Where a person can delete the workspace by hand. */
export interface ByHand {
  readonly where: 'source' | 'azure-portal';
  readonly url: string;
  /** Names to search for there, most helpful first. Empty when the address leads directly to the page. */
  readonly lookFor: readonly string[];
}

/** How a workspace would be deleted, and what that affects: part of what the person confirms. */
export interface WorkspaceRemoval {
  /** `by-hand` when Steward cannot do it; then it polls until the workspace no longer exists. */
  readonly method: 'source' | 'resource-manager' | 'by-hand';
  /** The resource id in Resource Manager; null when it does not exist there, or could not be read. */
  readonly resourceId: string | null;
  readonly byHand: ByHand;
  readonly tied: readonly TiedResource[];
  /** False when Azure did not return what is tied to the workspace. */
  readonly tiedKnown: boolean;
  /** The customer's own storage account, which is not deleted; null when there is none. */
  readonly storageAccount: string | null;
}

/**
 * Whether a workspace still exists. `closed` means that the service no longer accepts its token, which is so for a
 * deleted workspace and for one whose token was changed, and that no other service could be asked.
 */
export type WorkspacePresence = 'there' | 'gone' | 'closed';

/** True when both have the same method and affect the same. */
export function isSameRemoval(one: WorkspaceRemoval, other: WorkspaceRemoval): boolean {
  return removalFingerprint(one) === removalFingerprint(other);
}

/** A fingerprint of how a workspace is deleted and what that affects; equal strings mean that nothing changed. */
export function removalFingerprint({ method, resourceId, tied, tiedKnown, storageAccount }: WorkspaceRemoval): string {
  const ids = tied.map(({ kind, id }) => `${kind}/${id}`).sort();
  return JSON.stringify([method, resourceId?.toLowerCase() ?? null, ids, tiedKnown, storageAccount]);
}

/**
 * The recorded state of the call that deletes a whole workspace. `asked`: it was sent, or was about to be, and no
 * answer is recorded. `accepted`: answered with success. `absent`: answered that the workspace does not exist. `none`:
 * never sent, or certainly without effect.
 */
export type RemovalCall = 'none' | 'asked' | 'accepted' | 'absent';

/**
 * What can be claimed about a workspace that no longer answers, from the recorded call and its presence. `deleted`: our
 * call was answered with success and the workspace no longer answers. `gone`: it does not exist, but no call of ours is
 * known to have deleted it. `unproven`: not even that is certain.
 */
export function removalProof(
  call: RemovalCall,
  presence: Exclude<WorkspacePresence, 'there'>,
): 'deleted' | 'gone' | 'unproven' {
  if (call === 'accepted') return 'deleted';
  return presence === 'gone' ? 'gone' : 'unproven';
}
