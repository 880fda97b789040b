import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

/** What the service does with a call. */
export type Behaviour =
  /** A completion with this text, whatever it is. */
  | { readonly does: 'answers'; readonly content: string }
  /** A completion that calls a tool nobody offered. */
  | { readonly does: 'calls-a-tool'; readonly name: string; readonly arguments: string }
  | { readonly does: 'refuses'; readonly status: number; readonly body: string }
  | { readonly does: 'redirects'; readonly to: string }
  /** 200 with a body that is no completion. */
  | { readonly does: 'talks-nonsense'; readonly body: string }
  /** Takes the call and says nothing. */
  | { readonly does: 'stays-silent' }
  /** Begins an answer and stops in the middle, with the connection open. */
  | { readonly does: 'drips' }
  | { readonly does: 'breaks-off' }
  | { readonly does: 'resets' }
  /** An answer that never ends. */
  | { readonly does: 'floods' };

/** A call as it arrived. */
export interface SeenCall {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Resolves when the answer is over: sent to its end, or given up by the client. */
  readonly over: Promise<unknown>;
}

/** A local service with OpenAI's chat completions, which does as it is told. */
export interface OpenAiStub extends AsyncDisposable {
  readonly url: string;
  readonly seen: SeenCall[];
  behaviour: Behaviour;
  /** Resolves when the next call has arrived and been answered as far as it ever will be. */
  nextCall(): Promise<void>;
}

/** Starts one on a free port; with a certificate it speaks https, as Azure OpenAI does. */
export async function startOpenAiStub(certificate?: {
  readonly key: string;
  readonly cert: string;
}): Promise<OpenAiStub> {
  const seen: SeenCall[] = [];
  let waiting: (() => void)[] = [];
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    seen.push({ path: request.url ?? '', headers: request.headers, body, over: once(response, 'close') });
    await act(stub.behaviour, response);
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  const handle = (request: IncomingMessage, response: ServerResponse) => void listener(request, response);
  const server = certificate === undefined ? createServer(handle) : createSecureServer(certificate, handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stub: OpenAiStub = {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    seen,
    behaviour: { does: 'answers', content: '{"intent":"none","slots":{}}' },
    nextCall: () => new Promise((resolve) => waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return stub;
}

async function act(behaviour: Behaviour, response: ServerResponse): Promise<void> {
  switch (behaviour.does) {
    case 'answers':
      return complete(response, { role: 'assistant', content: behaviour.content });
    case 'calls-a-tool': {
      const call = { name: behaviour.name, arguments: behaviour.arguments };
      return complete(response, {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'call_1', type: 'function', function: call }],
      });
    }
    case 'refuses':
      response
        .writeHead(behaviour.status, { 'content-type': 'application/json', 'retry-after': '0' })
        .end(behaviour.body);
      return;
    case 'redirects':
      response.writeHead(307, { location: behaviour.to }).end();
      return;
    case 'talks-nonsense':
      response.writeHead(200, { 'content-type': 'application/json' }).end(behaviour.body);
      return;
    case 'stays-silent':
      return;
    case 'drips':
      response.writeHead(200, { 'content-type': 'application/json' });
      for (const character of '{"choices"') response.write(character);
      return;
    case 'breaks-off':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"choices":[', () => response.destroy());
      return;
    case 'resets':
      response.socket?.resetAndDestroy();
      return;
    case 'floods':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"choices":[{"message":{"role":"assistant","content":"');
      return flood(response);
  }
}

/** Writes until the other side has had enough. */
async function flood(response: ServerResponse): Promise<void> {
  await pipeline(endless, response).catch(() => undefined);
}

function* endless(): Generator<string> {
  for (;;) yield 'x'.repeat(65_536);
}

function complete(response: ServerResponse, message: object): void {
  const body = { id: 'chatcmpl-1', object: 'chat.completion', choices: [{ index: 0, message, finish_reason: 'stop' }] };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
