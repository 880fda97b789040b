import type { WorkspaceResourceKind } from '../domain/capabilities.ts';
import { normalise } from './normalise.ts';

/** A request about a resource of a workspace that is no asset. */
export interface WorkspaceResourceWish {
  readonly what: WorkspaceResourceKind;
  readonly verb: 'list' | 'export' | 'delete';
}

/** Longest message that is read, in UTF-16 units; longer ones are about something else. */
const longest = 160;

const nouns: readonly (readonly [WorkspaceResourceKind, RegExp])[] = [
  ['plan', /\b(?:commitment|billing) plans?\b/iu],
  ['gateway', /\bgateways?\b/iu],
  ['endpoint', /\bendpoints?\b/iu],
  [
    'member',
    /\b(?:members?|memberships?|invitations?|invites?|workspace users?|users? (?:of|in|from) (?:my|our|the|this) workspace)\b|\bremove\b.{1,60}\bfrom (?:my|our|the|this) workspace\b/iu,
  ],
  [
    'member',
    /\b(?:who|people|persons|users|colleagues)(?: all| else)? (?:who |that )?(?:has|have|can|with|having) access\b/iu,
  ],
  ['settings', /\bsettings\b/iu],
];

const verbs: readonly (readonly [WorkspaceResourceWish['verb'], RegExp])[] = [
  ['delete', /\b(?:delete|remove|erase|drop|purge|wipe|withdraw|get rid of|throw out|kick out)\b/iu],
  ['export', /\b(?:export|download|back ?up|save)\b/iu],
  ['list', /\b(?:list|show|display|which|who|what|see)\b/iu],
];

const negation = /\b(?:not|never|no|don't|dont|stop|without|except|keep)\b/iu;

/**
 * Reads a sentence that is no command about assets as a request about members, data gateways, endpoints, commitment
 * plans or settings; null when it is none. The bot deletes none of these individually: a request to delete one gets an
 * answer that says how to do it, so a misreading does no harm.
 */
export function readWorkspaceResourceWish(message: string): WorkspaceResourceWish | null {
  const { plain } = normalise(message);
  if (plain.length > longest || negation.test(plain)) return null;
  const what = nouns.find(([, noun]) => noun.test(plain))?.[0];
  const verb = verbs.find(([, words]) => words.test(plain))?.[0];
  return what === undefined || verb === undefined ? null : { what, verb };
}
