import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardFor, cardSaying, linksOf, pressButton } from '../harness/talk.ts';
import { cardText, personalChat } from '../harness/teams.ts';
import { alex, approversChannel, megan, patti, startWorld, type World } from '../harness/world.ts';
import { unzip } from '../harness/zip.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

describe('a person who writes “export my workspace”', () => {
  it('chooses the workspace, sees what is in it, confirms, and downloads a complete archive', async () => {
    const { teams } = world;
    await teams.write(alex, 'export my workspace');
    const question = await cardFor(teams, alex, 'Which workspace', 'Churn Lab', 'Fraud Detection');
    await teams.press(alex, { ...firstChoice(question), choice: 'w0' });
    const preview = await cardFor(teams, alex, 'Export “Churn Lab”?', 'Datasets', 'Keys, tokens', 'Microsoft’s');
    const pressed = await pressButton(teams, alex, preview, 'Export');
    // The press is answered at once with the card as it now is.
    expect(pressed).toMatchObject({ status: 200, body: { type: 'application/vnd.microsoft.card.adaptive' } });

    const result = await cardFor(teams, alex, 'is ready', 'SHA-256');
    expect(result.id).toBe(preview.id);
    const [link] = linksOf(result);
    const response = await fetch(link ?? '');
    expect(response.headers.get('content-disposition')).toMatch(/attachment; filename="?DSR-\d+\.zip"?/u);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(cardText(result.card)).toContain(createHash('sha256').update(bytes).digest('hex').slice(0, 12));

    const files = await unzip(bytes);
    const manifest = JSON.parse(files.get('manifest.json')?.toString() ?? '');
    const names = new Set<string>();
    for (const line of manifest.files) {
      const content = files.get(line.path);
      expect(content, line.path).toBeDefined();
      expect(
        createHash('sha256')
          .update(content ?? '')
          .digest('hex'),
      ).toBe(line.sha256);
      names.add(line.name);
    }
    expect(names.has('churn.csv')).toBe(true);
    expect(manifest.files.some(({ name }: { name: string }) => name.startsWith('Sample'))).toBe(false);
    const personal = JSON.parse(files.get('personal-data.json')?.toString() ?? '');
    expect(personal.accounts.map(({ email }: { email: string }) => email)).toContain('meganb@example.com');
    expect(files.get('README.txt')?.toString()).toContain('Churn Lab');
    for (const [path, content] of files) {
      for (const { token } of world.studio.registrations()) expect(content.includes(token), path).toBe(false);
      expect(/[?&]sig=(?!\*)[^"&\s]{8}/u.test(content.toString('latin1')), path).toBe(false);
    }
  });

  it('in a group chat is answered there without a link; the link goes to the own chat', async () => {
    const { teams } = world;
    const group = { conversation: 'group', kind: 'groupChat' } as const;
    await teams.write(megan, 'export workspace "Fraud Detection"', group);
    const preview = await cardSaying(teams, 'group', 'Export “Fraud Detection”?');
    await pressButton(teams, alex, preview, 'Export', 'groupChat');
    await cardSaying(teams, 'group', 'Only the person who made this request can do that.');
    await pressButton(teams, megan, preview, 'Export', 'groupChat');
    const shared = await cardSaying(teams, 'group', /personal chat/u, 'Megan Bowen', /1 zip|zip file/u);
    expect(JSON.stringify(teams.messages('group'))).not.toMatch(/sig=|https?:\/\/127/u);
    expect(shared.id).toBe(preview.id);
    const own = await cardFor(teams, megan, 'is ready');
    expect((await fetch(linksOf(own)[0] ?? '')).status).toBe(200);
  });
});

describe('a person who writes “delete dataset churn.csv”', () => {
  it('sees the exact asset and what depends on it, confirms, and gets a receipt with a check', async () => {
    const { teams } = world;
    await teams.write(alex, 'delete dataset churn.csv');
    const preview = await cardFor(teams, alex, 'Delete “churn.csv” from “Churn Lab”?', 'cannot be undone', 'Used by');
    await pressButton(teams, alex, preview, 'Delete churn.csv');
    const receipt = await cardFor(
      teams,
      alex,
      'Deleted “churn.csv”',
      'Checked with a fresh list',
      'Alex Wilber',
      /DSR-\d+/u,
    );
    expect(receipt.id).toBe(preview.id);
    await teams.write(alex, 'list my datasets in workspace "Churn Lab"');
    const list = await cardFor(teams, alex, 'datasets in “Churn Lab”');
    expect(cardText(list.card)).not.toMatch(/(?:^|\s)churn\.csv(?:\s|$)/u);
  });

  it('is shown near misses of a name that does not exist, and nothing is guessed', async () => {
    const { teams } = world;
    await teams.write(megan, 'delete dataset chrun.csv in workspace "Fraud Detection"');
    await teams.waitFor(personalChat(megan), ({ card }) => /chrun\.csv/u.test(cardText(card)));
    await teams.write(megan, 'export workspace Froud');
    const proposed = await cardFor(teams, megan, 'Froud', 'Fraud Detection');
    expect(cardText(proposed.card)).not.toContain('Export “Fraud Detection”?');
  });

  it('as a member who is no owner waits for an approver, who is somebody else', async () => {
    const { teams } = world;
    // Teams tells the bot that it was added to the approvers' channel.
    await teams.send(
      teams.activity(
        patti,
        { type: 'installationUpdate', action: 'add' },
        { conversation: approversChannel, kind: 'channel' },
      ),
    );
    const name = 'transactions.csv';
    await teams.write(alex, `delete dataset "${name}" in workspace "Fraud Detection"`);
    const preview = await cardFor(teams, alex, `Delete “${name}” from “Fraud Detection”?`);
    await pressButton(teams, alex, preview, 'Delete');
    const approval = await cardSaying(teams, approversChannel, 'Alex Wilber', name);
    await pressButton(teams, alex, approval, 'Approve', 'channel');
    await cardSaying(teams, approversChannel, 'somebody else has to approve it');
    await pressButton(teams, patti, approval, 'Approve', 'channel');
    await cardFor(teams, alex, `Deleted “${name}”`, 'Patti Fernandez');
    await cardSaying(teams, approversChannel, 'Patti Fernandez', /approved/iu);
  });
});

describe('a guest', () => {
  it('can export, and is told when the data is purged instead of deleting it', async () => {
    const { teams, studio } = world;
    const guest = [...studio.workspaceNames().values()].find((each) => /guest/iu.test(each)) ?? '';
    await teams.write(alex, `export workspace "${guest}"`);
    const preview = await cardFor(teams, alex, `Export “${guest}”?`, 'Guest account');
    await pressButton(teams, alex, preview, 'Cancel');
    await cardFor(teams, alex, /[Cc]ancelled/u);
    await teams.write(alex, `list my datasets in workspace "${guest}"`);
    const list = await cardFor(teams, alex, `“${guest}”`, 'Newest first');
    const name = /Created (\S+\.\w+)/u.exec(cardText(list.card))?.[1] ?? '';
    await teams.write(alex, `delete dataset "${name}" in workspace "${guest}"`);
    await cardFor(teams, alex, 'nothing in it can be deleted on request', 'purged');
  });
});

describe('the log and the audit trail', () => {
  it('hold no token, no link and no file', () => {
    const text = world.log.join('\n');
    for (const { token } of world.studio.registrations()) expect(text).not.toContain(token);
    expect(text).not.toMatch(/sig=[^*]|AccountKey/u);
  });
});

function firstChoice(message: Awaited<ReturnType<typeof cardFor>>) {
  const data = /"data":(\{[^{}]*"choice":"w0"[^{}]*\})/u.exec(JSON.stringify(message.card))?.[1];
  if (data === undefined) throw new Error('the card offers no workspace');
  return JSON.parse(data) as { request: string; version: number; choice: string };
}
