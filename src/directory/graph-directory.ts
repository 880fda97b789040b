import { z } from 'zod';
import { unreadable } from '../azure/http/http-failures.ts';
import { pauseOf } from '../azure/http/throttling.ts';
import { directorySubject } from '../domain/clearance.ts';
import type { Clock } from '../domain/clock.ts';
import type { Directory, DirectoryPerson, OperationStatus } from '../domain/directory.ts';
import type { SharedLimits } from '../domain/host-limits.ts';
import { plainAddress } from '../domain/people.ts';
import { isDirectoryFailure } from '../domain/service-failure.ts';
import { type GraphCall, GraphHttp } from './graph-http.ts';
import type { GraphSettings } from './graph-settings.ts';

/**
 * Template id of the role "Global Administrator" (formerly "Company Administrator"), the same in every tenant
 * (learn.microsoft.com, "Microsoft Entra built-in roles").
 */
const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';

/** Maximum number of people that a search returns. */
const maxResults = 10;

const personFields = 'id,displayName,mail,userPrincipalName,identities';

const User = z.object({
  id: z.string().min(1),
  displayName: z.string().nullish(),
  mail: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  identities: z.array(z.object({ issuer: z.string().nullish() })).nullish(),
});

const Users = z.object({ value: z.array(User) });

const Roles = z.object({
  value: z.array(z.object({ roleTemplateId: z.string().nullish() })),
  '@odata.nextLink': z.string().optional(),
});

const statuses: readonly OperationStatus[] = ['notStarted', 'running', 'complete', 'failed'];

const Operation = z.object({
  id: z.string(),
  status: z.string().transform((value): OperationStatus => statuses.find((each) => each === value) ?? 'unknown'),
  progress: z.number().nullish(),
});

/** The tenant's directory behind Microsoft Graph v1.0. Throws ServiceFailure when the address is not safe. */
export function createGraphDirectory(settings: GraphSettings, clock: Clock, limits?: SharedLimits): Directory {
  const graph = new GraphHttp(settings, clock, limits);
  return {
    isAdministrator: (objectId, signal) => isAdministrator(graph, objectId, signal),
    person: (objectId, signal) => findPerson(graph, objectId, { doing: 'looking up a person', signal }),
    find: (searchText, signal) => find(graph, searchText, signal),
    startExport: async (personId, storageLocation, clearance, signal) => {
      clearance.assertSubject(directorySubject(personId));
      const doing = 'asking for the export';
      const path = `/users/${encodeURIComponent(personId)}/exportPersonalData`;
      const response = await graph.post(path, { storageLocation }, { doing, signal, clearance });
      const operationId = operationIn(response.headers.get('Location') ?? '');
      // Accepted, but without a readable operation id.
      if (operationId === null) throw unreadable({ doing, service: 'Microsoft Graph' }, 'no operation');
      return { operationId, retryAfterMs: pauseOf(response, clock.now()) };
    },
    operation: async (operationId, signal) => {
      const path = `/dataPolicyOperations/${encodeURIComponent(operationId)}`;
      const { body, retryAfterMs } = await graph.get(path, Operation, { doing: 'following the export', signal });
      const progress = Math.min(100, Math.max(0, body.progress ?? 0));
      return { status: body.status, progress, retryAfterMs };
    },
  };
}

/**
 * Whether a person has the role now, directly or through a group (GET users/{id}/transitiveMemberOf, cast to
 * directoryRole). False for a person who is not in the directory.
 */
async function isAdministrator(graph: GraphHttp, objectId: string, signal: AbortSignal): Promise<boolean> {
  const call: GraphCall = { doing: 'checking the roles of a person', signal };
  const cast = 'transitiveMemberOf/microsoft.graph.directoryRole';
  let next: string | undefined = `/users/${encodeURIComponent(objectId)}/${cast}?$select=id,roleTemplateId&$count=true`;
  try {
    while (next !== undefined) {
      const { body }: { body: z.output<typeof Roles> } = await graph.get(next, Roles, call);
      if (body.value.some(({ roleTemplateId }) => roleTemplateId?.toLowerCase() === globalAdministrator)) return true;
      next = body['@odata.nextLink'];
    }
    return false;
  } catch (error) {
    if (isDirectoryFailure(error) && error.reason === 'not-found') return false;
    throw error;
  }
}

async function findPerson(graph: GraphHttp, key: string, call: GraphCall): Promise<DirectoryPerson | null> {
  try {
    const { body } = await graph.get(`/users/${encodeURIComponent(key)}?$select=${personFields}`, User, call);
    return toPerson(body);
  } catch (error) {
    if (isDirectoryFailure(error) && error.reason === 'not-found') return null;
    throw error;
  }
}

async function find(graph: GraphHttp, searchText: string, signal: AbortSignal): Promise<readonly DirectoryPerson[]> {
  const call: GraphCall = { doing: 'looking up a person', signal };
  const text = searchText.trim();
  if (text.includes('@')) {
    const byPrincipal = await findPerson(graph, text, call);
    if (byPrincipal !== null) return [byPrincipal];
    return search(graph, `mail eq ${literal(text)} or proxyAddresses/any(a:a eq ${literal(`smtp:${text}`)})`, call);
  }
  const begins = ['displayName', 'givenName', 'surname'].map((field) => `startswith(${field},${literal(text)})`);
  return search(graph, begins.join(' or '), call);
}

async function search(graph: GraphHttp, filter: string, call: GraphCall): Promise<readonly DirectoryPerson[]> {
  const query = `$filter=${encodeURIComponent(filter)}&$select=${personFields}&$top=${maxResults}&$count=true`;
  const { body } = await graph.get(`/users?${query}`, Users, call);
  return body.value.slice(0, maxResults).map(toPerson);
}

/** Quotes a text for an OData filter: single quotes are doubled. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function toPerson(user: z.output<typeof User>): DirectoryPerson {
  const address = user.mail ?? user.userPrincipalName ?? '';
  return {
    id: user.id,
    name: user.displayName ?? address,
    address,
    userPrincipalName: plainAddress(user.userPrincipalName),
    mail: plainAddress(user.mail),
    // Entra ID marks a guest who signs in with a personal account by this issuer (Graph's objectIdentity, `issuer`).
    isPersonalAccount: (user.identities ?? []).some(({ issuer }) => issuer === 'MicrosoftAccount'),
  };
}

/** The operation's id in the Location header of Graph: `…/dataPolicyOperations/{id}` or `…('{id}')`. */
function operationIn(location: string): string | null {
  return /\/dataPolicyOperations(?:\/|\(')([\w-]+)/iu.exec(location)?.[1] ?? null;
}
