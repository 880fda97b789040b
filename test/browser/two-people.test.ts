import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chat, startChat } from '../harness/chat.ts';
import { describeStoryInBrowser } from '../harness/describe-when.ts';
import type { ChatWindow } from '../harness/playground.ts';
import { alex, megan } from '../harness/world.ts';

describeStoryInBrowser('two people in their windows', (executable) => {
  let chat: Chat;
  let alexs: ChatWindow;
  let megans: ChatWindow;

  beforeAll(async () => {
    chat = await startChat(executable);
    [alexs, megans] = await Promise.all([chat.open(alex), chat.open(megan)]);
  });
  afterAll(() => chat?.close());

  it('see their own workspaces and roles', async () => {
    await alexs.say('list my workspaces');
    await alexs.cards('Churn Lab').filter({ hasText: 'Guest-Workspace' }).waitFor();
    await megans.say('list my workspaces');
    const hers = megans.cards('Churn Lab');
    await hers.waitFor();
    expect(await hers.textContent()).not.toContain('Guest');
  });

  it('delete together: one asks, the other approves in her channel, the first gets the receipt', async () => {
    // Opening the channel installs the bot there, which posts again what waits.
    await megans.openChat('Announcements');
    await alexs.say('delete dataset transactions.csv in workspace "Fraud Detection"');
    await alexs.press('Delete transactions.csv', { cardContaining: 'Someone else must approve it' });
    await alexs.cards('Waiting for approval').waitFor();
    await megans.cards('Alex Wilber wants to delete 1 asset').waitFor();
    await megans.screenshot('approval');
    await megans.press('Approve deletion', { cardContaining: 'Alex Wilber wants to delete' });
    await megans.cards('Approved by Megan Bowen').waitFor();
    await alexs.cards('Deleted “transactions.csv”').filter({ hasText: 'approved by Megan Bowen' }).waitFor();
    expect(await alexs.cards('Waiting for approval').count()).toBe(0);
  });

  it('keep links out of a group chat: the result is told there, the link goes to the own chat', async () => {
    await alexs.openChat('Group Chat');
    await megans.openChat('Group Chat');
    // A conversation of Megan's own must not draw Alex's cards to itself.
    await megans.say('help');
    await megans.cards('What I can do for you').waitFor();
    await alexs.say('export dataset churn-2018.csv');
    await alexs.press('Export', { cardContaining: 'Export “churn-2018.csv”' });
    const told = alexs.cards('The download link went to Alex Wilber in a personal chat');
    await told.waitFor();
    expect(await alexs.page.content()).not.toMatch(/[?&;]sig=/);
    await alexs.screenshot('group-chat');
    expect(await megans.cards(/DSR-\d/).count()).toBe(0);
    await alexs.openChat('Personal Chat');
    const { name } = await alexs.download('Download', { cardContaining: 'is ready' });
    expect(name).toMatch(/^DSR-\d+\.zip$/);
  });
});
