import type { StudioHttp } from './http-client.ts';
import { unreadable } from './http-failures.ts';

/** A success whose body is not what was asked for: a web page, no JSON, a body that broke off. `message` says which. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer';
}

/** What is wrong with a text that is no JSON. */
export function badJson(body: string): BadAnswer {
  return new BadAnswer(body.trimStart().startsWith('<') ? 'a web page instead of data' : 'no JSON');
}

/**
 * Reads, and reads again while the answer is a bad one: proxies and overloaded services send such things for a moment.
 * Only for reading. Throws SourceError (`unreadable` in the end), or the signal's reason.
 */
export async function rereading<Result>(
  http: StudioHttp,
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
