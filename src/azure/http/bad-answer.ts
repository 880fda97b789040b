import type { AzureHttp } from './http-client.ts';
import { unreadable } from './http-failures.ts';

/** A success status with an unusable body: a web page, no JSON, a truncated body. `message` says which. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer';
}

/** The error for a body that is not JSON. */
export function badJson(body: string): BadAnswer {
  return new BadAnswer(body.trimStart().startsWith('<') ? 'a web page instead of data' : 'no JSON');
}

/**
 * Reads, and retries with exponential backoff while the body is unusable: proxies and overloaded services send such
 * bodies for a short time. Only for reads. Throws ServiceFailure (`unreadable` after the last retry), or the signal's reason.
 */
export async function retryBadAnswers<Result>(
  http: AzureHttp,
  call: { readonly doing: string; readonly signal: AbortSignal },
  read: () => Promise<Result>,
): Promise<Result> {
  const { settings, clock } = http;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof BadAnswer)) throw error;
      if (attempt >= settings.maxRetries) throw unreadable(call, error.message);
      await clock.wait(Math.min(settings.retryDelayMs * 2 ** attempt, settings.maxRetryDelayMs), call.signal);
    }
  }
}
