import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../harness/browser.ts';
import { describeInBrowser } from '../harness/describe-when.ts';
import { drawCards } from './drawing.ts';
import { samples } from './samples.ts';

describeInBrowser('every card', (executable) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser(executable);
  });
  afterAll(() => browser.close());

  it('is used by keyboard: Tab reaches each of its buttons that can be pressed, in the order in which they stand', async () => {
    expect(samples.length).toBeGreaterThan(90);
    const { page } = await drawCards(browser, samples, 'contrast', 700);
    const buttons = await page.locator('.ac-adaptiveCard button:enabled').count();
    const reached: number[] = [];
    await page.locator('body').focus();
    for (let presses = 0; presses < buttons * 3 && reached.length < buttons; presses += 1) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(
        "[...document.querySelectorAll('.ac-adaptiveCard button:enabled')].indexOf(document.activeElement)",
      );
      if (typeof at === 'number' && at >= 0) reached.push(at);
    }
    expect(reached).toEqual(Array.from({ length: buttons }, (_, index) => index));
    await page.close();
  });

  it('is read aloud: by a sentence for the whole card, and a name for each button', async () => {
    const { page, titles } = await drawCards(browser, samples, 'light', 700);
    const read = (await page.evaluate(
      `[...document.querySelectorAll('figure')].map((figure) => ({
        label: figure.querySelector('.ac-adaptiveCard')?.getAttribute('aria-label') ?? '',
        unnamed: [...figure.querySelectorAll('button')].filter(
          (button) => (button.getAttribute('aria-label') ?? button.textContent ?? '').trim() === '',
        ).length,
      }))`,
    )) as { readonly label: string; readonly unnamed: number }[];
    expect(read).toHaveLength(titles.length);
    for (const [index, { label, unnamed }] of read.entries()) {
      expect(label, titles[index]).toMatch(/\w{3}/u);
      expect(unnamed, titles[index]).toBe(0);
    }
    await page.close();
  });

  it('stands out in high contrast: every text at least 7 to 1 against its ground', async () => {
    const { page, titles } = await drawCards(browser, samples, 'contrast', 320);
    const weak = (await page.evaluate(
      `(() => {
        const light = (colour) => {
          const [r, g, b] = colour.match(/\\d+/g).slice(0, 3).map((each) => {
            const value = each / 255;
            return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = (element) => {
          for (let at = element; at; at = at.parentElement) {
            const { backgroundColor } = getComputedStyle(at);
            if (!/, 0\\)$|transparent/.test(backgroundColor)) return backgroundColor;
          }
          return 'rgb(0, 0, 0)';
        };
        const found = [];
        for (const [index, figure] of [...document.querySelectorAll('figure')].entries()) {
          for (const element of figure.querySelectorAll('.ac-textBlock, .ac-textRun, .ac-pushButton:enabled')) {
            const [a, b] = [light(getComputedStyle(element).color), light(ground(element))].sort((x, y) => y - x);
            if ((a + 0.05) / (b + 0.05) < 7) found.push([index, element.textContent]);
          }
        }
        return found;
      })()`,
    )) as [number, string][];
    expect(weak.map(([index, text]) => `${titles[index]}: ${text}`)).toEqual([]);
    await page.close();
  });
});
