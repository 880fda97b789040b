/**
 * Preloaded (`node --import`) into programs of others that we start as children:
 * their standard input is a pipe we hold, and when it closes, because we closed it
 * or because we were killed, the child ends too instead of staying on its port.
 */
process.stdin.on('error', () => process.exit());
process.stdin.on('close', () => process.exit());
process.stdin.resume();
