/**
 * Preloaded (`node --import`) into programs of others that write their data when asked to stop:
 * their standard input is a pipe we hold. When it closes, because we closed it or because we were
 * killed, the child is asked to stop as by SIGTERM, and is ended when it takes too long.
 */
const patienceMilliseconds = 10_000;

function stop(): void {
  setTimeout(() => process.exit(1), patienceMilliseconds).unref();
  process.emit('SIGTERM', 'SIGTERM');
}

process.stdin.on('error', stop);
process.stdin.once('close', stop);
process.stdin.resume();
