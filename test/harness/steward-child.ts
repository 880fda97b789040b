import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import type { Settings } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { start } from '../../src/main.ts';
import { systemClock } from '../../src/system-clock.ts';

/**
 * Steward in a process of its own, for tests that kill it. Settings come as one line of JSON on standard input;
 * the port goes out as one line when it is ready.
 */
for await (const line of createInterface({ input: process.stdin })) {
  const read = JSON.parse(line) as Omit<Settings, 'roles'> & { roles: ('bot' | 'worker')[] };
  const running = await start({ ...read, roles: new Set(read.roles) }, systemClock, createLog('warn'));
  await running.ready;
  // Whoever is killed keeps nothing for the next one by itself.
  flushCompileCache();
  process.stdout.write(`${running.port}\n`);
}
process.exit(0);
