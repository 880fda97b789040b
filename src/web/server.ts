import { createServer, type Next, type Request, type Response, type Server } from 'restify';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/logger.ts';
import type { Readiness } from '../domain/readiness.ts';
import { readActivityBody } from './activity-body.ts';

/**
 * A dependency that must be available for the bot to work: checked for each readiness probe, or monitored in the
 * background.
 */
export type ReadinessCheck = { readonly name: string } & (
  | {
      /** Rejects when the part cannot be used. */
      readonly check: () => Promise<unknown>;
    }
  | {
      /** The last result, with its reason. */
      readonly current: () => Readiness;
    }
);

/** What the web server serves. */
export interface WebParts {
  readonly readiness: readonly ReadinessCheck[];
  /** Handles Teams' activities; left out when this process is a worker only. */
  readonly messages?: (request: Request, response: Response) => Promise<void>;
  readonly log: Log;
  /** Clock for the cache of readiness results; without it every probe checks all parts. */
  readonly clock?: Pick<Clock, 'now'>;
}

const checkTimeoutMs = 3_000;

/** How long a readiness result is cached, in milliseconds: the probe needs no sign-in, so anybody can send it. */
const readinessCachedMs = 2_000;

/** Creates the web server: `/healthz` (alive), `/readyz` (its parts are reachable) and `/api/messages`. */
export function createWebServer({ readiness, messages, log, clock }: WebParts): Server {
  const checkParts = cached(clock, () =>
    Promise.all(readiness.map(async (part) => [part.name, await checkPart(part)] as const)),
  );
  const server = createServer({ name: 'studio-steward', ignoreTrailingSlash: true });
  server.get('/healthz', (_request: Request, response: Response, next: Next) => {
    response.send(200, { status: 'alive' });
    next();
  });
  server.get('/readyz', async (_request: Request, response: Response) => {
    const results = await checkParts();
    const ready = results.every(([, answer]) => answer.ready);
    const reasons = results.flatMap(([name, answer]) => {
      const sentence = answer.ready ? answer.notice : answer.reason;
      return sentence === null ? [] : [[name, sentence] as const];
    });
    response.send(ready ? 200 : 503, {
      status: ready ? 'ready' : 'not ready',
      ...Object.fromEntries(results.map(([name, answer]) => [name, answer.ready])),
      ...(reasons.length === 0 ? {} : { reasons: Object.fromEntries(reasons) }),
    });
  });
  if (messages) {
    server.post('/api/messages', async (request: Request, response: Response) => {
      const read = await readActivityBody(request);
      if ('status' in read) {
        response.header('connection', 'close');
        response.send(read.status, { message: read.message });
        return;
      }
      request.body = read.body;
      try {
        await messages(request, response);
      } catch (error) {
        // botbuilder throws here only for a body that is no activity; turns have their own error handling.
        log.warn('an HTTP request was not a Bot Framework activity', {
          error: error instanceof Error ? error.name : 'unknown',
        });
        if (!response.headersSent) response.send(400, { message: 'The body is not a Bot Framework activity.' });
      }
    });
  }
  return server;
}

/** Caches a result briefly; concurrent callers share one check. */
function cached<Result>(clock: Pick<Clock, 'now'> | undefined, query: () => Promise<Result>): () => Promise<Result> {
  let last: { readonly at: number; readonly answer: Promise<Result> } | null = null;
  return () => {
    if (clock === undefined) return query();
    const now = clock.now();
    if (last === null || now - last.at >= readinessCachedMs || now < last.at) last = { at: now, answer: query() };
    return last.answer;
  };
}

/** A failed check gives no reason: its error may contain details that strangers must not read. */
async function checkPart(part: ReadinessCheck): Promise<Readiness | { ready: false; reason: null }> {
  if ('current' in part) return part.current();
  return (await passes(part.check)) ? { ready: true, notice: null } : { ready: false, reason: null };
}

async function passes(check: () => Promise<unknown>): Promise<boolean> {
  const limit = AbortSignal.timeout(checkTimeoutMs);
  const tooLate = new Promise<never>((_resolve, reject) => {
    limit.addEventListener('abort', () => reject(limit.reason), { once: true });
  });
  // Prevents an unhandled rejection when the check was faster.
  tooLate.catch(() => undefined);
  try {
    await Promise.race([check(), tooLate]);
    return true;
  } catch {
    return false;
  }
}
