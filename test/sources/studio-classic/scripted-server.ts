import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** Answers one request; `nth` counts the requests with the same method and path, from 1. */
export type Answer = (response: ServerResponse, request: IncomingMessage, nth: number) => void;

/** What a request looked like when it arrived. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A real HTTP server that does what a test tells it to, for faults that a well-behaved service never shows. */
export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  readonly seen: SeenRequest[];
}

/** Starts a server on a free port. Keys are `METHOD /path` without the query; everything else is a 404. */
export async function startScriptedServer(answers: Readonly<Record<string, Answer>>): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const counts = new Map<string, number>();
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
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
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

/** Cuts the connection without an answer. */
export const reset: Answer = (response) => {
  response.socket?.destroy();
};

/** One answer after the other; the last one stays. */
export function inTurn(...answers: readonly Answer[]): Answer {
  return (response, request, nth) => answers[Math.min(nth, answers.length) - 1]?.(response, request, nth);
}
