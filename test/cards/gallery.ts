import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { renderCard } from '../../src/teams/cards/render.ts';
import { launchBrowser } from '../harness/browser.ts';
import { programOnPath } from '../harness/debian.ts';
import { cardColour, hostConfig, pageColour, type Theme } from './host-config.ts';
import { readSamples } from './samples.ts';

/**
 * Draws every sample of every card in light and dark, wide and narrow, into test/.output/gallery, for people to look
 * at: npm run cards:gallery [-- <part of a card's name>]
 */
const output = new URL('../.output/gallery/', import.meta.url);
const widths = [700, 320] as const;
const themes: readonly Theme[] = ['light', 'dark'];

const require = createRequire(import.meta.url);
const scripts = ['adaptivecards/dist/adaptivecards.min.js', 'markdown-it/dist/markdown-it.min.js'].map((file) =>
  readFileSync(require.resolve(file), 'utf8'),
);
const styles = readFileSync(require.resolve('adaptivecards/dist/adaptivecards.css'), 'utf8');

const executable = await programOnPath(['chromium', 'chromium-browser', 'google-chrome']);
if (executable === null) throw new Error('No Chromium on the PATH: apt-get install chromium');
const wanted = process.argv[2] ?? '';
const samples = readSamples().filter(({ card }) => card.includes(wanted));
const browser = await launchBrowser(executable);
try {
  mkdirSync(output, { recursive: true });
  for (const theme of themes) for (const width of widths) await drawAll(browser, theme, width);
  console.log(`${samples.length * themes.length * widths.length} pictures in ${output.pathname}`);
} finally {
  await browser.close();
}

async function drawAll(browser: Browser, theme: Theme, width: number): Promise<void> {
  const page = await browser.newPage({ viewport: { width: width + 40, height: 900 }, locale: 'en-GB' });
  await page.setContent(`<style>${styles}${chrome(theme, width)}</style><main></main>`);
  for (const content of scripts) await page.addScriptTag({ content });
  const drawn = samples.map((sample) => ({
    title: `${sample.card}${sample.title === 'usual' ? '' : `.${sample.title}`}`,
    card: renderCard(sample.card, sample.data).card,
  }));
  await page.evaluate(drawInPage, { drawn, config: hostConfig(theme) });
  for (const [index, { title }] of drawn.entries()) await picture(page, index, `${title}.${theme}.${width}.png`);
  await page.close();
}

async function picture(page: Page, index: number, name: string): Promise<void> {
  await page
    .locator('figure')
    .nth(index)
    .screenshot({ path: new URL(name, output).pathname });
}

/** Runs in the page, where the two libraries are globals. */
function drawInPage({ drawn, config }: { drawn: { title: string; card: object }[]; config: object }): void {
  const { AdaptiveCards, markdownit, document } = globalThis as unknown as PageGlobals;
  const markdown = markdownit();
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(text);
    result.didProcess = true;
  };
  for (const { title, card } of drawn) {
    const figure = document.createElement('figure');
    const caption = document.createElement('figcaption');
    caption.textContent = title;
    const adaptiveCard = new AdaptiveCards.AdaptiveCard();
    adaptiveCard.hostConfig = new AdaptiveCards.HostConfig(config);
    adaptiveCard.parse(card);
    const element = adaptiveCard.render();
    figure.append(caption, ...(element ? [element] : []));
    document.querySelector('main')?.append(figure);
  }
}

interface PageElement {
  textContent: string | null;
  append(...children: PageElement[]): void;
}

interface PageGlobals {
  document: { createElement(tag: string): PageElement; querySelector(selector: string): PageElement | null };
  markdownit(): { render(text: string): string };
  AdaptiveCards: {
    HostConfig: new (config: object) => object;
    AdaptiveCard: {
      new (): { hostConfig: object; parse(card: object): void; render(): PageElement | undefined };
      onProcessMarkdown: (text: string, result: { outputHtml?: string; didProcess: boolean }) => void;
    };
  };
}

/** The chat around the cards: buttons as Teams draws them. */
function chrome(theme: Theme, width: number): string {
  const text = theme === 'light' ? '#242424' : '#ffffff';
  const line = theme === 'light' ? '#d1d1d1' : '#666666';
  return `
    body { margin: 20px; background: ${pageColour(theme)}; font: 14px "Liberation Sans", sans-serif; }
    figure { margin: 0 0 24px; width: ${width}px; }
    figcaption { color: ${line}; font-size: 12px; margin-bottom: 4px; }
    .ac-adaptiveCard { background: ${cardColour(theme)}; border-radius: 4px; box-shadow: 0 1px 3px #0004; }
    .ac-adaptiveCard p { margin: 0; }
    .ac-actionSet { flex-wrap: wrap; gap: 8px; }
    .ac-actionSet > div { display: none; }
    .ac-pushButton { flex: none !important; font: 600 14px "Liberation Sans", sans-serif; padding: 5px 12px; border-radius: 4px; cursor: pointer;
      color: ${text}; background: transparent; border: 1px solid ${line}; min-height: 32px; }
    .ac-pushButton:disabled { opacity: 0.5; cursor: default; }
    .ac-pushButton.style-positive { background: #5b5fc7; border-color: #5b5fc7; color: #fff; }
    .ac-pushButton.style-destructive { background: #c4314b; border-color: #c4314b; color: #fff; }`;
}
