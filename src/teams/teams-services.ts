import type { Log } from '../domain/logger.ts';
import type { Mailer } from '../domain/mailer.ts';
import type { RecordFiles } from '../domain/record-files.ts';
import type { ArchivePart } from '../domain/request.ts';
import type { Library } from '../knowledge/library.ts';
import type { RequestServices } from '../requests/request-services.ts';

/** A link with the time at which it really expires, by storage's own clock. */
export interface FreshLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/** The dependencies of the Teams side, in addition to those of requests. */
export interface TeamsServices extends RequestServices {
  readonly log: Log;
  /** The only tenant whose people are served; null in local mode, where there is only one. */
  readonly tenantId: string | null;
  /** The reviewed pages that questions are answered from. */
  readonly library: Library;
  /**
   * A new read-only link to one part, valid until `expiresAt`; null when the part is no longer in storage. Only ever
   * put on a card in the requester's personal chat; never stored, logged or sent elsewhere. Throws ServiceFailure.
   */
  readonly linkTo: (part: ArchivePart, downloadName: string, expiresAt: Date) => Promise<FreshLink | null>;
  /** The same for one file in a container that another service has written into. */
  readonly linkToFile: (
    container: string,
    name: string,
    downloadName: string,
    expiresAt: Date,
  ) => Promise<FreshLink | null>;
  /** Files of the record that people asked for; a link to one is only ever put on a card in the own chat of who asked. */
  readonly recordFiles: RecordFiles;
  /** True for a card without links, after links could not be made. */
  readonly linksRefused?: boolean;
  /** The most bytes of one archive part, for previews. */
  readonly partBytes: number;
  /** Whether the client refreshes cards automatically when they are viewed; the Playground only warns about it. */
  readonly refreshesCards: boolean;
  /** Sends codes that prove an address; null where no mail server is configured. */
  readonly mailer: Mailer | null;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
}
