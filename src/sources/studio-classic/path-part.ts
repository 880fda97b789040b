import { ServiceFailure } from '../../domain/service-failure.ts';
import { originalText } from '../../domain/storable-text.ts';

/**
 * An id as one path segment: in the service's own spelling, percent-encoded. Throws ServiceFailure `rejected` for an id
 * that would change the path: an empty one (`DELETE experiments/`), and "." and "..", which every client resolves as a
 * relative path, encoded or not (WHATWG URL, "double-dot path segment").
 */
export function pathPart(id: string): string {
  const own = originalText(id).toWellFormed();
  if (own === '' || own === '.' || own === '..') {
    throw new ServiceFailure(
      'Studio',
      'rejected',
      `Studio returned an id that cannot be part of an address (“${own}”), so I did nothing with it.`,
    );
  }
  return encodeURIComponent(own);
}
