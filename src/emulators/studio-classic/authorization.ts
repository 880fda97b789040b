import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { present, type Studio } from './studio-state.ts';

/**
 * The token of a request: Studio's own header, or a bearer token as on the management host.
 * Both surfaces take both, because the PowerShell module sends both on every call.
 */
function tokensOf(request: IncomingMessage): string[] {
  const own = request.headers['x-ms-metaanalytics-authorizationtoken'];
  const bearer = /^Bearer\s+(\S.*)$/iu.exec(request.headers.authorization ?? '')?.[1];
  return [own, bearer].filter((token) => typeof token === 'string').map((token) => token.trim());
}

/** True when the request carries the workspace's primary or secondary token, or one of the other keys. */
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

/** The workspaces that a request's token opens; one, unless two seeds share a token. */
export function openedWorkspaces(request: IncomingMessage, studio: Studio): string[] {
  return studio.store.workspaceIds().filter((id) => isAuthorized(request, studio, id, []));
}

function equal(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
