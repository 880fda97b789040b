import { createHash } from 'node:crypto';

/**
 * A revision (see `Asset.revision`): a hash of the facts that an edit in place changes. The list and the call for a
 * single item must return the same facts. They must not include secrets, nor anything that changes by itself, such as
 * the signature of a link.
 */
export function revisionOf(...facts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 22);
}
