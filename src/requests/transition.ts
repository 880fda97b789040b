import type { Connection } from '../database/connection.ts';
import { appendAudit, appendHistory, wasApplied } from '../database/history.ts';
import { withLinked } from '../database/linked-identities.ts';
import { type Audience, lockCardsOf, markCardsOutdated } from '../database/outbox-rows.ts';
import {
  type LockedRequest,
  lockRequest,
  type RequestChange,
  readRequest,
  updateRequest,
} from '../database/request-rows.ts';
import { readVotes } from '../database/vote-rows.ts';
import { escalationDelayMs } from '../domain/escalations.ts';
import { decide, type Effect, type Lifecycle } from '../domain/lifecycle.ts';
import { linkStateOf } from '../domain/link-revocation.ts';
import type { Person } from '../domain/people.ts';
import type { Refusal } from '../domain/refusals.ts';
import { finalStates, type RequestRecord } from '../domain/request.ts';
import type { RequestEvent } from '../domain/request-events.ts';
import { fewestApprovals } from '../domain/reviews.ts';
import { approvalsIn, type CountedVote, rejectionsIn } from '../domain/votes.ts';
import { enqueueRemoval } from './archive-keeping.ts';
import { enqueueWork } from './enqueue-work.ts';
import { holdAgainst } from './held-deletions.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { knowsOwners, knowsReviewerGroups, reviewerBy, reviewsOfRequest, validVotes } from './reviewers.ts';
import { endScheduleWithRun } from './schedule-changes.ts';
import { askReviewers, tellReviewers } from './tell-reviewers.ts';

/**
 * The result of an event. `repeated` means that the same press was accepted before, so nothing was done (idempotency
 * key).
 */
export type Outcome =
  | { readonly result: 'accepted' | 'repeated'; readonly request: RequestRecord }
  | { readonly result: 'refused'; readonly refusal: Refusal; readonly request: RequestRecord | null };

/**
 * The fencing token is no longer valid: a later run has taken the lease, or the request has ended. The worker must stop
 * without writing anything.
 */
export class RunSupersededError extends Error {
  override readonly name = 'RunSupersededError';
}

/** What a caller may add to an event. */
export interface TransitionOptions {
  /** The acting person; undefined for the system. */
  readonly person?: Person;
  readonly idempotencyKey?: string;
  /** Columns that change with the state, in the same transaction. */
  readonly change?: RequestChange;
  /** The fencing token of the worker's run; throws RunSupersededError when it is not the current one. */
  readonly runToken?: string;
  /**
   * Further work in the same transaction, only when the event is accepted; `before` is the request before the event.
   */
  readonly also?: (trx: Connection, request: RequestRecord, before: LockedRequest) => Promise<void>;
  /** Details for the audit row; no secrets. */
  readonly detail?: object;
}

/**
 * Applies one event to one request: state, history, audit row, cards in the outbox and jobs change in one transaction.
 * Every change of a state goes through here.
 */
export function transition(
  services: RequestServices,
  number: number,
  event: RequestEvent,
  options: TransitionOptions = {},
): Promise<Outcome> {
  return inTransaction(services, (trx) => transitionIn(services, trx, number, event, options));
}

