import { concernsWholeService } from '../domain/asset-source.ts';
import { type FailureReason, isSourceFailure } from '../domain/service-failure.ts';

/** Why a file is missing from the archive, or incomplete there. */
export type FileProblemReason =
  | FailureReason
  /** The bytes differ from those read before, or are more than the list said. */
  | 'changed'
  /** Fewer bytes arrived than the list said, on every attempt. */
  | 'cut-short';

/** A file that cannot be exported completely. `message` is a sentence for a person and goes into the manifest. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
  readonly reason: FileProblemReason;
  /** True when the stream ended normally, but not after as many bytes as the list said. */
  readonly ended: boolean;

  constructor(reason: FileProblemReason, message: string, ended = false) {
    super(message);
    this.reason = reason;
    this.ended = ended;
  }
}

/** True when a retry cannot help, since the service has no means to give the file. */
export function isPermanent({ reason }: FileProblem): boolean {
  return reason === 'unsupported';
}

/**
 * Turns an error of a source or its stream into a FileProblem. An outage of the whole service is thrown instead, so
 * that the export is retried later rather than finished without its files.
 */
export function fileProblem(thrown: unknown): FileProblem {
  if (thrown instanceof FileProblem) return thrown;
  if (isSourceFailure(thrown) && concernsWholeService(thrown)) throw thrown;
  if (isSourceFailure(thrown)) return new FileProblem(thrown.reason, thrown.message);
  // A stream's own error may name addresses, so none of its text is kept.
  return new FileProblem('unreachable', 'The connection broke off while the file was read.');
}
