import { readFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { pipeline } from 'node:stream';
import { createServer } from 'node:tls';
import { fileURLToPath } from 'node:url';

/** Terminates TLS for host names of Microsoft in front of stand-ins that use plain HTTP. */
export interface TlsFront {
  readonly port: number;
  close(): Promise<void>;
}

/** Path of the certificate for these names or of its key, for tests only. */
export const namesOfMicrosoft = (file: 'certificate.pem' | 'key.pem') =>
  fileURLToPath(new URL(`../fixtures/names-of-microsoft/${file}`, import.meta.url));

/** Starts it on a free port. `ports` maps each host name to the loopback port behind it. */
export async function startTlsFront(ports: ReadonlyMap<string, number>): Promise<TlsFront> {
  const [cert, key] = await Promise.all([
    readFile(namesOfMicrosoft('certificate.pem')),
    readFile(namesOfMicrosoft('key.pem')),
  ]);
  const server = createServer({ cert, key }, (socket) => {
    const port = ports.get(typeof socket.servername === 'string' ? socket.servername : '');
    if (port === undefined) return void socket.destroy();
    const behind = connect(port, '127.0.0.1');
    pipeline(socket, behind, () => undefined);
    pipeline(behind, socket, () => undefined);
  });
  const sockets = new Set<{ destroy: () => unknown }>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
