import { type AskForClearance, type Clearance, ClearanceExpired } from '../../domain/clearance.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';
import type { AzureHttp } from './http-client.ts';
import { backoffMs, isRetryableFailure } from './retry-strategies.ts';

/** What retrying needs. */
type RetryParts = Pick<AzureHttp, 'settings' | 'clock' | 'random'>;

/**
 * Makes a destructive call and retries it after transient failures with exponential backoff, like other calls, but asks
 * for a new clearance directly before each attempt. A clearance that expired while the call waited for its slot is
 * replaced, which does not count as an attempt. In order: the workflow hands `ask` to the source, the source to the
 * kind's adapter, the adapter calls this; `ask` rechecks and issues a clearance (workflows/clearances.ts), `attempt` sends
 * the call, and the HTTP client spends the clearance directly before the wire. Throws NotCleared, ServiceFailure, or the signal's reason.
 */
export async function retryWithClearance<Answer>(
  { settings, clock, random }: RetryParts,
  ask: AskForClearance,
  signal: AbortSignal,
  attempt: (clearance: Clearance) => Promise<Answer>,
): Promise<Answer> {
  let anyMayHaveActed = false;
  for (let retries = 0; ; ) {
    signal.throwIfAborted();
    const clearance = await ask(anyMayHaveActed);
    try {
      return await attempt(clearance);
    } catch (error) {
      if (error instanceof ClearanceExpired) continue;
      if (!isSourceFailure(error)) throw error;
      anyMayHaveActed ||= error.mayHaveActed;
      if (!isRetryableFailure(error) || error.outage !== null || retries >= settings.maxRetries) throw error;
      // After a throttled call the concurrency limiter keeps the pause, also for the checks before the next attempt.
      if (error.reason !== 'throttled') await clock.wait(backoffMs(settings, random, retries), signal);
      retries += 1;
    }
  }
}
