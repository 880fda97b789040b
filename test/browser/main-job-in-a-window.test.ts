import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chat, startChat } from '../harness/chat.ts';
import { describeStoryInBrowser } from '../harness/describe-when.ts';
import type { ChatWindow } from '../harness/playground.ts';
import { alex } from '../harness/world.ts';
import { unzip } from '../harness/zip.ts';

describeStoryInBrowser('a person in the chat window', (executable) => {
  let chat: Chat;
  let window: ChatWindow;

  beforeAll(async () => {
    chat = await startChat(executable);
    window = await chat.open(alex);
  });
  afterAll(() => chat?.close());

  it('is greeted with sentences to tap, and taps one', async () => {
    await window.press('export my workspace', { cardContaining: 'Hello Alex' });
    await window.cards('Which workspace do you want to export?').waitFor();
  });

  it('chooses, sees what the archive will hold, exports, and downloads a complete zip', async () => {
    await window.choose('Churn Lab', { cardContaining: 'Which workspace' });
    const preview = window.cards('Export “Churn Lab”?');
    for (const told of ['Datasets', 'Left out', '24 hours']) await preview.filter({ hasText: told }).waitFor();
    await window.screenshot('export-preview');
    await window.press('Export', { cardContaining: 'Export “Churn Lab”?' });

    const result = window.cards('Your export of “Churn Lab” is ready');
    await result.waitFor();
    // The one card became the next each time; none was added.
    expect(await window.cards(/DSR-\d+ · Export/).count()).toBe(1);
    const { name, bytes } = await window.download('Download', { cardContaining: 'is ready' });
    expect(name).toMatch(/^DSR-\d+\.zip$/);
    const sum = createHash('sha256').update(bytes).digest('hex');
    await result.filter({ hasText: sum.slice(0, 12) }).waitFor();
    const files = await unzip(bytes);
    const manifest = JSON.parse(files.get('manifest.json')?.toString() ?? '');
    expect(manifest.files.length).toBeGreaterThan(20);
    for (const { path } of manifest.files) expect(files.has(path), path).toBe(true);
    await window.screenshot('export-result');
  });

  it('keeps complete cards on a narrow page and on a darkened one', async () => {
    await window.resize('narrow');
    const card = window.cards('is ready').last();
    expect(await overflowing(card)).toEqual([]);
    await window.darken(true);
    for (const title of ['Download', 'Get a new link']) {
      const control = card.getByLabel(title, { exact: true });
      await control.scrollIntoViewIfNeeded();
      expect(await control.isVisible(), title).toBe(true);
    }
    await window.screenshot('export-result-dark-narrow');
    await window.darken(false);
    await window.resize('wide');
  });

  it('deletes a dataset: exact preview, one press, and a receipt that was checked', async () => {
    await window.say('delete dataset churn.csv');
    const preview = window.cards('Delete “churn.csv” from “Churn Lab”?');
    await preview.filter({ hasText: 'This cannot be undone' }).filter({ hasText: 'Used by' }).waitFor();
    await window.screenshot('delete-preview');
    await window.press('Delete churn.csv', { cardContaining: 'Delete “churn.csv”' });
    await window
      .cards('Deleted “churn.csv” from “Churn Lab”')
      .filter({ hasText: 'Checked with a fresh list' })
      .waitFor();
    expect(await preview.count()).toBe(0);
    await window.screenshot('delete-receipt');
    await window.say('list datasets in workspace "Churn Lab"');
    const list = window.cards('datasets in “Churn Lab”');
    await list.getByText('churn-2018.csv', { exact: true }).waitFor();
    expect(await list.getByText('churn.csv', { exact: true }).count()).toBe(0);
  });
});

/** What of a card is wider than the card itself, and so cut off or reached by scrolling only. */
function overflowing(card: ReturnType<ChatWindow['cards']>): Promise<string[]> {
  return card.evaluate((root) => {
    const limit = root.getBoundingClientRect().right + 1;
    const parts = [...root.querySelectorAll('*')];
    return parts
      .filter((part) => part.getBoundingClientRect().right > limit)
      .map((part) => part.outerHTML.slice(0, 200));
  });
}