/** The same within a transaction. */
export async function transitionIn(
  services: RequestServices,
  trx: Connection,
  number: number,
  event: RequestEvent,
  options: TransitionOptions,
): Promise<Outcome> {
  const held = await lockRequest(trx, number);
  if (!held) return { result: 'refused', refusal: { reason: 'unknown-request' }, request: null };
  const { record } = held;
  if (options.runToken !== undefined && options.runToken !== held.runToken) {
    throw new RunSupersededError(`run of request ${number} was taken over`);
  }
  if (options.idempotencyKey !== undefined && (await wasApplied(trx, number, options.idempotencyKey))) {
    return { result: 'repeated', request: record };
  }
  // Approvals are counted with the owners as they are known now, or not at all.
  if (event.type === 'approved' && !knowsOwners(services, record)) {
    const refusal = { reason: 'owners-unknown', name: record.workspace?.name ?? '' } as const;
    return { result: 'refused', refusal, request: record };
  }
  const votes = await votesOf(services, trx, record);
  // Otherwise a vote that was given before would be missed, and nobody could vote once more when it counts again.
  if (isVote(event) && votes.isIncomplete) {
    return { result: 'refused', refusal: { reason: 'groups-unknown' }, request: record };
  }
  const hold = await holdAgainst(services, trx, record, event);
  const lifecycle = { ...lifecycleOf(record, votes.counted), ...(hold === null ? {} : { held: true as const }) };
  const voted = isVote(event) ? await asVoter(services, trx, record, event) : event;
  const decision = decide(lifecycle, voted);
  if (!decision.accepted) {
    const refusal = decision.refusal === 'held' && hold !== null ? hold : { reason: decision.refusal };
    return { result: 'refused', refusal, request: record };
  }

  const at = new Date(services.clock.now());
  const { next, effects } = decision;
  await updateRequest(trx, number, {
    ...columnsOf(services, record, next, effects, at),
    ...options.change,
  });
  // One row a version is the second lock on a change. A vote after which others are awaited has a row of its own.
  if (next.version !== record.version) {
    await appendHistory(trx, {
      requestNumber: number,
      version: next.version,
      event: event.type,
      fromState: record.state,
      toState: next.state,
      actor: options.person?.name ?? 'system',
      idempotencyKey: options.idempotencyKey ?? null,
      at,
    });
  }
  await appendAudit(trx, {
    at,
    tenantId: record.requester.tenantId,
    actor: options.person?.objectId ?? 'system',
    action: `request.${event.type}`,
    requestNumber: number,
    workspaceId: record.workspace?.id ?? null,
    detail: { from: record.state, to: next.state, ...deputyDetail(voted), ...options.detail },
    policyVersion: services.settings.policy.version,
  });
  await carryOut(services, trx, number, next, effects);
  // While a request waits for its next attempt, no run notices a stop, so one is enqueued for it. Never beside a live
  // run: a deletion that is in flight there may not show yet, and the new run would report its asset as kept.
  const isWaiting = next.state === 'running' && held.runToken === null;
  if (event.type === 'cancelled' && isWaiting) await enqueueWork(services, trx, 'run', number);
  const request = await readRequest(trx, number);
  if (!request) throw new Error(`request ${number} vanished inside its own transaction`);
  await options.also?.(trx, request, held);
  if (finalStates.has(next.state)) await endScheduleWithRun(services, trx, request);
  // While the preview is being prepared there is nothing new to show; the preview itself follows.
  if (next.state !== 'preparing') await enqueueCards(services, trx, number);
  // The card of the retried request changes too: it offers the retry again, or shows its result.
  if (request.ask.retry !== undefined && finalStates.has(next.state)) {
    await enqueueCards(services, trx, request.ask.retry.of);
  }
  return { result: 'accepted', request };
}

/** Marks the request's cards, or those of some audiences, as out of date in the outbox and enqueues their delivery. */
export async function enqueueCards(
  services: RequestServices,
  trx: Connection,
  number: number,
  audiences: readonly Audience[] = ['requester', 'public', 'approvers'],
): Promise<void> {
  await lockCardsOf(trx, number);
  for (const card of await markCardsOutdated(trx, number, audiences)) {
    await services.queue.enqueue(trx, 'deliver', { card }, { key: `card-${card}` });
  }
}

/** Enqueues the jobs of a decision, and the cards that go with them. */
export async function carryOut(
  services: RequestServices,
  trx: Connection,
  number: number,
  next: Lifecycle,
  effects: readonly Effect[],
): Promise<void> {
  for (const effect of effects) {
    switch (effect) {
      case 'prepare':
      case 'run':
        await enqueueWork(services, trx, effect, number);
        break;
      case 'poll':
        // A deduplication key of its own: without one, a poll that waits its backoff would suppress this one.
        await services.queue.enqueue(trx, 'poll', { request: number, poll: 0 }, { key: `stop-${number}` });
        break;
      case 'run-later':
        await services.queue.enqueue(
          trx,
          'end-cooling-off',
          { request: number, version: next.version },
          { startAfter: new Date(services.clock.now() + next.waitMinutes * 60_000) },
        );
        if (next.reviews.length === 0) await tellReviewersOf(services, trx, number);
        break;
      case 'ask-approvers':
        await askApprovers(services, trx, number, next.version);
        break;
      case 'replace-links':
        await services.queue.enqueue(trx, 'replace-links', { request: number }, { key: `links-${number}` });
        break;
      case 'remove-archive':
        await enqueueRemoval(services, trx, number, new Date(services.clock.now()));
        break;
      case 'expire-later':
        await services.queue.enqueue(
          trx,
          'expire',
          { request: number, version: next.version },
          { startAfter: new Date(services.clock.now() + services.settings.waitsForPeopleMs) },
        );
        break;
    }
  }
}

async function tellReviewersOf(services: RequestServices, trx: Connection, number: number): Promise<void> {
  const request = await readRequest(trx, number);
  if (request !== null) await tellReviewers(services, trx, request);
}

