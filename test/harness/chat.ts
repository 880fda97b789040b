import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { ChatPerson } from '../../src/emulators/graph/sample-people.ts';
import type { StudioEmulatorOptions } from '../../src/emulators/studio-classic/studio-emulator.ts';
import { introduceToTeam } from '../../src/local/introduction.ts';
import { type Playground, startPlayground } from '../../src/local/playground.ts';
import { chatConversations } from '../../src/local/playground-config.ts';
import { createLog } from '../../src/log.ts';
import { start } from '../../src/main.ts';
import { launchBrowser } from './browser.ts';
import { emptyEmbedded } from './databases.ts';
import { startTestEmulator } from './emulator.ts';
import { ChatWindow } from './playground.ts';
import { alex, hurriedClock, megan, settingsFor } from './world.ts';

/** The whole product with chat windows for Alex and for Megan, who approves in her Announcements channel. */
export interface Chat {
  /** Opens a new page of a person's window; `close` closes it with the rest. */
  open(person: ChatPerson): Promise<ChatWindow>;
  close(): Promise<void>;
}

/** Starts all parts of `npm start` with the small seed on free ports, and a headless browser. */
export async function startChat(executable: string, studioOptions: Partial<StudioEmulatorOptions> = {}): Promise<Chat> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const part of closing.splice(0).reverse()) await part();
  };
  try {
    const folder = await mkdtemp(path.join(tmpdir(), 'steward-chat-'));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const studio = await startTestEmulator(studioOptions);
    closing.push(() => studio.close());
    const plain = settingsFor(studio, await emptyEmbedded(path.join(folder, 'database')));
    const approvalConversationId = chatConversations(megan).announcements;
    const settings = { ...plain, requests: { ...plain.requests, approvers: [megan.email], approvalConversationId } };
    const steward = await start(settings, hurriedClock, createLog('error'));
    closing.push(() => steward.stop());
    const endpoint = `http://127.0.0.1:${steward.port}/api/messages`;
    const window = async (person: ChatPerson): Promise<Playground> => {
      const dataFolder = path.join(folder, person.id);
      const playground = await startPlayground({ endpoint, port: 0, person: person.email, dataFolder });
      closing.push(() => playground.close());
      return playground;
    };
    const browser = async (): Promise<Browser> => {
      const launched = await launchBrowser(executable);
      closing.push(() => launched.close());
      return launched;
    };
    const [alexs, megans, chromium] = await Promise.all([window(alex), window(megan), browser(), steward.ready]);
    await introduceToTeam(endpoint, megans, 'announcements');
    return { open: (person) => ChatWindow.open(chromium, person === megan ? megans : alexs), close };
  } catch (error) {
    await close();
    throw error;
  }
}
