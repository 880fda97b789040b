import type { createArchiveStorage } from './archive/storage.ts';
import type { Settings } from './config.ts';
import { type Database, openDatabase } from './database/connection.ts';
import type { Clock } from './domain/clock.ts';
import type { Log } from './domain/logger.ts';

/** Waits between attempts to reach a service that is down, in milliseconds (backoff); the last one repeats. */
const reconnectWaits = [500, 1_000, 2_000, 5_000, 10_000];

/** Opens the database, and waits for a server that is down. Throws what a folder on this machine answers. */
export async function openWithRetries(
  settings: Settings,
  clock: Clock,
  log: Log,
  signal: AbortSignal,
): Promise<Database> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await openDatabase(settings.database, (error) => log.error('database error', error));
    } catch (error) {
      // Waiting helps with a server that is down, but not with a folder that another process has locked.
      if (settings.database.kind === 'embedded') throw error;
      log.error('database unavailable; retrying', error);
      await clock.wait(reconnectWaits[attempt] ?? reconnectWaits.at(-1) ?? 0, signal);
    }
  }
}

/** Runs in the background: people get answers while storage is down, and readiness reports it. Never rejects. */
export async function ensureContainer(
  storage: ReturnType<typeof createArchiveStorage>,
  clock: Clock,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      return await storage.ensure();
    } catch (error) {
      if (attempt === 0) log.error('archive container not created; retrying', error);
      await clock.wait(reconnectWaits[attempt] ?? reconnectWaits.at(-1) ?? 0, signal).catch(() => undefined);
    }
  }
}
