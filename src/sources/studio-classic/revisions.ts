import { createHash } from 'node:crypto';

/**
 * A revision (see `Asset.revision`) of the facts that an edit in place changes. What goes in must be told alike by the
 * list and by the call that gives one thing, and must hold neither what changes by itself, such as the signature of a
 * link, nor a secret.
 */
export function revisionOf(...facts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 22);
}
