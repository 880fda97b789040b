import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudioPerson } from '../harness/studio-person.ts';
import { cardFor, cardSaying, linksOf, pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage } from '../harness/teams.ts';
import { alex, approversChannel, megan, patti, startWorld, type World } from '../harness/world.ts';
import { unzip } from '../harness/zip.ts';

const changed = 'It changed after you confirmed, so nothing was done.';

let world: World;
let lab: StudioPerson;
let fraud: StudioPerson;

beforeAll(async () => {
  world = await startWorld();
  lab = new StudioPerson(world.studio, 'Churn Lab');
  fraud = new StudioPerson(world.studio, 'Fraud Detection');
});
afterAll(() => world.close());

/** The names of the files in the archive that a card links to. */
async function archived(result: PostedMessage): Promise<string[]> {
  const response = await fetch(linksOf(result)[0] ?? '');
  const files = await unzip(Buffer.from(await response.arrayBuffer()));
  const manifest = JSON.parse(files.get('manifest.json')?.toString() ?? '');
  return manifest.files.map(({ name }: { name: string }) => name);
}

const deletions = async (): Promise<number> => {
  const log = (await (await fetch(`${world.studio.url}/_control/log`)).json()) as { method: string; path: string }[];
  return log.filter(({ method }) => method === 'DELETE').length;
};

