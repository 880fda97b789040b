import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chat, startChat } from '../harness/chat.ts';
import { describeInBrowser } from '../harness/describe-when.ts';
import { type GeneratedSeeds, generateSeeds, nothing } from '../harness/generated-seeds.ts';
import type { ChatWindow } from '../harness/playground.ts';
import { alex } from '../harness/world.ts';

describeInBrowser('a person in the chat window who deletes 60 datasets', (executable) => {
  let chat: Chat;
  let seeds: GeneratedSeeds;
  let window: ChatWindow;

  beforeAll(async () => {
    seeds = await generateSeeds([
      {
        name: 'Old Lab',
        type: 'free',
        owner: alex.email,
        counts: { ...nothing, datasets: 60 },
        bytes: 60_000,
        seed: 5,
      },
    ]);
    chat = await startChat(executable, { furtherSeeds: seeds.folder });
    window = await chat.open(alex);
  });
  afterAll(async () => {
    await chat?.close();
    await seeds?.remove();
  });

  it('turns every page of the preview, confirms on the last one, and pages through the receipt', async () => {
    await window.say('delete all datasets in workspace "Old Lab"');
    const preview = window.cards('Delete 60 datasets from “Old Lab”?');
    for (const place of ['1–15 of 60', '16–30 of 60', '31–45 of 60']) {
      await preview.filter({ hasText: place }).waitFor();
      if (place.startsWith('16')) await window.screenshot('delete-preview-page');
      await window.press('Next', { cardContaining: place });
    }
    await preview.filter({ hasText: '46–60 of 60' }).waitFor();
    // The one card shows page after page; none was added.
    expect(await preview.count()).toBe(1);
    expect(await preview.getByRole('button', { name: 'Next' }).isEnabled()).toBe(false);
    await window.darken(true);
    await window.resize('narrow');
    await window.screenshot('delete-preview-page-dark-narrow');
    await window.resize('wide');
    await window.darken(false);
    await window.press('Delete 60 datasets', { cardContaining: '46–60 of 60' });
    const receipt = window.cards('60 assets deleted from “Old Lab”');
    await receipt.filter({ hasText: 'Checked with a fresh list' }).filter({ hasText: '1–15 of 60' }).waitFor();
    await window.press('Last', { cardContaining: '60 assets deleted' });
    await receipt.filter({ hasText: '46–60 of 60' }).waitFor();
    await window.screenshot('delete-receipt-page');
  });
});
