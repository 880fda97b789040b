import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import type { Settings } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { start } from '../../src/main.ts';
import { systemClock } from '../../src/system-clock.ts';

/**
 * Steward in a separate process, for tests that kill it. Reads settings as one line of JSON from standard input and
 * prints the port as one line when it is ready.
 */
for await (const line of createInterface({ input: process.stdin })) {
  const read = JSON.parse(line) as Omit<Settings, 'roles'> & { roles: ('bot' | 'worker')[] };
  const running = await start({ ...read, roles: new Set(read.roles) }, systemClock, createLog('warn'));
  await running.ready;
  // A killed process does not write its compile cache, so it is written now.
  flushCompileCache();
  process.stdout.write(`${running.port}\n`);
}
process.exit(0);
