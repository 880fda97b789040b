import { formatText } from 'adaptivecards/lib/text-formatters.js';

/** Every object in a card, however deep, the card itself first. */
export function* walk(node: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (Array.isArray(node)) {
    for (const item of node) yield* walk(item);
  } else if (typeof node === 'object' && node !== null) {
    yield Object.fromEntries(Object.entries(node));
    for (const value of Object.values(node)) yield* walk(value);
  }
}

/** What clients make of a text without Markdown: date functions in it become dates. By the renderer's own function. */
export function drawn(text: string): string {
  return formatText('en', text) ?? '';
}

/** What each RichTextBlock reads like: its runs as they are drawn, one after another. */
export function richTexts(card: unknown): string[] {
  return [...walk(card)]
    .filter(({ type }) => type === 'RichTextBlock')
    .map(({ inlines }) => [...walk(inlines)].map(({ text }) => drawn(String(text))).join(''));
}

/** Texts that clients read as Markdown: TextBlocks and facts. */
export function markdownTexts(card: unknown): string[] {
  const nodes = [...walk(card)];
  const blocks = nodes.filter(({ type }) => type === 'TextBlock').map(({ text }) => String(text));
  const facts = nodes.flatMap(({ facts }) =>
    [...walk(facts)].flatMap(({ title, value }) => [String(title), String(value)]),
  );
  return [...blocks, ...facts];
}

/** Every text that a person reads in the body, in the order of the card. */
export function allText(card: unknown): string[] {
  return [...walk(card)].flatMap((node) => {
    if (node.type === 'RichTextBlock') return richTexts([node]);
    return node.type === 'TextBlock' ? [drawn(String(node.text))] : [];
  });
}
