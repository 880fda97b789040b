import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { StudioPerson } from '../harness/studio-person.ts';
import { buttonOf, cardFor, cardSaying, linksOf, pressButton } from '../harness/talk.ts';
import { buttons, cardText, type PostedMessage, personalChat } from '../harness/teams.ts';
import { adele, alex, approversChannel, megan, patti, startWorld, type World } from '../harness/world.ts';
import { unzip } from '../harness/zip.ts';

const retry = 'Retry what failed';

let world: World;
let lab: StudioPerson;
let fraud: StudioPerson;

beforeAll(async () => {
  world = await startWorld();
  lab = new StudioPerson(world.studio, 'Churn Lab');
  fraud = new StudioPerson(world.studio, 'Fraud Detection');
});
afterEach(() => heal());
afterAll(() => world.close());

/** Has Studio refuse every call of this kind until it is healed. */
const refuse = (method: string, pathPattern: string): Promise<Response> => {
  const rule = { match: { method, pathPattern }, fault: { kind: 'status', status: 409 } };
  return fetch(`${world.studio.url}/_control/faults`, { method: 'POST', body: JSON.stringify([rule]) });
};
const heal = () => fetch(`${world.studio.url}/_control/faults`, { method: 'DELETE' });

const numberOf = (message: PostedMessage): string => /DSR-\d+/u.exec(cardText(message.card))?.[0] ?? '';
const offersRetry = (message: PostedMessage): boolean => buttons(message.card).some(({ title }) => title === retry);
/** Requests of which a person sees a card in their own chat. */
const requestsIn = (conversation: string): string[] => [
  ...new Set(world.teams.messages(conversation).map(numberOf).filter(Boolean)),
];

/** Deletes two datasets of which Studio refuses the first. */
async function halfDeleted(names: readonly [string, string]): Promise<PostedMessage> {
  const { teams } = world;
  for (const name of names) await fraud.upload(name);
  await teams.write(megan, `delete datasets ${names[0]} and ${names[1]} in workspace "Fraud Detection"`);
  const preview = await cardFor(teams, megan, 'from “Fraud Detection”?', ...names);
  // The family of the first is in the path of its deletion only.
  await refuse('DELETE', `datasources/family/${await fraud.familyOf(names[0])}`);
  await pressButton(teams, megan, preview, 'Delete 2');
  const receipt = await cardFor(teams, megan, '1 asset not deleted', names[0], numberOf(preview));
  await heal();
  return receipt;
}

