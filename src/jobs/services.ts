import type { AssetSource } from '../domain/asset-source.ts';
import type { ResolveName } from '../domain/name-resolution.ts';
import type { RequestServices } from '../requests/services.ts';

/** What workers need beside the verbs on requests. */
export interface JobServices extends RequestServices {
  readonly source: AssetSource;
  readonly resolveName: ResolveName;
}
