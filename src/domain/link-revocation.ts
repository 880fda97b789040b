/** How links that were handed out are made to stop working: by new names for the parts, or by removing the archive. */
export type RevocationMethod = 'replace' | 'remove';

/**
 * What a revocation is busy with. `replacing`: the parts are being copied to new names, and the old links work.
 * `deleting`: the new names are recorded, and what the old links open is being deleted. `removing`: the whole archive is.
 */
export type RevocationStage = 'replacing' | 'deleting' | 'removing';

/** A revocation under way, as it is stored with its request. */
export interface LinkRevocation {
  readonly stage: RevocationStage;
  /** The copies are stored under it, as the parts of a run are under the run's own token. */
  readonly attempt: string;
  /** The blobs that the old links open, once the new names are recorded. */
  readonly replaced: readonly string[];
  /** Why it takes longer, as a sentence for the person; null while nothing hinders it. */
  readonly trouble: string | null;
}

/** Whether there are links that may work, and what is being done about them. */
export type LinkState = 'none' | 'handed-out' | RevocationStage;

/** The state of the links of a request; `none` before the first is handed out and once the archive is removed. */
export function linkStateOf({
  linkExpiresAt,
  archiveRemovedAt,
  revocation,
}: {
  readonly linkExpiresAt: Date | null;
  readonly archiveRemovedAt: Date | null;
  readonly revocation: LinkRevocation | null;
}): LinkState {
  if (linkExpiresAt === null || archiveRemovedAt !== null) return 'none';
  return revocation?.stage ?? 'handed-out';
}

/** A revocation that has just been asked for. */
export function beginRevocation(method: RevocationMethod, attempt: string): LinkRevocation {
  return { stage: method === 'replace' ? 'replacing' : 'removing', attempt, replaced: [], trouble: null };
}