describe('an export', () => {
  it('of a kind that has a new asset since its preview shows it, and runs once that is confirmed', async () => {
    const { teams } = world;
    await teams.write(alex, 'export all my datasets in workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, /Export \d+ assets from “Churn Lab”\?/u);
    const shown = Number(/Export (\d+) assets/u.exec(cardText(preview.card))?.[1]);
    await lab.upload('late for export.csv');
    await pressButton(teams, alex, preview, 'Export');
    const second = await cardFor(teams, alex, changed, 'New since the preview: dataset “late for export.csv”.');
    expect(second.id).toBe(preview.id);
    expect(cardText(second.card)).toContain(`Export ${shown + 1} assets`);
    // The old button confirms nothing any more.
    await pressButton(teams, alex, preview, 'Export');
    await pressButton(teams, alex, second, 'Export');
    const result = await cardFor(teams, alex, 'is ready', 'SHA-256');
    expect(await archived(result)).toContain('late for export.csv');
    teams.forget(result.id);
  });

  it('of a whole workspace is asked for again each time that it changed, and says why', async () => {
    const { teams } = world;
    await teams.write(megan, 'export workspace "Fraud Detection"');
    let preview = await cardFor(teams, megan, 'Export “Fraud Detection”?');
    for (const name of ['first late.csv', 'second late.csv']) {
      await fraud.upload(name);
      await pressButton(teams, megan, preview, 'Export');
      preview = await cardFor(teams, megan, changed, `New since the preview: dataset “${name}”.`);
    }
    await pressButton(teams, megan, preview, 'Export');
    const result = await cardFor(teams, megan, 'is ready', 'SHA-256');
    expect(await archived(result)).toContain('second late.csv');
    teams.forget(result.id);
  });

  it('whose asset is merely gone runs without being asked for again, and names it at the end', async () => {
    const { teams } = world;
    await fraud.upload('short-lived.csv');
    await teams.write(megan, 'export datasets short-lived.csv and labels.csv in workspace "Fraud Detection"');
    const preview = await cardFor(teams, megan, 'Export 2 assets from “Fraud Detection”?');
    await fraud.remove('short-lived.csv');
    await pressButton(teams, megan, preview, 'Export');
    const result = await cardFor(teams, megan, 'is ready', '1 exception', 'short-lived.csv');
    expect(result.id).toBe(preview.id);
    teams.forget(result.id);
  });
});

describe('a deletion', () => {
  it('of everything that fits shows what is renamed and what is new, and deletes only after the second confirmation', async () => {
    const { teams } = world;
    await lab.upload('tmp one.csv');
    await lab.upload('tmp two.csv');
    await teams.write(alex, 'delete all datasets with tmp in the name in workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Delete 2 datasets from “Churn Lab”?');
    await lab.upload('tmp 2.csv', 'tmp two.csv');
    await lab.upload('tmp three.csv');
    const before = await deletions();
    await pressButton(teams, alex, preview, 'Delete 2');
    const second = await cardFor(
      teams,
      alex,
      changed,
      'New since the preview: dataset “tmp three.csv”.',
      'Renamed: dataset “tmp two.csv” → “tmp 2.csv”.',
    );
    expect(await deletions()).toBe(before);
    await pressButton(teams, alex, second, 'Delete 3 datasets');
    await cardFor(teams, alex, '3 assets deleted', 'Checked with a fresh list');
    expect((await lab.names()).filter((name) => name.startsWith('tmp'))).toEqual([]);
  });

  it('of a name that has a new version shows that, and asks again', async () => {
    const { teams } = world;
    await lab.upload('versions.csv');
    await teams.write(alex, 'delete dataset versions.csv in workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Delete “versions.csv” from “Churn Lab”?');
    await lab.upload('versions.csv', 'versions.csv');
    await pressButton(teams, alex, preview, 'Delete versions.csv');
    const second = await cardFor(teams, alex, changed, 'New version: dataset “versions.csv”.');
    expect(await lab.names()).toContain('versions.csv');
    await pressButton(teams, alex, second, 'Delete versions.csv');
    await cardFor(teams, alex, 'Deleted “versions.csv”');
  });

  it('of a name that became another one keeps meaning the same asset, and says how it is called now', async () => {
    const { teams } = world;
    await lab.upload('alpha.csv');
    await teams.write(alex, 'delete dataset alpha.csv in workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Delete “alpha.csv” from “Churn Lab”?');
    await lab.upload('omega.csv', 'alpha.csv');
    await pressButton(teams, alex, preview, 'Delete alpha.csv');
    const second = await cardFor(teams, alex, changed, 'Renamed: dataset “alpha.csv” → “omega.csv”.');
    expect(cardText(second.card)).toContain('Delete “omega.csv”');
    await pressButton(teams, alex, second, 'Cancel');
    expect(await lab.names()).toContain('omega.csv');
  });

  it('of a name that several things bear by now asks which one is meant', async () => {
    const { teams } = world;
    await lab.upload('twins.csv');
    await teams.write(alex, 'delete dataset TWINS.csv in workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Delete “twins.csv” from “Churn Lab”?');
    await lab.upload('Twins.csv');
    await pressButton(teams, alex, preview, 'Delete twins.csv');
    const question = await cardFor(teams, alex, changed, '“TWINS.csv” is the name of 2 assets');
    expect(question.id).toBe(preview.id);
    expect((await lab.names()).filter((name) => /^twins/iu.test(name))).toHaveLength(2);
  });

  it('of several names, one gone and one replaced, asks again about what is left', async () => {
    const { teams } = world;
    for (const name of ['left.csv', 'right.csv']) await lab.upload(name);
    await teams.write(alex, 'delete datasets left.csv and right.csv in workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'from “Churn Lab”?', 'left.csv', 'right.csv');
    await lab.remove('left.csv');
    await lab.upload('right.csv', 'right.csv');
    await pressButton(teams, alex, preview, 'Delete 2');
    const second = await cardFor(
      teams,
      alex,
      'Delete “right.csv”',
      'New version: dataset “right.csv”.',
      'No longer included: dataset “left.csv”.',
    );
    await pressButton(teams, alex, second, 'Delete right.csv');
    await cardFor(teams, alex, 'Deleted “right.csv”');
  });

  it('that has begun goes on after an interruption, whatever is new by then, and leaves that alone', async () => {
    const { teams } = world;
    for (const name of ['begun one.csv', 'begun two.csv']) await lab.upload(name);
    await teams.write(alex, 'delete all datasets with begun in the name in workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Delete 2 datasets from “Churn Lab”?', 'begun one.csv');
    const match = { method: 'DELETE', pathPattern: await lab.familyOf('begun two.csv') };
    const rule = { match, fault: { kind: 'status', status: 503 } };
    await fetch(`${world.studio.url}/_control/faults`, { method: 'POST', body: JSON.stringify([rule]) });
    await pressButton(teams, alex, preview, 'Delete 2');
    // One is gone, the other failed in passing: the next run takes it up.
    await cardFor(teams, alex, /I keep trying|has not answered/u);
    expect(await lab.names()).not.toContain('begun one.csv');
    await lab.upload('begun three.csv');
    await fetch(`${world.studio.url}/_control/faults`, { method: 'DELETE' });
    const receipt = await cardFor(teams, alex, '2 assets deleted', 'Checked with a fresh list', 'begun two.csv');
    expect(receipt.id).toBe(preview.id);
    expect(await lab.names()).toContain('begun three.csv');
  });

  it('that changed after its approval is confirmed and approved anew', async () => {
    const { teams } = world;
    await teams.send(
      teams.activity(
        patti,
        { type: 'installationUpdate', action: 'add' },
        { conversation: approversChannel, kind: 'channel' },
      ),
    );
    await fraud.upload('approved.csv');
    await teams.write(alex, 'delete dataset approved.csv in workspace "Fraud Detection"');
    const preview = await cardFor(teams, alex, 'Delete “approved.csv” from “Fraud Detection”?');
    await pressButton(teams, alex, preview, 'Delete');
    const approval = await cardSaying(teams, approversChannel, 'Alex Wilber wants to delete');
    await fraud.upload('approved.csv', 'approved.csv');
    await pressButton(teams, patti, approval, 'Approve', 'channel');
    const second = await cardFor(teams, alex, changed, 'New version: dataset “approved.csv”.');
    await cardSaying(
      teams,
      approversChannel,
      'Changed before it started',
      'until Alex Wilber confirms the new preview',
    );
    // The approval that was given holds no longer.
    await pressButton(teams, patti, approval, 'Approve', 'channel');
    expect(await fraud.names()).toContain('approved.csv');
    await pressButton(teams, alex, second, 'Delete');
    const again = await cardSaying(teams, approversChannel, 'Alex Wilber wants to delete', 'so I ask you again');
    expect(await fraud.names()).toContain('approved.csv');
    await pressButton(teams, patti, again, 'Approve', 'channel');
    await cardFor(teams, alex, 'Deleted “approved.csv”', 'Patti Fernandez');
  });
});
