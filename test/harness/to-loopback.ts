/**
 * Preloaded (`node --import`) into a Steward that otherwise runs exactly as it is deployed. Redirects the host names of
 * the services that it calls to stand-ins on this machine, and all other names to a port without a listener, so that no
 * call leaves this machine. The product itself has no setting for this. `TEST_ROUTES` is JSON: host name to loopback
 * port, for all ports of that host.
 */
import { Socket } from 'node:net';

const routes = new Map<string, number>(Object.entries(JSON.parse(process.env.TEST_ROUTES ?? '{}')));
const connect = Socket.prototype.connect;
const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|localhost)$/u;
/** A port without a listener. */
const nowhere = 1;

Socket.prototype.connect = function connectToLoopback(this: Socket, ...parameters: unknown[]) {
  // `net.connect()` passes its arguments on in an array.
  const [first] = parameters;
  const options: unknown = Array.isArray(first) ? first[0] : first;
  if (typeof options === 'object' && options !== null && 'host' in options && typeof options.host === 'string') {
    const target = options as { host: string; port?: unknown };
    if (!loopback.test(target.host)) {
      target.port = routes.get(target.host) ?? nowhere;
      target.host = '127.0.0.1';
    }
  }
  return Reflect.apply(connect, this, parameters);
};
