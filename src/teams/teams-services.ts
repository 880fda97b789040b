import type { Log } from '../domain/logger.ts';
import type { ArchivePart } from '../domain/request.ts';
import type { Library } from '../knowledge/library.ts';
import type { RequestServices } from '../requests/request-services.ts';

/** A link with the moment at which it really ends, by storage's own clock. */
export interface FreshLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/** What the Teams side needs beside the verbs on requests. */
export interface TeamsServices extends RequestServices {
  readonly log: Log;
  /** The only tenant whose people are served; null in local mode, where there is one. */
  readonly tenantId: string | null;
  /** The reviewed pages that questions are answered from. */
  readonly library: Library;
  /**
   * A fresh read-only link to one part, good until `expiresAt`; null when the part is not in storage any more. Only ever
   * put on a card in the requester's own chat; never stored, logged or sent elsewhere. Throws ArchiveError.
   */
  readonly linkTo: (part: ArchivePart, downloadName: string, expiresAt: Date) => Promise<FreshLink | null>;
  /** The same to one file in a container that somebody else has written into. */
  readonly linkToFile: (
    container: string,
    name: string,
    downloadName: string,
    expiresAt: Date,
  ) => Promise<FreshLink | null>;
  /** True while a card is made without the links that storage refuses now. */
  readonly linksRefused?: boolean;
  /** The most bytes of one archive part, for previews. */
  readonly partBytes: number;
  /** Whether the client refreshes cards by itself when somebody looks at them; the Playground only warns about it. */
  readonly refreshesCards: boolean;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
}