/** Asks the reviewers where its rules say, reminds them at half time, and escalates it when its rules say. */
async function askApprovers(
  services: RequestServices,
  trx: Connection,
  number: number,
  version: number,
): Promise<void> {
  const request = await readRequest(trx, number);
  if (request !== null) await askReviewers(services, trx, request);
  const { waitsForPeopleMs } = services.settings;
  const later = (delayMs: number) => ({ startAfter: new Date(services.clock.now() + delayMs) });
  await services.queue.enqueue(trx, 'remind', { request: number, version }, later(waitsForPeopleMs / 2));
  for (const [escalation, { after }] of (request?.terms?.escalations ?? []).entries()) {
    const startAfter = later(escalationDelayMs(after, waitsForPeopleMs));
    await services.queue.enqueue(trx, 'escalate', { request: number, version, escalation }, startAfter);
  }
}

function columnsOf(
  services: RequestServices,
  before: Pick<RequestRecord, 'state' | 'version'>,
  next: Lifecycle,
  effects: readonly Effect[],
  at: Date,
): RequestChange {
  const isWaiting = effects.includes('expire-later');
  return {
    state: next.state,
    version: next.version,
    action: next.action,
    needsApproval: next.reviews.length > 0,
    approvalsNeeded: fewestApprovals(next.reviews),
    stopRequested: next.stopRequested,
    phase: next.phase,
    updatedAt: at,
    // A vote after which others are awaited moves neither.
    ...(next.version === before.version
      ? {}
      : {
          expiresAt: isWaiting ? new Date(at.getTime() + services.settings.waitsForPeopleMs) : null,
          startsAt: effects.includes('run-later') ? new Date(at.getTime() + next.waitMinutes * 60_000) : null,
        }),
    // What happens to the links of an ended request does not move its end.
    ...(finalStates.has(next.state) && !finalStates.has(before.state) ? { finishedAt: at, runToken: null } : {}),
  };
}

type VoteEvent = Extract<RequestEvent, { type: 'approved' | 'disapproved' }>;

/** A vote by a person as they are in this transaction: with their links, and as the deputy of those who are away now. */
async function asVoter<Event extends VoteEvent>(
  services: RequestServices,
  trx: Connection,
  record: RequestRecord,
  event: Event,
): Promise<Event> {
  const by = await withLinked(trx, event.by);
  const reviewer = await reviewerBy(services, trx, record, event.by.objectId);
  // Who is admitted by nothing is refused with its reason, by what is known of them.
  return { ...event, by: { ...by, standsInFor: reviewer?.standsInFor ?? [] }, reviewsAs: reviewer?.reviewsAs ?? [] };
}

function isVote(event: RequestEvent): event is VoteEvent {
  return event.type === 'approved' || event.type === 'disapproved';
}

/** For whom a vote was cast, in the record. */
function deputyDetail(event: RequestEvent): { readonly deputyFor?: readonly { readonly objectId: string }[] } {
  const { standsInFor = [] } = isVote(event) ? event.by : {};
  return standsInFor.length === 0 ? {} : { deputyFor: standsInFor.map(({ objectId }) => ({ objectId })) };
}

/**
 * The votes on a waiting request; what else is decided does not depend on them. Incomplete where one does not count and
 * it is not known who is in a group.
 */
async function votesOf(
  services: RequestServices,
  trx: Connection,
  record: RequestRecord,
): Promise<{ readonly counted: readonly CountedVote[]; readonly isIncomplete: boolean }> {
  const { number, version, state } = record;
  if (state !== 'awaiting-approval') return { counted: [], isIncomplete: false };
  const given = await readVotes(trx, number, version);
  const counted = await validVotes(services, trx, record, given);
  return { counted, isIncomplete: counted.length < given.length && !knowsReviewerGroups(services, record) };
}

/** The part of a request that `decide` needs; `votes` are those on its present version. */
export function lifecycleOf(record: RequestRecord, votes: readonly CountedVote[] = []): Lifecycle {
  return {
    state: record.state,
    version: record.version,
    action: record.action,
    requester: record.requester,
    subject: record.subject,
    reviews: reviewsOfRequest(record),
    rejectionsNeeded: record.terms?.rejections ?? 1,
    rejectionNeedsComment: record.terms?.rejectionNeedsComment ?? false,
    typedNameNeeded: record.terms?.typedName ?? false,
    reasonNeeded: record.terms?.reasonNeeded ?? false,
    waitMinutes: record.terms?.waitMinutes ?? 0,
    approvals: approvalsIn(votes),
    rejections: rejectionsIn(votes),
    stopRequested: record.stopRequested,
    phase: record.progress.phase,
    links: linkStateOf(record),
    ...(record.ask.schedule === undefined ? {} : { confirmedAhead: true }),
  };
}
