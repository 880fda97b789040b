import type { Call } from '../server/call.ts';
import type { Reply } from '../server/reply.ts';
import type { Studio } from './studio-state.ts';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below `api/` or the management host; a part that begins with a colon matches any one segment. */
  readonly path: string;
  readonly answer: (call: Call, studio: Studio) => Reply | Promise<Reply>;
  /** Further keys that authorise this route, beside the workspace's tokens. */
  readonly keys?: (studio: Studio, parameters: Readonly<Record<string, string>>) => readonly string[];
}

/** The first route that matches, with the values of its `:name` segments. Other segments are case-insensitive. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  segments: readonly string[],
): { readonly route: Route; readonly parameters: Readonly<Record<string, string>> } | 'no-path' | 'no-method' {
  let pathKnown = false;
  for (const route of routes) {
    const parameters = matchPath(route.path, segments);
    if (parameters === null) continue;
    if (route.method === method) return { route, parameters };
    pathKnown = true;
  }
  return pathKnown ? 'no-method' : 'no-path';
}

function matchPath(path: string, segments: readonly string[]): Record<string, string> | null {
  const parts = path.split('/');
  if (parts.length !== segments.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':')) parameters[part.slice(1)] = segment;
    else if (part.toLowerCase() !== segment.toLowerCase()) return null;
  }
  return parameters;
}
