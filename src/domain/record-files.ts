import type { Anchor } from './audit-verification.ts';

/** Storage for files of the record that people asked for, and what was stored of the chain. Throws ServiceFailure. */
export interface RecordFiles {
  /** Stores a file and returns a link to it for reading only, with the time at which it really expires. */
  store(
    file: RecordFile,
    chunks: AsyncIterable<string>,
    signal: AbortSignal,
  ): Promise<{ readonly url: string; readonly expiresAt: Date }>;
  /** Some stored anchors of entries from `first` on: those up to `last`, and the next one after it. */
  anchors(first: number, last: number, signal: AbortSignal): Promise<readonly Anchor[]>;
}

/** A file of the record. */
export interface RecordFile {
  readonly format: 'csv' | 'json';
  /** The name under which a browser saves it. */
  readonly downloadName: string;
  /** When its link is to expire. */
  readonly expiresAt: Date;
}
