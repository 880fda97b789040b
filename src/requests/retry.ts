import { readFromContents } from '../database/archive-parts.ts';
import type { Connection } from '../database/connection.ts';
import { countRetryable } from '../database/request-assets.ts';
import { lockRequest, newestRetry, requestsOf } from '../database/request-rows.ts';
import { actsOnAssets, traitsOf } from '../domain/actions.ts';
import { type Person, samePerson } from '../domain/people.ts';
import { type Ask, type RequestRecord, type Retry, requestId } from '../domain/request.ts';
import { workspaceProblemsIn } from '../domain/workspace-problems.ts';
import { createRequestIn, type Origin, TooManyOpenError } from './create.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { enqueueCards, type Outcome } from './transition.ts';

/** End states of a retry after which the same can be retried again. */
const retryableEnds: ReadonlySet<RequestRecord['state']> = new Set(['cancelled', 'expired', 'rejected', 'failed']);

/** Whether the failed part of a request can be retried, or is being retried. */
export interface RetryFacts {
  /**
   * What a retry would include; null when nothing failed that a retry may improve, or when it is already being retried.
   */
  readonly offered: Retry | null;
  /** The request that retries it, or has retried it. */
  readonly by: number | null;
}

/** Whether the failed part of an ended request can be retried. */
export async function retryFacts(db: Connection, request: RequestRecord): Promise<RetryFacts> {
  const { number, action, state } = request;
  if (state !== 'partly-failed' || !actsOnAssets(action)) return { offered: null, by: null };
  const latest = await newestRetry(db, number);
  if (latest !== null && !retryableEnds.has(latest.state)) return { offered: null, by: latest.number };
  const { retries, deletes } = traitsOf(action);
  const assets = await countRetryable(db, number, retries ?? 'exported');
  // Files of the workspace itself are a part of exports alone.
  const recorded = deletes === 'nothing' ? await readFromContents(db, number, 'workspace') : [];
  const problems = recorded.flatMap((workspace) => workspaceProblemsIn({ workspace }));
  const workspaceFiles = problems.some(({ permanent }) => !permanent);
  return { offered: assets.size > 0 || workspaceFiles ? { of: number, workspaceFiles } : null, by: null };
}

/** How many of a person's newest requests are checked for something to retry. */
const maxChecked = 15;

/** The person's newest request with a failed part that can be retried; null when there is none. */
export async function newestRetryable({ database: { db } }: RequestServices, person: Person): Promise<number | null> {
  for (const request of await requestsOf(db, person, maxChecked)) {
    const { offered } = await retryFacts(db, request);
    if (offered !== null) return request.number;
  }
  return null;
}

/**
 * Creates a new request for what failed in an earlier one of the same person, with its own preview, confirmation and
 * policy decision. Idempotent: pressing again while it is running, or after it succeeded, creates no second request.
 */
export async function retryFailed(
  services: RequestServices,
  person: Person,
  origin: Pick<Origin, 'conversationId' | 'kind'>,
  number: number,
): Promise<Outcome> {
  return inTransaction(services, async (trx) => {
    // Locks the request, so that two concurrent presses do not create two retries.
    const record = (await lockRequest(trx, number))?.record;
    if (!record || record.requester.tenantId !== person.tenantId) {
      return { result: 'refused', refusal: { reason: 'unknown-request', name: requestId(number) }, request: null };
    }
    if (!samePerson(record.requester, person)) {
      return { result: 'refused', refusal: { reason: 'not-the-requester' }, request: record };
    }
    const { offered, by } = await retryFacts(trx, record);
    if (by !== null) return { result: 'repeated', request: record };
    const { action, workspace } = record;
    if (offered === null || workspace === null || !actsOnAssets(action)) {
      const refusal = { reason: 'nothing-to-retry', name: requestId(number) } as const;
      return { result: 'refused', refusal, request: record };
    }
    const asked: Ask = {
      action,
      target: 'assets',
      workspaceId: workspace.id,
      data: 'customer',
      mentions: [],
      retry: offered,
    };
    try {
      await createRequestIn(services, trx, person, { ...origin, activityId: null }, asked);
    } catch (error) {
      // Nothing has been written when this is thrown.
      if (!(error instanceof TooManyOpenError)) throw error;
      return { result: 'refused', refusal: error.refusal, request: record };
    }
    await enqueueCards(services, trx, number);
    return { result: 'accepted', request: record };
  });
}
