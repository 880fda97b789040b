import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chat, startChat } from '../harness/chat.ts';
import { describeStoryInBrowser } from '../harness/describe-when.ts';
import type { ChatWindow } from '../harness/playground.ts';
import { alex } from '../harness/world.ts';

describeStoryInBrowser('what people say around the commands, in the window', (executable) => {
  let chat: Chat;
  let window: ChatWindow;

  beforeAll(async () => {
    chat = await startChat(executable);
    window = await chat.open(alex);
  });
  afterAll(() => chat?.close());

  it('a question about one file shows its card, from whose button it can be deleted', async () => {
    await window.say('how big is churn.csv?');
    const card = window.cards('About this dataset').filter({ hasText: 'churn.csv' });
    await card.filter({ hasText: 'Owner' }).waitFor();
    await window.say('what would break if i deleted churn.csv');
    await card.nth(1).waitFor();
    expect(await window.cards('Delete “churn.csv”').count()).toBe(0);
    await window.press('Delete', { cardContaining: 'About this dataset' });
    await window.cards('Delete “churn.csv” from “Churn Lab”?').waitFor();
  });

  it('a selection shows exactly what it found before anything happens', async () => {
    await window.say('delete the two oldest datasets in Churn Lab');
    const preview = window.cards('Delete 2 datasets from “Churn Lab”?');
    await preview.waitFor();
    expect(await preview.getByRole('button', { name: 'Delete 2 datasets', exact: true }).count()).toBe(1);
  });

  it('two workspaces in a sentence become two previews and a card that adds up', async () => {
    await window.say('export Churn Lab and Fraud Detection');
    await window.cards('2 requests, one for each workspace').waitFor();
    await window.cards('Export “Churn Lab”?').waitFor();
    await window.cards('Export “Fraud Detection”?').waitFor();
    await window.press('Cancel', { cardContaining: 'Export “Fraud Detection”?' });
    await window.cards('Export in “Fraud Detection” cancelled').waitFor();
    await window.press('Update', { cardContaining: '2 requests, one for each workspace' });
    await window.cards('2 requests').filter({ hasText: '1 cancelled' }).waitFor();
    await window.screenshot('request-group');
  });

  it('an export repeats only after a press, and is listed and stopped', async () => {
    await window.say('export Churn Lab every month');
    const asked = 'Export “Churn Lab” on the';
    await window.press('Schedule it', { cardContaining: asked });
    await window.cards(asked).filter({ hasText: 'Stop' }).waitFor();
    await window.say('what is scheduled?');
    await window.cards('Scheduled: 1 recurring export').waitFor();
    await window.screenshot('recurring-exports');
    await window.say('stop the monthly export');
    await window.cards('It is stopped: there will be no further runs.').waitFor();
  });

  it('what Steward does not do is answered with why and the nearest thing, in the language of the question', async () => {
    await window.say('rename churn.csv to churn2.csv');
    await window.waitForBotText('I cannot rename anything');
    await window.say('Welche Datasets gibt es in Churn Lab?');
    await window.waitForBotText('Verstanden: alle Datensätze in „Churn Lab“ auflisten');
    await window.cards('datasets in “Churn Lab”').waitFor();
  });

  it('everything that waits is cancelled by one sentence', async () => {
    await window.say('cancel everything');
    await window.waitForBotText(/are cancelled; nothing was changed/);
    // The cards follow the answer through the outbox.
    await window.page.getByRole('button', { name: 'Delete 2 datasets', exact: true }).waitFor({ state: 'detached' });
  });

  it('questions about all of them are answered with sums and the one that is meant, and what follows is about those', async () => {
    await window.say('how big are my datasets in Churn Lab together?');
    await window.cards(/Together \d/u).waitFor();
    await window.say('who made the biggest one?');
    const biggest = window.cards('The biggest dataset');
    await biggest.filter({ hasText: 'Owner' }).waitFor();
    await window.screenshot('the-biggest-one');
    await window.say('list datasets in Churn Lab');
    await window.say('only those over 1 KB');
    await window.cards('Of at least 1 KB').waitFor();
    await window.screenshot('list-over-a-size');
    await window.say('delete the smallest of them');
    const preview = window.cards('Chosen: the smallest dataset of at least 1 KB');
    await preview.waitFor();
    expect(await preview.getByRole('button', { name: /^Delete/u }).count()).toBe(1);
  });
});
