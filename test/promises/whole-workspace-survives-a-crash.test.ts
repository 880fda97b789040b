import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Settings } from '../../src/config.ts';
import { type ChatPerson, chatPeople } from '../../src/local/chat-people.ts';
import { type StewardChild, startStewardChild } from '../harness/child.ts';
import { startCountingProxy } from '../harness/counting-proxy.ts';
import { startTestEmulator } from '../harness/emulator.ts';
import { cardFor, pressButton } from '../harness/talk.ts';
import { cardText, personalChat, Teams } from '../harness/teams.ts';
import { alex, megan, settingsFor } from '../harness/world.ts';

/** Which request to Studio, Azure or Teams after the confirmation kills Steward. */
const killedAt = [1, 4, 8, 12, 16, 20];

/** A Steward of its own, killed at one request after the confirmation, and started again. */
async function killedOnce(owner: ChatPerson, workspace: string, at: number) {
  const folder = await mkdtemp(join(tmpdir(), 'steward-crash-'));
  const studio = await startTestEmulator({ blobProxy: true });
  const teams = await Teams.start(chatPeople);
  const death = Promise.withResolvers<'killed'>();
  let countdown = Number.POSITIVE_INFINITY;
  let child: StewardChild | null = null;
  const count = async (): Promise<void> => {
    countdown -= 1;
    if (countdown !== 0) return;
    await child?.kill();
    death.resolve('killed');
  };
  const proxy = await startCountingProxy(studio.url, count);
  teams.onCall = count;
  const plain = settingsFor(studio, { kind: 'embedded', folder: join(folder, 'database') });
  const settings: Settings = {
    ...plain,
    studio: studio.registrations().map((each) => ({ ...each, endpoint: `${proxy.url}/api/` })),
    resourceManager: { kind: 'fixed-token', ...studio.resourceManager, endpoint: proxy.url },
    requests: { ...plain.requests, firstWatchMs: 250 },
  };
  const start = async (): Promise<void> => {
    child = await startStewardChild(settings);
    teams.endpoint = child.endpoint;
  };
  try {
    await start();
    await teams.write(owner, `delete workspace "${workspace}"`);
    const preview = await cardFor(teams, owner, `Delete the whole workspace “${workspace}”?`);
    const confirm = () => pressButton(teams, owner, preview, 'Delete workspace').catch(() => undefined);
    const ended = () => cardFor(teams, owner, `Deleted the workspace “${workspace}”`, 'Checked');
    countdown = at;
    await confirm();
    const first = await Promise.race([death.promise, ended()]);
    if (first === 'killed') {
      await start();
      await confirm();
      await ended();
    }
    const log = (await (await fetch(`${studio.url}/_control/log`)).json()) as { method: string }[];
    const receipts = teams.messages(personalChat(owner)).filter(({ card }) => cardText(card).includes('Deleted the'));
    return {
      killed: first === 'killed',
      deletions: log.filter(({ method }) => method === 'DELETE').length,
      receipts: receipts.length,
      left: [...studio.workspaceNames().values()],
    };
  } finally {
    await (child as StewardChild | null)?.kill();
    await proxy.close();
    await teams.stop();
    await studio.close();
    await rm(folder, { recursive: true, force: true });
  }
}

it.each([
  ['free', alex, 'Churn Lab'],
  ['standard', megan, 'Fraud Detection'],
] as const)(
  'the deletion of a whole %s workspace, killed anywhere, ends once and with a proven receipt',
  async (_type, owner, workspace) => {
    let kills = 0;
    for (const at of killedAt) {
      const { killed, deletions, receipts, left } = await killedOnce(owner, workspace, at);
      const context = `killed at request ${at}`;
      if (killed) kills += 1;
      expect(left, context).not.toContain(workspace);
      expect(left.length, context).toBe(2);
      expect(receipts, context).toBe(1);
      // Asked for again only by a run that could not know the answer of the one that died.
      expect(deletions, context).toBeGreaterThanOrEqual(1);
      expect(deletions, context).toBeLessThanOrEqual(2);
    }
    expect(kills).toBeGreaterThanOrEqual(4);
  },
  10 * 60_000,
);
