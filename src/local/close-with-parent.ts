import { enableCompileCache } from 'node:module';

/**
 * Preloaded (`node --import`) into third-party programs, so that they end with this process. Their standard input is a
 * pipe to this process; when it closes, also because this process was killed, the child runs its SIGTERM handlers (some
 * programs then write their data), and exits when it has none or they take longer than this.
 */
const maxWaitMilliseconds = 10_000;

// Caches compiled code: these programs are large, and a second start takes half as long.
enableCompileCache();

function stop(): void {
  setTimeout(() => process.exit(1), maxWaitMilliseconds).unref();
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit();
}

process.stdin.on('error', stop);
process.stdin.once('close', stop);
process.stdin.resume();
