import type { DropOffContainers } from '../archive/drop-off-container.ts';
import type { ArchiveStorage } from '../archive/storage.ts';
import type { Log } from '../domain/logger.ts';
import type { RequestServices } from '../requests/request-services.ts';

/** What workflows and workers need beyond the services of `requests`. */
export interface WorkflowServices extends RequestServices {
  readonly storage: ArchiveStorage;
  /** Containers that Graph writes into. */
  readonly dropOff: DropOffContainers;
  /** The most bytes of one archive part. */
  readonly partBytes: number;
  readonly log: Log;
}
