import { type Refusal, refusalSentence } from '../domain/refusals.ts';
import { mainSource } from '../sources/registry.ts';

/** The answer when something could not be looked up, with the reason as a sentence. */
export function unreadWords(reason: string): string {
  return `I could not read that from ${mainSource.name}. ${reason}`;
}

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
