import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import type { Settings } from '../../src/config.ts';
import { type ChatPerson, chatPeople } from '../../src/emulators/graph/sample-people.ts';
import { type StewardChild, startStewardChild } from '../harness/child.ts';
import { startCountingProxy } from '../harness/counting-proxy.ts';
import { emptyEmbedded } from '../harness/databases.ts';
import { startTestEmulator } from '../harness/emulator.ts';
import { cardFor, pressButton } from '../harness/talk.ts';
import { cardText, personalChat, Teams } from '../harness/teams.ts';
import { alex, megan, settingsFor } from '../harness/world.ts';

/** Which request to Studio, Azure or Teams after the confirmation kills Steward; every other one unless all are wanted. */
const all = [1, 4, 8, 12, 16, 20];
const killedAt = inject('campaign') ? all : all.filter((_at, index) => index % 2 === 0);

/** A Steward with a switch that kills it at one request. */
async function startKillable() {
  const folder = await mkdtemp(join(tmpdir(), 'steward-crash-'));
  const studio = await startTestEmulator({ blobProxy: true });
  const teams = await Teams.start(chatPeople);
  let death = Promise.withResolvers<'killed'>();
  let countdown = Number.POSITIVE_INFINITY;
  let fired = false;
  let child: StewardChild | null = null;
  const count = async (): Promise<void> => {
    countdown -= 1;
    if (countdown !== 0) return;
    fired = true;
    await child?.kill();
    death.resolve('killed');
  };
  const proxy = await startCountingProxy(studio.url, count);
  teams.onCall = count;
  const plain = settingsFor(studio, await emptyEmbedded(join(folder, 'database')));
  const settings: Settings = {
    ...plain,
    studio: studio.registrations().map((each) => ({ ...each, endpoint: `${proxy.url}/api/` })),
    resourceManager: { kind: 'fixed-token', ...studio.resourceManager, endpoint: proxy.url },
    requests: { ...plain.requests, firstPollMs: 250 },
  };
  const start = async (): Promise<void> => {
    child = await startStewardChild(settings);
    teams.endpoint = child.endpoint;
  };
  return {
    studio,
    teams,
    start,
    /** Gives what resolves once Steward was killed at this request from now on. */
    killAt: (request: number): Promise<'killed'> => {
      death = Promise.withResolvers<'killed'>();
      fired = false;
      countdown = request;
      return death.promise;
    },
    /** When the switch fires with what follows the receipt, Steward is started again for what the test asks next. */
    settle: async (): Promise<void> => {
      countdown = Number.POSITIVE_INFINITY;
      if (!fired) return;
      await death.promise;
      await start();
    },
    close: async (): Promise<void> => {
      await child?.kill();
      await proxy.close();
      await teams.stop();
      await studio.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Deletes a workspace with Steward killed at one request after the confirmation, and started again. */
async function killedOnce(
  { studio, teams, start, killAt, settle }: Awaited<ReturnType<typeof startKillable>>,
  owner: ChatPerson,
  workspace: string,
  at: number,
) {
  await fetch(`${studio.url}/_control/log`, { method: 'DELETE' });
  await teams.write(owner, `delete workspace "${workspace}"`);
  const preview = await cardFor(teams, owner, `Delete the whole workspace “${workspace}”?`);
  const confirm = () => pressButton(teams, owner, preview, 'Delete workspace').catch(() => undefined);
  const ended = () =>
    cardFor(teams, owner, new RegExp(`(?:Deleted the|The) workspace “${workspace}”(?: is gone)?`, 'u'), 'Checked');
  const death = killAt(at);
  await confirm();
  const first = await Promise.race([death, ended()]);
  if (first === 'killed') {
    await start();
    await confirm();
    await ended();
  } else {
    await settle();
  }
  const log = (await (await fetch(`${studio.url}/_control/log`)).json()) as { method: string }[];
  const receipts = teams.messages(personalChat(owner)).filter(({ card }) => cardText(card).includes('Deleted the'));
  return {
    killed: first === 'killed',
    deletions: log.filter(({ method }) => method === 'DELETE').length,
    receipts: receipts.length,
    left: [...studio.workspaceNames().values()],
  };
}

const victims = [
  ['free', alex, 'Churn Lab'],
  ['standard', megan, 'Fraud Detection'],
] as const;

it(
  'the deletion of a whole workspace, killed anywhere, ends once and with a proven receipt',
  async () => {
    const kills = { free: 0, standard: 0 };
    for (const at of killedAt) {
      const world = await startKillable();
      try {
        await world.start();
        const before = [...world.studio.workspaceNames().values()].length;
        for (const [index, [type, owner, workspace]] of victims.entries()) {
          const { killed, deletions, receipts, left } = await killedOnce(world, owner, workspace, at);
          const context = `a ${type} workspace, killed at request ${at}`;
          if (killed) kills[type] += 1;
          expect(left, context).not.toContain(workspace);
          expect(left.length, context).toBe(before - index - 1);
          expect(receipts, context).toBe(1);
          // Asked for again only by a run that could not know the answer of the one that died.
          expect(deletions, context).toBeGreaterThanOrEqual(1);
          expect(deletions, context).toBeLessThanOrEqual(2);
        }
      } finally {
        await world.close();
      }
    }
    const most = Math.floor((killedAt.length * 2) / 3);
    expect(kills.free).toBeGreaterThanOrEqual(most);
    expect(kills.standard).toBeGreaterThanOrEqual(most);
  },
  20 * 60_000,
);
