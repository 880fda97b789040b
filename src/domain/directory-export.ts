import type { DirectoryPerson, OperationStatus } from './directory.ts';
import type { RequestRecord } from './request.ts';

/** The state of an export of directory data, stored beside its request. No address in it grants access to anything. */
export interface DirectoryExport {
  readonly person: Pick<DirectoryPerson, 'id' | 'name' | 'address'>;
  /** The storage container for this operation only. */
  readonly container: string;
  /** Written before the call to Graph, so that a crash during the call can be detected; null until then. */
  readonly askedAt: Date | null;
  /** When Graph's write access to the container expires. */
  readonly accessEndsAt: Date | null;
  /** True once Graph rate limited an attempt, which is no proof that the attempt had no effect. */
  readonly wasRateLimited: boolean;
  /**
   * Null until Graph has accepted. When `askedAt` is set and this is null, it is unknown whether the export was
   * started.
   */
  readonly operationId: string | null;
  readonly status: OperationStatus | null;
  /** Percent, as Graph reports it. */
  readonly progress: number;
  /** The number of files that Graph had written at the last poll. */
  readonly files: number;
  readonly bytes: number;
}

/** A file that Graph wrote. */
export interface DirectoryFile {
  readonly name: string;
  readonly sizeBytes: number;
}

/** True when the call to Graph may have been sent and its outcome is unknown. */
export function isStartUnknown({ askedAt, operationId }: DirectoryExport): boolean {
  return askedAt !== null && operationId === null;
}

/** True when it is unknown whether Graph was called, while the container still exists and can be searched. */
export function canSearchForFiles({ state, refusal, archiveRemovedAt }: RequestRecord): boolean {
  return state === 'partly-failed' && refusal?.reason === 'directory-export-in-doubt' && archiveRemovedAt === null;
}
