import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy in front of one service that reports every request before it forwards it. */
export interface CountingProxy {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts a proxy on a free port. It calls `onRequest` for every request and awaits the result before it forwards the
 * request, so that a test can act while an operation is in progress.
 */
export async function startCountingProxy(
  target: string,
  onRequest: (method: string, path: string) => Promise<void> | void,
): Promise<CountingProxy> {
  const { hostname, port } = new URL(target);
  const server: Server = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    const pass = async () => {
      await onRequest(method, url);
      const onward = forward({ hostname, port, method, path: url, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      outgoing.on('close', () => onward.destroy());
      incoming.pipe(onward);
    };
    pass().catch(() => outgoing.destroy());
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(target).pathname.replace(/\/$/u, '')}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
