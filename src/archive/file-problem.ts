import { concernsWholeService, SourceError, type SourceErrorReason } from '../domain/asset-source.ts';

/** Why a file is not, or not wholly, in the archive. */
export type FileProblemReason =
  | SourceErrorReason
  /** Other bytes came than before, or more than the list had said. */
  | 'changed'
  /** Fewer bytes came than the list had said, each time. */
  | 'cut-short';

/** A file that cannot be exported as promised. `message` is a sentence for a person and goes into the manifest. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
  readonly reason: FileProblemReason;
  /** True when the bytes did come to their end, only not to as many as the list had said. */
  readonly ended: boolean;

  constructor(reason: FileProblemReason, message: string, ended = false) {
    super(message);
    this.reason = reason;
    this.ended = ended;
  }
}

/** True when trying again cannot help, since the service has no way to give the file. */
export function isPermanent({ reason }: FileProblem): boolean {
  return reason === 'unsupported';
}

/**
 * Puts whatever a source or its stream threw in those words. A service that is away as a whole is no file's problem:
 * that is thrown on, so that the export is taken up again later instead of ending without its files.
 */
export function fileProblem(thrown: unknown): FileProblem {
  if (thrown instanceof FileProblem) return thrown;
  if (thrown instanceof SourceError && concernsWholeService(thrown)) throw thrown;
  if (thrown instanceof SourceError) return new FileProblem(thrown.reason, thrown.message);
  // A stream's own error may name addresses, so none of its text is kept.
  return new FileProblem('unreachable', 'The connection broke off while the file was read.');
}
