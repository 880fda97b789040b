import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../src/config.ts';
import type { StudioEmulatorOptions } from '../../src/emulators/studio-classic/studio-emulator.ts';
import { everyDeletionNeeds } from '../harness/policies.ts';
import { StudioPerson } from '../harness/studio-person.ts';
import { buttonOf, cardFor, cardSaying, linksOf, pressButton } from '../harness/talk.ts';
import { cardText, personalChat } from '../harness/teams.ts';
import { adele, alex, approversChannel, megan, patti, startWorld, type World } from '../harness/world.ts';
import { unzip } from '../harness/zip.ts';

const arm = 'providers/Microsoft.MachineLearning/workspaces';

let world: World;

/** A Steward that looks for a workspace four times a second. */
const start = async (
  change: (settings: Settings) => Settings = (settings) => settings,
  studio: Partial<StudioEmulatorOptions> = {},
): Promise<void> => {
  world = await startWorld({
    studio,
    prepare: async (plain) => {
      const settings = change(plain);
      return { ...settings, requests: { ...settings.requests, firstPollMs: 250 } };
    },
  });
};
afterEach(() => world.close());

const fault = async (method: string, pathPattern: string, status: number): Promise<void> => {
  const rule = { match: { method, pathPattern }, fault: { kind: 'status', status, code: 'AuthorizationFailed' } };
  await fetch(`${world.studio.url}/_control/faults`, { method: 'POST', body: JSON.stringify([rule]) });
};
const clearFaults = () => fetch(`${world.studio.url}/_control/faults`, { method: 'DELETE' });
const deletions = async (): Promise<string[]> => {
  const log = (await (await fetch(`${world.studio.url}/_control/log`)).json()) as { method: string; path: string }[];
  return log.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
};
/** Somebody with the right to do so deletes the workspace in the portal. */
const deleteInPortal = async (): Promise<void> => {
  const { endpoint, token } = world.studio.resourceManager;
  const id = '/subscriptions/3f1d2c4b-0a9e-4d77-8b61-2f6c1e5a7d90/resourceGroups/ml';
  const response = await fetch(`${endpoint}${id}/${arm}/fraud-detection?api-version=2019-10-01`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
};
const opens = async (name: string): Promise<boolean> => {
  const names = world.studio.workspaceNames();
  return [...names.values()].includes(name);
};

describe('deleting a whole free workspace', () => {
  beforeEach(() => start());

  it('shows what goes, deletes it through Studio once confirmed, and proves that it is gone', async () => {
    const { teams } = world;
    await teams.write(alex, 'delete workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Delete the whole workspace “Churn Lab”?', 'Free account', 'Datasets');
    const said = cardText(preview.card);
    expect(said).toContain('All personal customer data');
    expect(said).toContain('through Studio');
    expect(said).toContain('classic web service');
    expect(await deletions()).toEqual([]);
    await pressButton(teams, alex, preview, 'Delete workspace Churn Lab');
    const receipt = await cardFor(
      teams,
      alex,
      'Deleted the workspace “Churn Lab”',
      'Checked',
      'Alex Wilber',
      /DSR-\d+/u,
    );
    expect(receipt.id).toBe(preview.id);
    expect(await opens('Churn Lab')).toBe(false);
    expect(await deletions()).toHaveLength(1);
    // The others are untouched.
    expect(await opens('Fraud Detection')).toBe(true);
  });

  it('is not confirmed without its name, nor by the name of another one or of nothing', async () => {
    const { teams } = world;
    await teams.write(alex, 'delete workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Delete the whole workspace “Churn Lab”?');
    expect(JSON.stringify(preview.card)).toContain('type the name of the workspace');
    const button = buttonOf(preview, 'Delete workspace') as object;
    for (const typed of [undefined, '', '   ', 'Fraud Detection', 'Churn', 'yes', 'x'.repeat(4_000)]) {
      const before = teams.messages(personalChat(alex)).length;
      const { status } = await teams.press(alex, { ...button, ...(typed === undefined ? {} : { typed }) });
      expect(status).toBe(200);
      const said = teams.messages(personalChat(alex)).slice(before);
      expect(said.map(({ card }) => cardText(card)).join()).toContain('type its name into the field of the card');
    }
    const { status } = await teams.press(alex, { ...button, typed: 'x'.repeat(4_001) });
    expect(status).toBe(200);
    expect(await deletions()).toEqual([]);
    // Letter case does not matter, as wherever a name is typed.
    await teams.press(alex, { ...button, typed: ' churn lab ' });
    await cardFor(teams, alex, 'Deleted the workspace “Churn Lab”');
  });

  it('shows the difference and asks again when the workspace changed after the preview', async () => {
    const { teams } = world;
    await teams.write(alex, 'delete workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Delete the whole workspace “Churn Lab”?');
    await new StudioPerson(world.studio, 'Churn Lab').upload('late.csv');
    await pressButton(teams, alex, preview, 'Delete workspace');
    const second = await cardFor(
      teams,
      alex,
      'It changed after you confirmed',
      'New since the preview: dataset “late.csv”',
    );
    expect(second.id).toBe(preview.id);
    expect(await deletions()).toEqual([]);
    // The buttons of the first preview confirm nothing any more: one was used, the other is outdated.
    await pressButton(teams, alex, preview, 'Delete workspace');
    await pressButton(teams, alex, preview, 'Export first');
    await cardFor(teams, alex, 'out of date');
    expect(await deletions()).toEqual([]);
    await pressButton(teams, alex, second, 'Delete workspace');
    await cardFor(teams, alex, 'Deleted the workspace “Churn Lab”');
  });

  it('keeps the workspace and hands over the archive when it cannot be exported completely first', async () => {
    const { teams } = world;
    await teams.write(alex, 'delete workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Delete the whole workspace “Churn Lab”?');
    await pressButton(teams, alex, preview, 'Export first');
    const kept = await cardFor(teams, alex, 'was kept', 'could not be exported completely', 'Download');
    expect(await deletions()).toEqual([]);
    const response = await fetch(linksOf(kept)[0] ?? '');
    const files = await unzip(Buffer.from(await response.arrayBuffer()));
    expect(files.has('manifest.json')).toBe(true);
  });

  it('cannot be reached by a forged press on a deletion of assets', async () => {
    const { teams } = world;
    await teams.write(alex, 'delete dataset churn.csv in workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Delete “churn.csv” from “Churn Lab”?');
    const data = /"data":(\{[^{}]*"choice":"delete"[^{}]*\})/u.exec(JSON.stringify(preview.card))?.[1] ?? '{}';
    for (const choice of ['delete-workspace', 'export-then-delete-workspace']) {
      await teams.press(alex, { ...JSON.parse(data), choice });
    }
    await cardFor(teams, alex, 'not what the preview showed');
    expect(await opens('Churn Lab')).toBe(true);
    expect(await deletions()).toEqual([]);
  });

  it('is left to the person, with steps, where Studio has no such call', async () => {
    const { teams } = world;
    await fault('DELETE', '^/api/workspaces/[0-9a-f]+$', 405);
    await teams.write(alex, 'delete workspace "Churn Lab"');
    await pressButton(teams, alex, await cardFor(teams, alex, 'Delete the whole workspace “Churn Lab”?'), 'Delete');
    const waiting = await cardFor(teams, alex, 'Please delete “Churn Lab” yourself', 'Settings');
    expect(linksOf(waiting)[0]).toContain('https://studio.azureml.net/Home/ViewWorkspace/');
  });
});

describe('deleting a whole standard workspace', () => {
  it('names what is tied to it, deletes it through Azure, and waits until it is gone', async () => {
    // Azure shows a deleted workspace for a while.
    await start(undefined, { deletionLagMs: 1_500 });
    const { teams } = world;
    await teams.write(megan, 'delete workspace "Fraud Detection"');
    const preview = await cardFor(teams, megan, 'Delete the whole workspace “Fraud Detection”?', 'PaidStandard');
    const said = cardText(preview.card);
    for (const name of ['Fraud scoring [Predictive Exp.]', 'Chargeback alert', 'fraud-plan', 'contosofraudstg']) {
      expect(said, name).toContain(name);
    }
    expect(said).toContain('costing money');
    expect(said).toContain('Azure Resource Manager');
    await pressButton(teams, megan, preview, 'Delete workspace');
    await cardFor(teams, megan, 'The deletion is accepted');
    const receipt = await cardFor(teams, megan, 'Deleted the workspace “Fraud Detection”', 'Azure no longer lists it');
    expect(cardText(receipt.card)).toContain('fraud-plan');
    expect(await deletions()).toEqual([expect.stringMatching(/workspaces\/fraud-detection/u)]);
  });

  it('without the right to delete shows the portal’s page, stays open, and ends by itself when the workspace is gone', async () => {
    await start();
    const { teams } = world;
    await fault('DELETE', arm, 403);
    await teams.write(megan, 'delete workspace "Fraud Detection"');
    await pressButton(teams, megan, await cardFor(teams, megan, 'Delete the whole workspace'), 'Delete workspace');
    const waiting = await cardFor(teams, megan, 'Please delete “Fraud Detection” yourself', 'no right');
    expect(linksOf(waiting)[0]).toMatch(/^https:\/\/portal\.azure\.com\/#@.*\/workspaces\/fraud-detection\/overview$/u);
    await teams.write(megan, 'status');
    await cardFor(teams, megan, /DSR-\d+ · Status|Your requests/u, 'Running');
    await clearFaults();
    await deleteInPortal();
    const receipt = await cardFor(teams, megan, 'Deleted the workspace “Fraud Detection”', 'Checked');
    expect(receipt.id).toBe(waiting.id);
  });

  it('without any access to Azure says so before, and afterwards that the end is not proven', async () => {
    await start(({ resourceManager: _none, ...settings }) => settings);
    const { teams } = world;
    await teams.write(megan, 'delete workspace "Fraud Detection"');
    const preview = await cardFor(teams, megan, 'no access to its Azure subscription', 'I cannot look into Azure');
    await pressButton(teams, megan, preview, 'Delete workspace');
    const waiting = await cardFor(teams, megan, 'Please delete', 'Contoso Research');
    expect(linksOf(waiting)[0]).toContain('BrowseResource');
    await deleteInPortal();
    const end = await cardFor(teams, megan, '“Fraud Detection” no longer answers', 'not proven');
    expect(cardText(end.card)).not.toContain('Checked');
  });

  it('ends when the person gives up waiting, and deletes nothing', async () => {
    await start();
    const { teams } = world;
    await fault('DELETE', arm, 403);
    await teams.write(megan, 'delete workspace "Fraud Detection"');
    await pressButton(teams, megan, await cardFor(teams, megan, 'Delete the whole workspace'), 'Delete workspace');
    const waiting = await cardFor(teams, megan, 'Please delete');
    await pressButton(teams, megan, waiting, 'Cancel');
    await cardFor(teams, megan, 'Stopped: the workspace “Fraud Detection” was not deleted');
    expect(await opens('Fraud Detection')).toBe(true);
  });

  it('by an owner needs an approval where every deletion does, and says that it is the whole workspace', async () => {
    await start((settings) => ({
      ...settings,
      requests: { ...settings.requests, policy: { ...everyDeletionNeeds(1), approversExist: true } },
    }));
    const { teams } = world;
    await teams.send(
      teams.activity(
        patti,
        { type: 'installationUpdate', action: 'add' },
        { conversation: approversChannel, kind: 'channel' },
      ),
    );
    await teams.write(megan, 'delete workspace "Fraud Detection"');
    const preview = await cardFor(teams, megan, 'Delete the whole workspace', 'Someone else must approve');
    await pressButton(teams, megan, preview, 'Delete workspace');
    const approval = await cardSaying(teams, approversChannel, 'Megan Bowen wants to delete the whole workspace');
    await pressButton(teams, megan, approval, 'Approve', 'channel');
    await cardSaying(teams, approversChannel, 'somebody else has to approve it');
    expect(await deletions()).toEqual([]);
    await pressButton(teams, patti, approval, 'Approve', 'channel');
    await cardFor(teams, megan, 'Deleted the workspace “Fraud Detection”', 'Patti Fernandez');
  });
});

describe('a whole workspace is not deleted', () => {
  beforeEach(() => start());

  it('for a member who is no owner', async () => {
    const { teams } = world;
    await teams.write(adele, 'delete workspace "Fraud Detection"');
    await cardFor(teams, adele, 'Only an owner', 'Megan Bowen');
    expect(await deletions()).toEqual([]);
  });

  it('for a guest, who is told when it is purged and offered an export before', async () => {
    const { teams, studio } = world;
    const guest = [...studio.workspaceNames().values()].find((each) => /guest/iu.test(each)) ?? '';
    await teams.write(alex, `delete workspace "${guest}"`);
    const refused = await cardFor(teams, alex, 'nothing in it can be deleted on request', 'purged');
    expect(cardText(refused.card)).toContain(`export the workspace "${guest}"`);
    await teams.waitFor(personalChat(alex), ({ card }) => cardText(card).includes('You can do this instead'));
  });
});
