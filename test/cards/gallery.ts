import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../harness/browser.ts';
import { programOnPath } from '../harness/debian.ts';
import { drawCards } from './drawing.ts';
import type { Theme } from './host-config.ts';
import { samples } from './samples.ts';

/**
 * Draws every sample of every card in light, dark and high contrast, wide and narrow, into test/.output/gallery, for people to look
 * at: npm run cards:gallery [-- <part of a card's name>]
 */
const output = new URL('../.output/gallery/', import.meta.url);
const widths = [700, 320] as const;
const themes: readonly Theme[] = ['light', 'dark', 'contrast'];

const executable = await programOnPath(['chromium', 'chromium-browser', 'google-chrome']);
if (executable === null) throw new Error('No Chromium on the PATH: apt-get install chromium');
const wanted = process.argv[2] ?? '';
const chosen = samples.filter(({ card }) => card.includes(wanted));
const browser = await launchBrowser(executable);
try {
  mkdirSync(output, { recursive: true });
  for (const theme of themes) for (const width of widths) await drawAll(browser, theme, width);
  console.log(`${chosen.length * themes.length * widths.length} pictures in ${output.pathname}`);
} finally {
  await browser.close();
}

async function drawAll(browser: Browser, theme: Theme, width: number): Promise<void> {
  const { page, titles } = await drawCards(browser, chosen, theme, width);
  for (const [index, title] of titles.entries()) await picture(page, index, `${title}.${theme}.${width}.png`);
  await page.close();
}

async function picture(page: Page, index: number, name: string): Promise<void> {
  await page
    .locator('figure')
    .nth(index)
    .screenshot({ path: new URL(name, output).pathname });
}
