import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A proxied connection to one service, which tests can cut and restore. */
export interface TcpProxy {
  readonly port: number;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Listens again on the same port. */
  mend(): Promise<void>;
  /**
   * Drops every byte from now on, in both directions, without closing anything. Connections stay open and new ones are
   * accepted, as when the machine behind them is gone. Ends with `cut`.
   */
  silence(): void;
  close(): Promise<void>;
}

/** Starts a proxy to a port on this machine. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let silent = false;
  const server: Server = createServer((socket) => {
    const onward = connect(targetPort, '127.0.0.1');
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        // In silent mode the connection is not closed either, like with a machine that is gone.
        if (!silent) other.destroy();
      });
      one.on('data', (bytes) => {
        if (!silent) other.write(bytes);
      });
      one.on('end', () => {
        if (!silent) other.end();
      });
    }
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    silent = false;
    for (const socket of open) socket.destroy();
    await closed;
  };
  const silence = () => {
    silent = true;
  };
  return { port, cut, silence, mend: () => listen(port), close: cut };
}
