/**
 * Preloaded (`node --import`) into third-party programs that have no option for the address they listen on, to bind
 * them to loopback. A chat window lets its user act as somebody without signing in, so it must not be reachable from
 * other machines.
 */
import { Server } from 'node:net';

const listen = Server.prototype.listen;

Server.prototype.listen = function listenOnLoopback(this: Server, ...parameters: unknown[]) {
  const [port, ...rest] = parameters;
  const bound = typeof port === 'number' ? [{ port, host: '127.0.0.1' }, ...rest] : parameters;
  return Reflect.apply(listen, this, bound);
};
