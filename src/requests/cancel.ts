import { requestsOfAnyWording as findByWording, readRequest, requestsOf } from '../database/request-rows.ts';
import { storedJson } from '../database/storable.ts';
import { isWorkspaceDeletion, traitsOf } from '../domain/actions.ts';
import type { Person } from '../domain/people.ts';
import { isNamedIn, samePerson } from '../domain/people.ts';
import type { Refusal } from '../domain/refusals.ts';
import { type RequestRecord, requestId } from '../domain/request.ts';

import { correctedRequest, isUnconfirmed } from './corrected.ts';
import { groupOf } from './group.ts';
import type { RequestServices } from './request-services.ts';
import { reviewerBy, triedReviewers } from './reviewers.ts';
import { peopleIn, readGroups } from './role-members.ts';
import { type Outcome, transition } from './transition.ts';
import { see } from './visible-workspaces.ts';

/** The requests that "cancel" without a request id can refer to. */
export type CancelTarget =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly request: RequestRecord }
  | { readonly kind: 'several'; readonly requests: readonly RequestRecord[] };

/** Finds the person's unfinished requests, to which "cancel" can refer. */
export async function cancelTarget(services: RequestServices, person: Person): Promise<CancelTarget> {
  const requests = await requestsOf(services.database.db, person, 10, 'unfinished');
  const [first, second] = requests;
  if (!first) return { kind: 'none' };
  return second ? { kind: 'several', requests } : { kind: 'one', request: first };
}

/** Cancels or stops all of a person's open requests. Returns what became of each, the newest first. */
export async function cancelAll(services: RequestServices, person: Person): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { number } of await requestsOf(services.database.db, person, mostCancelled, 'unfinished'))
    outcomes.push(await cancelByNumber(services, person, number));
  return outcomes;
}

/** More than anybody may have open. */
const mostCancelled = 200;

/** The person's deletions that can still be stopped, at least in part, newest first. */
export async function stoppableDeletions(services: RequestServices, person: Person): Promise<RequestRecord[]> {
  const requests = await requestsOf(services.database.db, person, 10, 'unfinished');
  return requests.filter(({ action, stopRequested, progress: { phase } }) => {
    const isUnderWay = isWorkspaceDeletion(action) && (phase === 'removing' || phase === 'checking');
    return traitsOf(action).deletes !== 'nothing' && !stopRequested && !isUnderWay;
  });
}

/**
 * Cancels or stops a request by its number: a person's own, or one that cools off and that they may stop. For anybody
 * else it does not exist.
 */
export async function cancelByNumber(services: RequestServices, person: Person, number: number): Promise<Outcome> {
  const request = await readRequest(services.database.db, number);
  if (request !== null && samePerson(request.requester, person))
    return transition(services, number, { type: 'cancelled', by: person, version: null }, { person });
  if (request !== null && (await mayStop(services, request, person)))
    return stopForOther(services, person, number, null, {
      idempotencyKey: `${request.version}:stop:${person.objectId}`,
    });
  return { result: 'refused', refusal: { reason: 'unknown-request', name: `DSR-${number}` }, request: null };
}

/** How long the question may take whether somebody owns the workspace, in milliseconds. */
const longestLookMs = 10_000;

/**
 * Whether somebody other than the requester may stop what cools off: an administrator, a reviewer who could decide about
 * it now, or an owner of its workspace. Who is not known to be one of them, because a service does not say, may not.
 */
export async function mayStop(services: RequestServices, request: RequestRecord, person: Person): Promise<boolean> {
  if (request.state !== 'cooling-off' || request.requester.tenantId !== person.tenantId) return false;
  const administrators = services.settings.administrators ?? [];
  const groups = readGroups(services, administrators, AbortSignal.timeout(longestLookMs)).catch(() => undefined);
  await Promise.all([groups, triedReviewers(services, request)]);
  if (isNamedIn(peopleIn(services, administrators), person)) return true;
  if ((await reviewerBy(services, services.database.db, request, person.objectId)) !== null) return true;
  if (request.workspace === null) return false;
  const signal = AbortSignal.timeout(longestLookMs);
  const seen = await see(services, person, request.workspace.id, signal, 'recent').catch(() => null);
  return seen?.role === 'owner';
}

/** Stops what cools off for somebody who may, and says who did. */
export function stopForOther(
  services: RequestServices,
  person: Person,
  number: number,
  version: number | null,
  options: { readonly idempotencyKey?: string },
): Promise<Outcome> {
  const refusal = storedJson({ reason: 'stopped-by-other', name: person.name } satisfies Refusal);
  const event = { type: 'cancelled', by: person, version, mayStop: true } as const;
  return transition(services, number, event, { ...options, person, change: { refusal } });
}

/** The person's own requests that were made by a message, newest first, in its first or an edited version. */
async function requestsOfAnyWording(
  services: RequestServices,
  person: Person,
  conversationId: string,
  activityId: string,
): Promise<RequestRecord[]> {
  const requests = await findByWording(services.database.db, conversationId, activityId);
  return requests.filter((request) => samePerson(request.requester, person));
}

/**
 * Cancels the requests of a message that was deleted or edited before anything was confirmed. A confirmed request
 * continues: a confirmation outweighs a deleted message. Returns those that continue.
 */
export async function withdrawMessage(
  services: RequestServices,
  person: Person,
  conversationId: string,
  activityId: string,
): Promise<{ readonly withdrawn: readonly RequestRecord[]; readonly kept: readonly RequestRecord[] }> {
  const requests = await requestsOfAnyWording(services, person, conversationId, activityId);
  const withdrawn: RequestRecord[] = [];
  for (const request of requests) {
    if (!isUnconfirmed(request)) continue;
    const outcome = await transition(
      services,
      request.number,
      { type: 'cancelled', by: person, version: null },
      // Frees the message id, so that the edited message can make a new request.
      { person, change: { originActivityId: null }, detail: { because: 'message withdrawn' } },
    );
    if (outcome.result === 'accepted') withdrawn.push(outcome.request);
  }
  const gone = new Set(withdrawn.map(({ number }) => number));
  return { withdrawn, kept: requests.filter(({ number }) => !gone.has(number)) };
}

/**
 * Cancels the request that a correction replaces ("no, I meant the other one"): the person's previous request in the
 * same conversation, unless it was confirmed. Its card then no longer offers an unwanted action.
 */
export async function withdrawCorrected(
  services: RequestServices,
  person: Person,
  correction: RequestRecord,
): Promise<void> {
  const { number: before, action, originConversationId: conversationId } = correction;
  const corrected = await correctedRequest(services, person, { conversationId, action, before });
  if (corrected === null) return;
  const detail = { because: 'corrected' };
  // A message about several workspaces made several.
  for (const { number, state } of (await groupOf(services, person, corrected)) ?? []) {
    if (!isUnconfirmed({ state })) continue;
    const refusal = storedJson({ reason: 'replaced', name: requestId(correction.number) } satisfies Refusal);
    await transition(
      services,
      number,
      { type: 'cancelled', by: person, version: null },
      { person, detail, change: { refusal } },
    );
  }
}
