import type { Log } from '../domain/log.ts';
import type { RequestServices } from '../requests/services.ts';

/** What workers need beside the verbs on requests. */
export interface JobServices extends RequestServices {
  readonly log: Log;
}
