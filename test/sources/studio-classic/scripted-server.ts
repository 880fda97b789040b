import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** Answers one request; `nth` counts the requests with the same method and path, from 1. */
export type Answer = (response: ServerResponse, request: IncomingMessage, nth: number) => void;

/** A request as it was received. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A real HTTP server with scripted responses, for faults that a correct service never shows. */
export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** Resolves when this many requests have come. */
  called(times: number): Promise<void>;
}

/** Starts a server on a free port. Keys are `METHOD /path` without the query; all other requests get a 404. */
export async function startScriptedServer(answers: Readonly<Record<string, Answer>>): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const counts = new Map<string, number>();
  const awaited = new Map<number, PromiseWithResolvers<void>>();
  const callOf = (nth: number) => {
    const call = awaited.get(nth) ?? Promise.withResolvers<void>();
    awaited.set(nth, call);
    return call;
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      const key = `${method} ${url.split('?')[0]}`;
      const nth = (counts.get(key) ?? 0) + 1;
      counts.set(key, nth);
      const answer = answers[key] ?? status(404, '');
      answer(response, request, nth);
      callOf(seen.length).resolve();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    called: (times) => callOf(times).promise,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers with JSON. */
export function json(value: unknown): Answer {
  return (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
  };
}

/** Answers with a status and a body. */
export function status(code: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => {
    response.writeHead(code, headers).end(body);
  };
}

/** Resets the connection without a response. */
export const reset: Answer = (response) => {
  response.socket?.destroy();
};

/** Returns one response after the other; the last one is repeated. */
export function inTurn(...answers: readonly Answer[]): Answer {
  return (response, request, nth) => answers[Math.min(nth, answers.length) - 1]?.(response, request, nth);
}
