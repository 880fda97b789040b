import { enableCompileCache } from 'node:module';

/**
 * Preloaded (`node --import`) into programs of others: their standard input is a pipe we hold. When it
 * closes, because we closed it or because we were killed, the child does what it does at a SIGTERM (some
 * write their data first), and is ended when it does nothing then or takes too long.
 */
const maxWaitMilliseconds = 10_000;

// Such programs are large, and are started again and again: the second time takes half as long.
enableCompileCache();

function stop(): void {
  setTimeout(() => process.exit(1), maxWaitMilliseconds).unref();
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit();
}

process.stdin.on('error', stop);
process.stdin.once('close', stop);
process.stdin.resume();
