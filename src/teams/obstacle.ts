import { type Refusal, refusalSentence } from '../domain/refusals.ts';
import { mainSource } from '../sources/registry.ts';

/** What delays a running request: an outage, or another obstacle as a note. */
export function obstacleOf(refusal: Refusal | null) {
  if (refusal === null) return { note: null, outage: null };
  const { reason, name, since, retryAt } = refusal;
  if (reason !== 'service-down' || since === undefined || retryAt === undefined) {
    return { note: refusalSentence(refusal), outage: null };
  }
  return {
    note: null,
    outage: { service: name ?? mainSource.name, since: new Date(since), retryAt: new Date(retryAt) },
  };
}
