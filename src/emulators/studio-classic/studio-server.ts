import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Call, type RequestPath, readPath } from '../server/call.ts';
import { answerControl } from '../server/control.ts';
import { internalError, notFound, Refusal, type RefusalShape, refusalReply } from '../server/error-replies.ts';
import { type Fault, Faults } from '../server/faults.ts';
import { closeServer, listenOnLoopback } from '../server/loopback.ts';
import type { Reply } from '../server/reply.ts';
import { deliver } from '../server/reply-delivery.ts';
import { type LoggedRequest, RequestLog, withoutCredentials } from '../server/request-log.ts';
import { isAuthorized } from './authorization.ts';
import { blobProxyPrefix, proxyBlob } from './blob-proxy.ts';
import { answerGeneratedBlob } from './generated/blob-answer.ts';
import { isGenerated } from './generated/locations.ts';
import { makeEdit, revokeTokens, vanish } from './outside-changes.ts';
import { findRoute, type Route } from './routes.ts';
import type { Studio } from './studio-state.ts';

export interface StudioServerParts {
  readonly studio: Studio;
  readonly routes: readonly Route[];
  /** Address of the blob account, for downloads that pass through the emulator. */
  readonly accountUrl: string;
  /** Called with errors of the emulator itself. */
  readonly onError: (error: unknown) => void;
}

/** The HTTP server: parses a request, applies faults, finds the route and sends its reply. */
export class StudioServer {
  readonly #parts: StudioServerParts;
  readonly #faults = new Faults();
  readonly #log = new RequestLog();
  readonly #server: Server;

  constructor(parts: StudioServerParts) {
    this.#parts = parts;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        parts.onError(error);
        response.destroy();
      });
    });
    // Clients keep idle connections open for long; closing them early would look like an injected fault.
    this.#server.keepAliveTimeout = 120_000;
    this.#server.requestTimeout = 0;
  }

  /** Listens on loopback; resolves with the port. */
  listen(port: number): Promise<number> {
    return listenOnLoopback(this.#server, port);
  }

  close(): Promise<void> {
    return closeServer(this.#server);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? '/';
    const path = readPath(target);
    const { clock } = this.#parts.studio;
    if (path.segments[0] === '_control') {
      const call = new Call(request, path, {});
      const reply = await this.#orRefusal(
        () => answerControl(call, this.#faults, this.#log, (edit) => makeEdit(this.#parts.studio, edit)),
        path,
      );
      return await deliver(reply, response, null, clock);
    }
    const method = request.method ?? 'GET';
    const loggedPath = withoutCredentials(target);
    const entry = this.#log.add(clock.now(), method, loggedPath);
    const faults = this.#faults.strike(method, loggedPath);
    for (const fault of faults) if (fault.kind === 'latency') await clock.wait(fault.milliseconds);
    const fault = faults.findLast((candidate) => candidate.kind !== 'latency') ?? null;
    entry.fault = fault?.kind ?? faults[0]?.kind ?? null;
    await this.#answer(request, response, path, fault, entry);
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    path: RequestPath,
    fault: Fault | null,
    entry: LoggedRequest,
  ): Promise<void> {
    const { studio } = this.#parts;
    if (fault?.kind === 'silence') return;
    if (fault?.kind === 'reset' && fault.after === 'request') return reset(request);
    if (fault?.kind === 'revoke-token') revokeTokens(studio, path.segments);
    if (fault?.kind === 'vanish') vanish(studio, path.segments);
    const reply =
      fault?.kind === 'status'
        ? statusReply(fault, path, studio)
        : await this.#orRefusal(() => this.#reply(request, path), path);
    // An unread body would break the connection before the response is sent completely.
    request.resume();
    if (fault?.kind === 'reset') return reset(request);
    entry.status = reply.status;
    await deliver(reply, response, fault, studio.clock);
  }

  async #reply(request: IncomingMessage, path: RequestPath): Promise<Reply> {
    const { studio, routes } = this.#parts;
    if (path.segments[0] === blobProxyPrefix) return await this.#blob(new Call(request, path, {}));
    const found = findRoute(routes, request.method ?? 'GET', path.segments);
    if (found === 'no-path') throw notFound('resource');
    if (found === 'no-method') throw new Refusal(405, 'The method is not allowed here.', { code: 'MethodNotAllowed' });
    const { route, parameters } = found;
    const workspaceId = parameters.workspace?.toLowerCase();
    const otherKeys = route.keys?.(studio, parameters) ?? [];
    if (workspaceId !== undefined && !isAuthorized(request, studio, workspaceId, otherKeys)) {
      throw new Refusal(401, 'The workspace token is missing or wrong.');
    }
    return await route.answer(new Call(request, path, parameters), studio);
  }

  async #blob(call: Call): Promise<Reply> {
    const location = call.segments.slice(1).join('/');
    if (isGenerated(location)) return answerGeneratedBlob(call, location, this.#parts.studio.blobs.generated);
    return await proxyBlob(call, this.#parts.accountUrl);
  }

  async #orRefusal(answer: () => Promise<Reply>, path: RequestPath): Promise<Reply> {
    const now = this.#parts.studio.clock.now();
    const usual = usualShape(path);
    try {
      return await answer();
    } catch (error) {
      if (error instanceof Refusal) return refusalReply(error, usual, now);
      this.#parts.onError(error);
      return refusalReply(internalError(), usual, now);
    }
  }
}

/** Resets the TCP connection instead of closing it. */
function reset(request: IncomingMessage): void {
  request.socket.resetAndDestroy();
}

/** The error format of the API that was called. */
function usualShape(path: RequestPath): RefusalShape {
  if (path.segments[0]?.toLowerCase() === 'subscriptions') return 'arm';
  return path.studio ? 'studio' : 'management';
}

function statusReply(fault: Extract<Fault, { kind: 'status' }>, path: RequestPath, studio: Studio): Reply {
  const { code, shape } = fault;
  const details = { ...(code === undefined ? {} : { code }), ...(shape === undefined ? {} : { shape }) };
  const refusal = new Refusal(fault.status, fault.message ?? 'Injected fault.', details);
  const reply = refusalReply(refusal, usualShape(path), studio.clock.now());
  return { ...reply, headers: { ...reply.headers, ...fault.headers } };
}