describe('an export with exceptions', () => {
  it('offers a retry, which exports what failed and nothing else once it is confirmed', async () => {
    const { teams } = world;
    for (const name of ['whole.csv', 'broken.csv']) await lab.upload(name);
    await teams.write(alex, 'export datasets whole.csv and broken.csv in workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Export 2 assets from “Churn Lab”?', 'broken.csv');
    await refuse('GET', `datasources/${await lab.idOf('broken.csv')}`);
    await pressButton(teams, alex, preview, 'Export');
    const result = await cardFor(teams, alex, 'is ready', '1 exception', 'broken.csv');
    await heal();

    const answer = await pressButton(teams, alex, result, retry);
    // The card with the download stays, and says which request goes on.
    expect(answer).toMatchObject({ status: 200, body: { type: 'application/vnd.microsoft.card.adaptive' } });
    const second = await cardFor(
      teams,
      alex,
      'Export “broken.csv” from “Churn Lab”?',
      `what failed in ${numberOf(result)}`,
    );
    expect(numberOf(second)).not.toBe(numberOf(result));
    const first = await cardFor(teams, alex, 'is ready', `What failed is retried in ${numberOf(second)},`);
    expect(first.id).toBe(result.id);
    expect(offersRetry(first)).toBe(false);
    expect(linksOf(first)).toHaveLength(1);

    await pressButton(teams, alex, second, 'Export');
    const done = await cardFor(teams, alex, 'is ready', `${numberOf(second)} · Export`);
    const files = await unzip(Buffer.from(await (await fetch(linksOf(done)[0] ?? '')).arrayBuffer()));
    const { files: listed } = JSON.parse(files.get('manifest.json')?.toString() ?? '');
    const names: string[] = listed.map(({ name }: { name: string }) => name);
    expect(names).toContain('broken.csv');
    expect(names).not.toContain('whole.csv');
  });

  it('of a whole workspace takes up its own files as well, and alone when nothing else can be bettered', async () => {
    const { teams } = world;
    await teams.write(megan, 'export workspace "Fraud Detection"');
    const preview = await cardFor(teams, megan, 'Export “Fraud Detection”?');
    await refuse('GET', 'gateways');
    await pressButton(teams, megan, preview, 'Export');
    const result = await cardFor(teams, megan, 'is ready', `${numberOf(preview)} · Export`, 'exception');
    await heal();
    await pressButton(teams, megan, result, retry);
    const second = await cardFor(teams, megan, 'Export the settings of “Fraud Detection”?', 'retry of what failed');
    await pressButton(teams, megan, second, 'Export');
    const done = await cardFor(teams, megan, 'is ready', `${numberOf(second)} · Export`);
    const files = await unzip(Buffer.from(await (await fetch(linksOf(done)[0] ?? '')).arrayBuffer()));
    expect([...files.keys()].some((path) => /gateway/iu.test(path))).toBe(true);
    expect([...files.keys()].some((path) => path.startsWith('datasets/'))).toBe(false);
  });

  it('offers none where Studio has no way to give what is missing', async () => {
    const { teams } = world;
    await teams.write(alex, 'export all my notebooks in workspace "Churn Lab"');
    await pressButton(teams, alex, await cardFor(teams, alex, 'Export “explore.ipynb” from “Churn Lab”?'), 'Export');
    const result = await cardFor(teams, alex, 'is ready', 'explore.ipynb', 'exception');
    expect(offersRetry(result)).toBe(false);
    const refused = await teams.press(alex, { request: numberOf(result), version: 1, choice: 'retry' });
    expect(refused.status).toBe(200);
    await cardFor(teams, alex, `There is nothing to try again in ${numberOf(result)}`);
  });
});

