import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { present, type Studio } from './studio-state.ts';

/**
 * The tokens of a request: Studio's own header, and a bearer token as on the management host. Both APIs accept both,
 * because the PowerShell module sends both on every call.
 */
function tokensOf(request: IncomingMessage): string[] {
  const own = request.headers['x-ms-metaanalytics-authorizationtoken'];
  const bearer = /^Bearer\s+(\S.*)$/iu.exec(request.headers.authorization ?? '')?.[1];
  return [own, bearer].filter((token) => typeof token === 'string').map((token) => token.trim());
}

/** True when the request carries the workspace's primary or secondary token, or one of `otherKeys`. */
export function isAuthorized(
  request: IncomingMessage,
  studio: Studio,
  workspaceId: string,
  otherKeys: readonly string[],
): boolean {
  const workspace = present(studio, workspaceId, 'workspace', workspaceId);
  if (!workspace) return false;
  const good = [workspace.tokens.primary, workspace.tokens.secondary, ...otherKeys].filter((key) => key !== '');
  return tokensOf(request).some((token) => good.some((key) => equal(token, key)));
}

/** Ids of the workspaces to which a request's token gives access: one, unless two seeds share a token. */
export function authorizedWorkspaces(request: IncomingMessage, studio: Studio): string[] {
  return studio.store.workspaceIds().filter((id) => isAuthorized(request, studio, id, []));
}

function equal(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
