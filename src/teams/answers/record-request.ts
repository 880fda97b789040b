import { actedEvents, decisionActions } from '../../audit/decisions.ts';
import { finalStates, type RequestRecord, requestNumber } from '../../domain/request.ts';
import { approvalsFor, myRequests } from '../../requests/report.ts';
import type { RecordQuestion } from '../../understanding/record-questions.ts';
import { requestNamedLast } from '../planner.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';

/** How many of the person's requests “it” may be. */
const mostLooked = 15;

/**
 * Numbers of the requests that “it” may be, likeliest first: the one that was named last in this conversation, unless
 * the person has made one since; then their own, those first that the question fits; then what they decided last.
 */
export async function meantRequests(
  services: TeamsServices,
  { actor, reading }: Turn,
  { question }: RecordQuestion,
): Promise<readonly number[]> {
  const named = reading.slots.request === undefined ? await requestNamedLast(services, actor) : null;
  const own = await myRequests(services, actor.person, mostLooked);
  const fits = (request: RequestRecord) =>
    question === 'why-refused'
      ? finalStates.has(request.state) && request.state !== 'succeeded'
      : question !== 'who-approved' || request.approvalsNeeded > 0;
  const newer = own.filter(({ createdAt }) => named === null || createdAt.getTime() > named.at);
  const byFit = (some: readonly RequestRecord[]) => [...some.filter(fits), ...some.filter((each) => !fits(each))];
  const { db } = services.database;
  const { tenantId, objectId } = actor.person;
  const decided = own.length > 0 ? [] : await actedEvents(db, tenantId, [objectId], decisionActions, {}, 1);
  const waiting = own.length > 0 || decided.length > 0 ? [] : await approvalsFor(services, actor.person, 1);
  return [
    ...byFit(newer).map(({ number }) => number),
    ...(named === null ? [] : [requestNumber(named.request) ?? 0]),
    ...byFit(own).map(({ number }) => number),
    ...decided.map(({ requestNumber: number }) => number),
    ...waiting.map(({ number }) => number),
  ];
}