describe('a deletion that left something', () => {
  it('offers a retry, which is previewed and confirmed like any other; pressing twice makes one request', async () => {
    const { teams } = world;
    const receipt = await halfDeleted(['stuck.csv', 'loose.csv']);
    const before = requestsIn(personalChat(megan)).length;
    await Promise.all([pressButton(teams, megan, receipt, retry), pressButton(teams, megan, receipt, retry)]);
    await pressButton(teams, megan, receipt, retry);
    const preview = await cardFor(teams, megan, 'Delete “stuck.csv” from “Fraud Detection”?', 'retry of what failed');
    expect(await fraud.names()).toContain('stuck.csv');
    await pressButton(teams, megan, preview, 'Delete stuck.csv');
    await cardFor(teams, megan, 'Deleted “stuck.csv”', 'Checked with a fresh list');
    // It has succeeded, so the old button leads to it and to nothing new.
    await pressButton(teams, megan, receipt, retry);
    await teams.write(megan, 'help');
    await cardFor(teams, megan, 'What I can do');
    expect(requestsIn(personalChat(megan))).toHaveLength(before + 1);
  });

  it('is tried again when that is asked for in words, the latest unless one is named', async () => {
    const { teams } = world;
    const receipt = await halfDeleted(['worded.csv', 'done.csv']);
    const asked = (slots: object) =>
      teams.press(megan, { reading: JSON.stringify({ intent: 'request.retry', slots }) }, { verb: 'meant' });
    await asked({});
    await cardFor(teams, megan, `I am checking what failed in ${numberOf(receipt)}`);
    const attempt = await cardFor(teams, megan, 'Delete “worded.csv” from “Fraud Detection”?', 'retry of what failed');
    await asked({ request: numberOf(receipt) });
    await cardFor(teams, megan, `What failed in ${numberOf(receipt)} is already being retried.`);
    // Nobody tries again what somebody else asked for.
    await teams.press(
      alex,
      { reading: JSON.stringify({ intent: 'request.retry', slots: { request: numberOf(receipt) } }) },
      { verb: 'meant' },
    );
    await cardFor(teams, alex, 'Only the person who made this request can do that.');
    await pressButton(teams, megan, attempt, 'Delete worded.csv');
    await cardFor(teams, megan, 'Deleted “worded.csv”', 'Checked with a fresh list');
  });

  it('can be tried once more after the attempt was cancelled', async () => {
    const { teams } = world;
    const receipt = await halfDeleted(['twice.csv', 'once.csv']);
    await pressButton(teams, megan, receipt, retry);
    const attempt = await cardFor(teams, megan, 'Delete “twice.csv” from “Fraud Detection”?');
    await cardFor(teams, megan, `What failed is retried in ${numberOf(attempt)},`);
    await pressButton(teams, megan, attempt, 'Cancel');
    await teams.waitFor(personalChat(megan), (message) => message.id === receipt.id && offersRetry(message));
    await pressButton(teams, megan, receipt, retry);
    const again = await teams.waitFor(
      personalChat(megan),
      (message) => cardText(message.card).includes('Delete “twice.csv” from') && message.id !== attempt.id,
    );
    expect(numberOf(again)).not.toBe(numberOf(attempt));
  });

  it('says so when everything that failed is gone by now', async () => {
    const { teams } = world;
    const receipt = await halfDeleted(['later-gone.csv', 'now-gone.csv']);
    await fraud.remove('later-gone.csv');
    await pressButton(teams, megan, receipt, retry);
    await cardFor(teams, megan, `There is nothing to try again in ${numberOf(receipt)}`);
  });

  it('is approved anew where a deletion needs that', async () => {
    const { teams } = world;
    const added = { type: 'installationUpdate', action: 'add' };
    await teams.send(teams.activity(patti, added, { conversation: approversChannel, kind: 'channel' }));
    await fraud.upload('held.csv');
    await teams.write(alex, 'delete dataset held.csv in workspace "Fraud Detection"');
    await pressButton(teams, alex, await cardFor(teams, alex, 'Delete “held.csv” from'), 'Delete');
    const approval = await cardSaying(teams, approversChannel, 'Alex Wilber wants to delete', 'held.csv');
    await refuse('DELETE', 'datasources/family');
    await pressButton(teams, patti, approval, 'Approve', 'channel');
    const receipt = await cardFor(teams, alex, 'Nothing was deleted', '1 asset not deleted');
    await heal();
    await pressButton(teams, alex, receipt, retry);
    const preview = await cardFor(teams, alex, 'Delete “held.csv” from', 'retry of what failed', 'must approve');
    await pressButton(teams, alex, preview, 'Delete');
    const second = await cardSaying(teams, approversChannel, 'Alex Wilber wants to delete', numberOf(preview));
    expect(await fraud.names()).toContain('held.csv');
    await pressButton(teams, patti, second, 'Approve', 'channel');
    await cardFor(teams, alex, 'Deleted “held.csv”', 'Patti Fernandez');
  });

  it('is tried again by its requester only', async () => {
    const { teams } = world;
    const group = { conversation: 'group', kind: 'groupChat' } as const;
    await fraud.upload('shared.csv');
    await teams.write(megan, 'delete dataset shared.csv in workspace "Fraud Detection"', group);
    const preview = await cardSaying(teams, 'group', 'Delete “shared.csv” from');
    await refuse('DELETE', 'datasources/family');
    await pressButton(teams, megan, preview, 'Delete', 'groupChat');
    const receipt = await cardSaying(teams, 'group', 'Nothing was deleted');
    await heal();
    await pressButton(teams, alex, receipt, retry, 'groupChat');
    await cardSaying(teams, 'group', 'Only the person who made this request can do that.');
    // A forged press from somebody's own chat shows nothing of the request either.
    const forged = await teams.press(adele, buttonOf(receipt, retry));
    expect(JSON.stringify(forged.body)).not.toContain('shared.csv');
    expect(requestsIn(personalChat(adele))).toEqual([]);
    expect(requestsIn('group')).toEqual([numberOf(receipt)]);
    await pressButton(teams, megan, receipt, retry, 'groupChat');
    await cardSaying(teams, 'group', 'Delete “shared.csv” from', `what failed in ${numberOf(receipt)}`);
  });
});
