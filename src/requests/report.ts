import { readParts } from '../database/archive-parts.ts';
import { type Audience, undeliverableAudiences } from '../database/cards.ts';
import { countResults, countUnsettled, readAssets, readExceptions } from '../database/request-assets.ts';
import { readRequest, requestsAwaitingApproval, requestsOf } from '../database/requests.ts';
import { type Person, sameEmail, samePerson } from '../domain/people.ts';
import type { ArchivePart, AssetResult, RequestAsset, RequestRecord } from '../domain/request.ts';
import { type WorkspaceProblem, workspaceProblemsIn } from '../domain/workspace-problems.ts';
import type { RequestServices } from './services.ts';

/** A request with as much around it as a card shows. */
export interface RequestReport {
  readonly request: RequestRecord;
  /** The first assets of the snapshot; `request.progress.assetsTotal` says how many there are. */
  readonly assets: readonly RequestAsset[];
  readonly parts: readonly ArchivePart[];
  /** What the archive lacks of the workspace's own files. */
  readonly workspaceProblems: readonly WorkspaceProblem[];
  readonly exportExceptions: readonly RequestAsset[];
  readonly deleteExceptions: readonly RequestAsset[];
  readonly exportCounts: ReadonlyMap<AssetResult['result'] | null, number>;
  readonly deleteCounts: ReadonlyMap<AssetResult['result'] | null, number>;
  /** Assets that Studio was asked to delete without an answer: they may be gone or not. */
  readonly unsettled: number;
  /** Audiences that could not be reached. */
  readonly unreached: readonly Audience[];
}

/** How many assets and exceptions a card may list. */
const mostListed = 100;

/** Everything about one request that a card may show; null when there is no such request. */
export async function reportRequest(services: RequestServices, number: number): Promise<RequestReport | null> {
  const { db } = services.database;
  const request = await readRequest(db, number);
  if (!request) return null;
  const parts = await readParts(db, number);
  return {
    request,
    assets: await readAssets(db, number, mostListed),
    parts: parts.map(({ contents: _contents, completes: _completes, ...part }) => part),
    workspaceProblems: parts.flatMap(({ contents }) => workspaceProblemsIn(contents)),
    exportExceptions: await readExceptions(db, number, 'exported', mostListed),
    deleteExceptions: await readExceptions(db, number, 'deleted', mostListed),
    exportCounts: await countResults(db, number, 'exported'),
    deleteCounts: await countResults(db, number, 'deleted'),
    unsettled: await countUnsettled(db, number),
    unreached: await undeliverableAudiences(db, number),
  };
}

/** The person's own request with this number, or one that waits for their approval; null otherwise. */
export async function requestFor(
  services: RequestServices,
  person: Person,
  number: number,
): Promise<RequestRecord | null> {
  const request = await readRequest(services.database.db, number);
  if (!request || request.requester.tenantId !== person.tenantId) return null;
  if (samePerson(request.requester, person)) return request;
  return request.needsApproval && isApprover(services, person) ? request : null;
}

/** The person's newest requests, newest first. */
export function myRequests(services: RequestServices, person: Person, limit: number): Promise<RequestRecord[]> {
  return requestsOf(services.database.db, person, limit);
}

/** What waits for this approver; empty for everybody else. */
export async function approvalsFor(services: RequestServices, person: Person, limit: number): Promise<RequestRecord[]> {
  if (!isApprover(services, person)) return [];
  const waiting = await requestsAwaitingApproval(services.database.db, person.tenantId, limit);
  return waiting.filter((request) => !samePerson(request.requester, person));
}

/** True for the people named as approvers in the configuration. */
export function isApprover(services: RequestServices, person: Person): boolean {
  return services.settings.approvers.some((email) => sameEmail(email, person.email));
}

/** A request by its number, whoever it belongs to; for workers, never for a person's question. */
export function findRequest(services: RequestServices, number: number): Promise<RequestRecord | null> {
  return readRequest(services.database.db, number);
}
