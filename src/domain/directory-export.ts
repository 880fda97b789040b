import type { DirectoryPerson, OperationStatus } from './directory.ts';

/** Where an export of directory data stands, beside the request that asked for it. No address in it opens anything. */
export interface DirectoryExport {
  readonly person: Pick<DirectoryPerson, 'id' | 'name' | 'address'>;
  /** The container that is this operation's alone. */
  readonly container: string;
  /** Noted before Graph is asked; null until then. */
  readonly askedAt: Date | null;
  /** When Graph's right to write into the container ends. */
  readonly accessEndsAt: Date | null;
  /** True once Graph turned an attempt away for having too many, which is not proof that it did nothing. */
  readonly turnedAway: boolean;
  /** Null until Graph has accepted. Asked but without an operation means that nobody knows. */
  readonly operationId: string | null;
  readonly status: OperationStatus | null;
  /** From 0 to 100, as Graph tells it. */
  readonly progress: number;
  /** What Graph had written when it was looked up last. */
  readonly files: number;
  readonly bytes: number;
}

/** A file that Graph wrote. */
export interface DirectoryFile {
  readonly name: string;
  readonly sizeBytes: number;
}

/** True when Graph may have been asked, and nobody knows whether it was. */
export function isInDoubt({ askedAt, operationId }: DirectoryExport): boolean {
  return askedAt !== null && operationId === null;
}
