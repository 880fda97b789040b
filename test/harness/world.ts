import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../src/config.ts';
import type { DatabaseSettings } from '../../src/database/connection.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { type ChatPerson, chatPeople, chatPerson } from '../../src/emulators/graph/sample-people.ts';
import type { StudioEmulatorOptions } from '../../src/emulators/studio-classic/studio-emulator.ts';
import { localSettings } from '../../src/local/local-settings.ts';
import { createLog } from '../../src/log.ts';
import { type Running, start } from '../../src/main.ts';
import { systemClock } from '../../src/system-clock.ts';
import { emptyEmbedded } from './databases.ts';
import { startTestEmulator, type TestEmulator } from './emulator.ts';
import { Teams } from './teams.ts';

export const alex: ChatPerson = chatPerson('alexw@example.com');
export const megan: ChatPerson = chatPerson('meganb@example.com');
export const adele: ChatPerson = chatPerson('adelev@example.com');
export const isaiah: ChatPerson = chatPerson('isaiahl@example.com');
export const patti: ChatPerson = chatPerson('pattif@example.com');

/** The conversation in which approvals are requested. */
export const approversChannel = 'approvers-channel';

/** All services around Steward, and a Steward in this process. */
export interface World {
  readonly teams: Teams;
  readonly studio: TestEmulator;
  readonly steward: Running;
  readonly settings: Settings;
  /** All lines of Steward's log. */
  readonly log: readonly string[];
  close(): Promise<void>;
}

/** The options of a test. */
export interface WorldOptions {
  readonly database?: DatabaseSettings;
  /** Options of the Studio emulator. */
  readonly studio?: Partial<StudioEmulatorOptions>;
  /** Changes the settings before Steward starts; the services around it are running already. */
  readonly prepare?: (settings: Settings, studio: TestEmulator) => Promise<Settings>;
  /** Steward's clock; `hurriedClock` by default. */
  readonly clock?: Clock;
  /** False when Steward cannot become ready yet. */
  readonly awaitReady?: boolean;
}

/** The real time with short waits, for tests of what happens after a wait. */
export const hurriedClock: Clock = {
  now: systemClock.now,
  wait: (milliseconds, signal) => systemClock.wait(milliseconds / 50, signal),
};

/** Starts the Studio emulator, Azurite, Teams' connector and a Steward connected to them. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'steward-world-'));
  const studio = await startTestEmulator({ blobProxy: true, ...options.studio });
  const teams = await Teams.start(chatPeople);
  const plain = settingsFor(studio, options.database ?? (await emptyEmbedded(join(folder, 'database'))));
  // Raises the limits on messages and open requests, since tests write faster than people.
  const talkative = { ...plain, requests: { ...plain.requests, maxMessageBurst: 1_000, maxOpenRequests: 1_000 } };
  const settings = options.prepare ? await options.prepare(talkative, studio) : talkative;
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const steward = await start(settings, options.clock ?? hurriedClock, log);
  teams.endpoint = `http://127.0.0.1:${steward.port}/api/messages`;
  if (options.awaitReady !== false) await steward.ready;
  return {
    teams,
    studio,
    steward,
    settings,
    log: lines,
    close: async () => {
      await steward.stop();
      await teams.stop();
      await studio.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Settings of a local Steward that uses these services, on a free port. */
export function settingsFor(studio: TestEmulator, database: DatabaseSettings): Settings {
  return localSettings(
    { studio, azurite: studio.azurite },
    {
      port: 0,
      database,
      minUpdateGapMs: 200,
      approvers: [megan.email, patti.email],
      approvalConversationId: approversChannel,
    },
  );
}
