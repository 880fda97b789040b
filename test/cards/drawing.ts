import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { cardColour, hostConfig, pageColour, type Theme } from './host-config.ts';
import type { samples } from './samples.ts';

const require = createRequire(import.meta.url);
const scripts = ['adaptivecards/dist/adaptivecards.min.js', 'markdown-it/dist/markdown-it.min.js'].map((file) =>
  readFileSync(require.resolve(file), 'utf8'),
);
const styles = readFileSync(require.resolve('adaptivecards/dist/adaptivecards.css'), 'utf8');

/** A page with these cards drawn one below the other, each in a `figure`; and their titles. */
export async function drawCards(
  browser: Browser,
  wanted: typeof samples,
  theme: Theme,
  width: number,
): Promise<{ readonly page: Page; readonly titles: readonly string[] }> {
  const page = await browser.newPage({ viewport: { width: width + 40, height: 900 }, locale: 'en-GB' });
  await page.setContent(`<style>${styles}${chrome(theme, width)}</style><main></main>`);
  for (const content of scripts) await page.addScriptTag({ content });
  const drawn = wanted.map((sample) => ({
    title: `${sample.card}${sample.title === 'usual' ? '' : `.${sample.title}`}`,
    card: sample.draw().card,
  }));
  await page.evaluate(drawInPage, { drawn, config: hostConfig(theme) });
  return { page, titles: drawn.map(({ title }) => title) };
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
  const line = { light: '#d1d1d1', dark: '#666666', contrast: '#ffffff' }[theme];
  const filled = (colour: string) => (theme === 'contrast' ? '#000' : colour);
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
    .ac-pushButton.style-positive { background: ${filled('#5b5fc7')}; border-color: ${theme === 'contrast' ? '#fff' : '#5b5fc7'}; color: #fff; }
    .ac-pushButton.style-destructive { background: ${filled('#c4314b')}; border-color: ${theme === 'contrast' ? '#fff' : '#c4314b'}; color: #fff; }`;
}
