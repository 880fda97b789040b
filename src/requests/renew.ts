import { readParts } from '../database/archive-parts.ts';
import { readDirectoryExport } from '../database/directory-exports.ts';
import { appendAudit } from '../database/history.ts';
import { enqueueCard } from '../database/outbox-rows.ts';
import { lockRequest, requestsOf, updateRequest } from '../database/request-rows.ts';
import { concernsPerson, isWorkspaceDeletion } from '../domain/actions.ts';
import { linksUntil } from '../domain/archive-retention.ts';
import { type Person, samePerson } from '../domain/people.ts';
import type { Refusal } from '../domain/refusals.ts';
import { type RequestRecord, requestId } from '../domain/request.ts';
import { isSourceFailure } from '../domain/service-failure.ts';
import { findRequest } from './report.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { requesterNow } from './requester-now.ts';
import { enqueueCards, type Outcome } from './transition.ts';
import { see } from './visible-workspaces.ts';

/**
 * Why a person may not renew the links of an export: they are no longer a member of the workspace. Null when they may,
 * and when they have no such request, which `renewLink` reports. Throws ServiceFailure when the membership cannot be read.
 */
export async function renewalRefusal(
  services: RequestServices,
  person: Person,
  number: number | null,
  signal: AbortSignal,
): Promise<Refusal | null> {
  const record = number === null ? await newestWithArchive(services, person) : await findRequest(services, number);
  if (!record || !samePerson(record.requester, person)) return null;
  return membershipRefusal(services, record, signal);
}

/** Null when the requester is still a member, or when the workspace is deleted, which only its owners can do. */
export async function membershipRefusal(
  services: Pick<RequestServices, 'source' | 'clock' | 'database' | 'settings'>,
  { action, requester, workspace }: Pick<RequestRecord, 'action' | 'requester' | 'workspace'>,
  signal: AbortSignal,
): Promise<Refusal | null> {
  if (workspace === null || isWorkspaceDeletion(action)) return null;
  const gone: Refusal = {
    reason: 'no-longer-allowed',
    name: workspace.name,
    detail: 'You are no longer a member, or the workspace is no longer registered with me.',
  };
  if (!services.source.workspaceIds().includes(workspace.id)) return gone;
  try {
    const person = await requesterNow(services, requester);
    return (await see(services, person, workspace.id, signal, 'now')) === null ? gone : null;
  } catch (error) {
    if (isSourceFailure(error) && error.reason === 'not-found') return null;
    throw error;
  }
}

/**
 * Renews the links of a finished request, as long as its archive is in storage. Without a number it uses the person's
 * newest request with an archive. Only the requester can do it; the links go to their own chat.
 */
export async function renewLink(services: RequestServices, person: Person, number: number | null): Promise<Outcome> {
  const wanted = number ?? (await newestWithArchive(services, person))?.number ?? null;
  const unknown: Outcome = {
    result: 'refused',
    refusal: { reason: 'unknown-request', name: wanted === null ? '' : requestId(wanted) },
    request: null,
  };
  if (wanted === null) return unknown;
  return inTransaction(services, async (trx) => {
    const held = await lockRequest(trx, wanted);
    if (!held || !samePerson(held.record.requester, person)) return unknown;
    const { record } = held;
    if (
      record.linkExpiresAt === null ||
      record.archiveRemovedAt !== null ||
      ((await readParts(trx, wanted)).length === 0 && ((await readDirectoryExport(trx, wanted))?.files ?? 0) === 0)
    ) {
      return { result: 'refused', refusal: { reason: 'archive-gone', name: requestId(wanted) }, request: record };
    }
    if (record.revocation !== null) {
      return {
        result: 'refused',
        refusal: { reason: 'links-being-revoked', name: requestId(wanted) },
        request: record,
      };
    }
    const at = services.clock.now();
    const until = linksUntil(at, services.settings.linkLifetimeMs, record.removeAfter);
    if (until.getTime() <= at) {
      return { result: 'refused', refusal: { reason: 'archive-gone', name: requestId(wanted) }, request: record };
    }
    await updateRequest(trx, wanted, { linkExpiresAt: until, updatedAt: new Date(at) });
    await appendAudit(trx, {
      at: new Date(at),
      tenantId: person.tenantId,
      actor: person.objectId,
      policyVersion: services.settings.policy.version,
      action: 'link.renewed',
      requestNumber: wanted,
      workspaceId: record.workspace?.id ?? null,
      detail: { until: until.toISOString() },
    });
    await enqueueCard(trx, wanted, 'requester', null);
    await enqueueCards(services, trx, wanted);
    return { result: 'accepted', request: { ...record, linkExpiresAt: until } };
  });
}

/**
 * The person's newest request whose archive of a workspace's data can still be opened with a new link; null when there
 * is none.
 */
export async function newestOpenable(services: RequestServices, person: Person): Promise<RequestRecord | null> {
  const { db } = services.database;
  const now = services.clock.now();
  for (const request of await requestsOf(db, person, 50)) {
    const { action, linkExpiresAt, archiveRemovedAt, removeAfter } = request;
    const isKept = linkExpiresAt !== null && archiveRemovedAt === null && (removeAfter?.getTime() ?? Infinity) > now;
    if (isKept && !concernsPerson(action) && (await readParts(db, request.number)).length > 0) return request;
  }
  return null;
}

/** The person's requests with an archive that a new link can open, newest first. */
export async function requestsWithArchive(
  services: RequestServices,
  person: Person,
): Promise<readonly RequestRecord[]> {
  const requests = await requestsOf(services.database.db, person, 50);
  return requests.filter(({ linkExpiresAt, archiveRemovedAt }) => linkExpiresAt !== null && archiveRemovedAt === null);
}

async function newestWithArchive(services: RequestServices, person: Person): Promise<RequestRecord | undefined> {
  const [newest] = await requestsWithArchive(services, person);
  return newest;
}
