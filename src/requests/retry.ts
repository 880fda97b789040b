import { readFromContents } from '../database/archive-parts.ts';
import type { Connection } from '../database/connection.ts';
import { countRetryable } from '../database/request-assets.ts';
import { holdRequest, newestRetry, requestsOf } from '../database/request-rows.ts';
import { type Person, samePerson } from '../domain/people.ts';
import type { Action } from '../domain/policy.ts';
import { type Ask, type RequestRecord, type Retry, requestId, stepOf } from '../domain/request.ts';
import { workspaceProblemsIn } from '../domain/workspace-problems.ts';
import { askIn, type Origin, TooManyOpenError } from './create.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { enqueueCards, type Outcome } from './transition.ts';

/** Ends after which the same can be tried once more. */
const inVain: ReadonlySet<RequestRecord['state']> = new Set(['cancelled', 'expired', 'rejected', 'failed']);

/** What can be done about the failed part of a request: it may be tried again, or it is being tried. */
export interface RetryFacts {
  /** What a further attempt would take up; null when nothing failed that may pass, or it is taken up already. */
  readonly offered: Retry | null;
  /** The request that takes it up, or has. */
  readonly by: number | null;
}

/** Where a request that has ended stands with trying again what failed. */
export async function retryFacts(db: Connection, request: RequestRecord): Promise<RetryFacts> {
  const { number, action, state } = request;
  if (state !== 'partly-failed' || !concernsAssets(action)) return { offered: null, by: null };
  const latest = await newestRetry(db, number);
  if (latest !== null && !inVain.has(latest.state)) return { offered: null, by: latest.number };
  const assets = await countRetryable(db, number, stepOf(action));
  const recorded = action === 'export' ? await readFromContents(db, number, 'workspace') : [];
  const problems = recorded.flatMap((workspace) => workspaceProblemsIn({ workspace }));
  const workspaceFiles = problems.some(({ permanent }) => !permanent);
  return { offered: assets.size > 0 || workspaceFiles ? { of: number, workspaceFiles } : null, by: null };
}

/** How many of a person's newest requests are looked through for something to try again. */
const mostLookedAt = 15;

/** The person's newest request of which something failed that can be tried again; null when there is none. */
export async function retriableOf({ database: { db } }: RequestServices, person: Person): Promise<number | null> {
  for (const request of await requestsOf(db, person, mostLookedAt)) {
    const { offered } = await retryFacts(db, request);
    if (offered !== null) return request.number;
  }
  return null;
}

/**
 * Makes a new request of what failed in an earlier one of the same person, with a preview, a confirmation and the
 * policy of its own. Pressing again while it is under way, or after it succeeded, gives the same request.
 */
export async function retryFailed(
  services: RequestServices,
  person: Person,
  origin: Pick<Origin, 'conversationId' | 'kind'>,
  number: number,
): Promise<Outcome> {
  return inTransaction(services, async (trx) => {
    // Held, so that two presses at once do not make two requests.
    const record = (await holdRequest(trx, number))?.record;
    if (!record || record.requester.tenantId !== person.tenantId) {
      return { result: 'refused', refusal: { reason: 'unknown-request', name: requestId(number) }, request: null };
    }
    if (!samePerson(record.requester, person)) {
      return { result: 'refused', refusal: { reason: 'not-the-requester' }, request: record };
    }
    const { offered, by } = await retryFacts(trx, record);
    if (by !== null) return { result: 'repeated', request: record };
    const { action, workspace } = record;
    if (offered === null || workspace === null || !concernsAssets(action)) {
      const refusal = { reason: 'nothing-to-retry', name: requestId(number) } as const;
      return { result: 'refused', refusal, request: record };
    }
    const wish: Ask = {
      action,
      target: 'assets',
      workspaceId: workspace.id,
      data: 'customer',
      mentions: [],
      retry: offered,
    };
    try {
      await askIn(services, trx, person, { ...origin, activityId: null }, wish);
    } catch (error) {
      // Refused before anything was written.
      if (!(error instanceof TooManyOpenError)) throw error;
      return { result: 'refused', refusal: error.refusal, request: record };
    }
    await enqueueCards(services, trx, number);
    return { result: 'accepted', request: record };
  });
}

/** True for what is done asset by asset. A workspace that was kept is asked for anew as a whole. */
function concernsAssets(action: Action): action is Extract<Ask, { target: 'assets' }>['action'] {
  return action === 'export' || action === 'delete' || action === 'export-then-delete';
}
