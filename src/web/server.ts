import { createServer, type Next, type Request, type Response, type Server } from 'restify';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/logger.ts';
import type { Readiness } from '../domain/readiness.ts';
import { readActivityBody } from './activity-body.ts';

/** A part that has to be reachable before the bot can do its work: asked when readiness is, or by itself before. */
export type ReadinessCheck = { readonly name: string } & (
  | {
      /** Rejects when the part cannot be used. */
      readonly check: () => Promise<unknown>;
    }
  | {
      /** The last answer, with its reason. */
      readonly current: () => Readiness;
    }
);

/** What the web server serves. */
export interface WebParts {
  readonly readiness: readonly ReadinessCheck[];
  /** Handles Teams' activities; left out when this process is a worker only. */
  readonly messages?: (request: Request, response: Response) => Promise<void>;
  readonly log: Log;
  /** Time, by which answers about readiness are reused; without it every question asks the parts. */
  readonly clock?: Pick<Clock, 'now'>;
}

const checkTimeoutMs = 3_000;

/** How long an answer about readiness serves everybody who asks; nobody has to sign in to ask. */
const readinessReusedMs = 2_000;

/** Makes the web server: `/healthz` (alive), `/readyz` (its parts are reachable) and `/api/messages`. */
export function createWebServer({ readiness, messages, log, clock }: WebParts): Server {
  const askParts = reused(clock, () =>
    Promise.all(readiness.map(async (part) => [part.name, await askPart(part)] as const)),
  );
  const server = createServer({ name: 'studio-steward', ignoreTrailingSlash: true });
  server.get('/healthz', (_request: Request, response: Response, next: Next) => {
    response.send(200, { status: 'alive' });
    next();
  });
  server.get('/readyz', async (_request: Request, response: Response) => {
    const results = await askParts();
    const ready = results.every(([, answer]) => answer.ready);
    const told = results.flatMap(([name, answer]) => {
      const sentence = answer.ready ? answer.notice : answer.reason;
      return sentence === null ? [] : [[name, sentence] as const];
    });
    response.send(ready ? 200 : 503, {
      status: ready ? 'ready' : 'not ready',
      ...Object.fromEntries(results.map(([name, answer]) => [name, answer.ready])),
      ...(told.length === 0 ? {} : { reasons: Object.fromEntries(told) }),
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
        log.warn('a request was not an activity', { error: error instanceof Error ? error.name : 'unknown' });
        if (!response.headersSent) response.send(400, { message: 'The body is not a Bot Framework activity.' });
      }
    });
  }
  return server;
}

/** Asks once for all who ask at the same time or soon after. */
function reused<Result>(clock: Pick<Clock, 'now'> | undefined, ask: () => Promise<Result>): () => Promise<Result> {
  let last: { readonly at: number; readonly answer: Promise<Result> } | null = null;
  return () => {
    if (clock === undefined) return ask();
    const now = clock.now();
    if (last === null || now - last.at >= readinessReusedMs || now < last.at) last = { at: now, answer: ask() };
    return last.answer;
  };
}

/** A part that is asked now says nothing about why: its errors may name what strangers must not read. */
async function askPart(part: ReadinessCheck): Promise<Readiness | { ready: false; reason: null }> {
  if ('current' in part) return part.current();
  return (await passes(part.check)) ? { ready: true, notice: null } : { ready: false, reason: null };
}

async function passes(check: () => Promise<unknown>): Promise<boolean> {
  const limit = AbortSignal.timeout(checkTimeoutMs);
  const tooLate = new Promise<never>((_resolve, reject) => {
    limit.addEventListener('abort', () => reject(limit.reason), { once: true });
  });
  // Nobody listens any more when the check was faster.
  tooLate.catch(() => undefined);
  try {
    await Promise.race([check(), tooLate]);
    return true;
  } catch {
    return false;
  }
}
