import { SourceError } from '../../domain/asset-source.ts';
import { type AskForClearance, type Clearance, ClearanceExpired } from '../../domain/clearance.ts';
import type { StudioHttp } from './http-client.ts';
import { backoffMs, isWorthRepeating } from './retry-strategies.ts';

/** What an attempt needs beside its clearance. */
type Repeating = Pick<StudioHttp, 'settings' | 'clock' | 'random'>;

/**
 * Makes a call that destroys something, and repeats it after passing failures with exponential waits, like other calls;
 * but asks for a clearance of its own directly before each attempt. A clearance that grew old while the call waited for
 * its place is asked for anew, and counts as no attempt. Throws NotCleared, SourceError, or the signal's reason.
 */
export async function clearedEachTime<Answer>(
  { settings, clock, random }: Repeating,
  ask: AskForClearance,
  signal: AbortSignal,
  attempt: (clearance: Clearance) => Promise<Answer>,
): Promise<Answer> {
  let unanswered = false;
  for (let retries = 0; ; ) {
    signal.throwIfAborted();
    const clearance = await ask(unanswered);
    try {
      return await attempt(clearance);
    } catch (error) {
      if (error instanceof ClearanceExpired) continue;
      if (!(error instanceof SourceError)) throw error;
      unanswered ||= error.mayHaveActed;
      if (!isWorthRepeating(error) || error.outage !== null || retries >= settings.maxRetries) throw error;
      // The host's gate keeps the pause of a throttled call, and what is asked before the next attempt waits there too.
      if (error.reason !== 'throttled') await clock.wait(backoffMs(settings, random, retries), signal);
      retries += 1;
    }
  }
}
