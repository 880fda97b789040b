import { type Refusal, refusalSentence } from '../domain/refusals.ts';

/** What stands in the way of a request that is under way, in the two forms that its cards take. */
export function obstacleOf(refusal: Refusal | null) {
  if (refusal === null) return { note: null, outage: null };
  const { reason, name, since, retryAt } = refusal;
  if (reason !== 'service-down' || since === undefined || retryAt === undefined) {
    return { note: refusalSentence(refusal), outage: null };
  }
  return { note: null, outage: { service: name ?? 'Studio', since: new Date(since), retryAt: new Date(retryAt) } };
}
