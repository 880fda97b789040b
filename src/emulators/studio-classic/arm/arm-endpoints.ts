import { createHash, timingSafeEqual } from 'node:crypto';
import type { Call } from '../../server/call.ts';
import { Refusal } from '../../server/error-replies.ts';
import { jsonReply, type Reply } from '../../server/reply.ts';
import type { Route } from '../routes.ts';
import { derivedId } from '../seed-context.ts';
import { listed, present, type Studio } from '../studio-state.ts';
import type { ArmResource, ArmTables } from './arm-records.ts';

/**
 * The bearer token that stands for a signed-in identity. Not secret: it gives access to the emulator on loopback only.
 */
export const armToken = derivedId('resource manager', 'token');

/** Small, so that clients must follow the `nextLink` of every list. */
const pageLength = 2;

const provider = 'Microsoft.MachineLearning';

/** A route of Resource Manager. Like the real service it requires the token and an API version. */
export function armRoute(
  method: Route['method'],
  below: string,
  answer: (call: Call, studio: Studio) => Reply | Promise<Reply>,
): Route {
  return {
    method,
    path: `subscriptions/:subscription/${below}`,
    answer: (call, studio) => {
      const given = /^Bearer\s+(\S.*)$/iu.exec(call.request.headers.authorization ?? '')?.[1] ?? '';
      if (!equal(given, armToken)) {
        throw new Refusal(401, 'The access token is missing or invalid.', { code: 'AuthenticationFailed' });
      }
      if (call.query('api-version') === undefined) {
        throw new Refusal(400, 'The api-version query parameter (?api-version=) is required.', {
          code: 'MissingApiVersionParameter',
        });
      }
      return answer(call, studio);
    },
  };
}

/** The paths of a resource type: the list of the subscription, the list of a resource group, and one resource. */
export function pathsOf(type: string): { readonly everywhere: string; readonly inGroup: string; readonly one: string } {
  const inGroup = `resourceGroups/:group/providers/${provider}/${type}`;
  return { everywhere: `providers/${provider}/${type}`, inGroup, one: `${inGroup}/:name` };
}

export type ArmResourceTable = Exclude<keyof ArmTables, 'arm-operation'>;

/** All resources of a type in the subscription, or in the resource group that the path names. */
export function armList<Name extends ArmResourceTable>(call: Call, studio: Studio, name: Name): ArmTables[Name][] {
  const group = call.parameters.group?.toLowerCase();
  return [...listed(studio, call.parameter('subscription'), name)].filter(
    (item: ArmResource) => group === undefined || item.resourceGroup.toLowerCase() === group,
  );
}

/** The resource that the path names, including one that is deleted but still listed. */
export function armResource<Name extends ArmResourceTable>(call: Call, studio: Studio, name: Name): ArmTables[Name] {
  const found = armList(call, studio, name).find(({ id }) => id === keyOf(call));
  if (found) return found;
  throw new Refusal(404, `The Resource '${call.parameter('name')}' was not found.`, { code: 'ResourceNotFound' });
}

/** The resource that the path names, unless it is deleted. */
export function armPresent<Name extends ArmResourceTable>(
  call: Call,
  studio: Studio,
  name: Name,
): ArmTables[Name] | undefined {
  return present(studio, call.parameter('subscription'), name, keyOf(call));
}

function keyOf(call: Call): string {
  return `${call.parameter('group')}/${call.parameter('name')}`.toLowerCase();
}

/** One page of a list, with the `nextLink` of the following page. */
export function pageReply<Item>(call: Call, items: readonly Item[], wire: (item: Item) => unknown): Reply {
  const start = Number(call.query('$skiptoken') ?? 0);
  const end = start + pageLength;
  const value = items.slice(start, end).map(wire);
  if (end >= items.length) return jsonReply({ value });
  const version = encodeURIComponent(call.query('api-version') ?? '');
  const path = call.segments.map(encodeURIComponent).join('/');
  return jsonReply({ value, nextLink: `${baseOf(call)}/${path}?api-version=${version}&%24skiptoken=${end}` });
}

/** The base address by which the client reaches the emulator. */
export function baseOf(call: Call): string {
  return `http://${call.request.headers.host ?? '127.0.0.1'}`;
}

/** The Azure resource id. */
export function resourceId(subscription: string, type: string, { resourceGroup, name }: ArmResource): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/${provider}/${type}/${name}`;
}

/** The fields that all resources have in common. */
export function wireHead(subscription: string, type: string, resource: ArmResource): Record<string, unknown> {
  return {
    id: resourceId(subscription, type, resource),
    name: resource.name,
    type: `${provider}/${type}`,
    location: resource.location,
    tags: resource.tags,
  };
}

function equal(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
