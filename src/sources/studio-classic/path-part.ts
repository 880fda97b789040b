import { SourceError } from '../../domain/asset-source.ts';
import { originalText } from '../../domain/storable-text.ts';

/**
 * An id as one part of an address: the service's own spelling of it, percent-encoded. Throws SourceError `rejected` for
 * an id that would name something else than one thing: an empty one (`DELETE experiments/`), "." and "..", which every
 * client resolves as a step through the path, whether encoded or not (WHATWG URL, "double-dot path segment").
 */
export function pathPart(id: string): string {
  const own = originalText(id).toWellFormed();
  if (own === '' || own === '.' || own === '..') {
    throw new SourceError(
      'rejected',
      `Studio gave something an id that no address can hold (“${own}”), so I left it alone.`,
    );
  }
  return encodeURIComponent(own);
}
