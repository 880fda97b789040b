import { decodeHTML } from 'entities';
import MarkdownIt from 'markdown-it';
import { parseHtmlPieces } from './message-html.ts';
import { gapSign, type Piece } from './pieces.ts';

/** The format of `text`. `unstated` is not sent by any Teams client: it comes from tests, tools and old fixtures. */
export type TextFormat = 'plain' | 'markdown' | 'xml' | 'unstated';

/** The format that an activity's `textFormat` names. */
export function textFormatOf(stated: unknown): TextFormat {
  const word = typeof stated === 'string' ? stated.toLowerCase() : '';
  return word === 'plain' || word === 'markdown' || word === 'xml' ? word : 'unstated';
}

/** Parses the text of a message by its format. Null when it is too long or too deep. Linear. Never throws. */
export function parseTextPieces(text: string, format: TextFormat): Piece[] | null {
  switch (format) {
    case 'plain':
      return piecesOfPlain(text);
    case 'xml':
      return parseHtmlPieces(withBreaks(text));
    case 'markdown':
      return piecesOfMarkdown(text);
    case 'unstated':
      return isMarkup(text) ? parseHtmlPieces(withBreaks(text)) : piecesOfPlain(decodeHTML(withoutComments(text)));
  }
}

/** Replaces line breaks, which HTML would treat as spaces, by elements. */
function withBreaks(text: string): string {
  return text.replace(/\r\n?|\n/gu, '<br>');
}

const tags =
  /<at(?:\s[^<>]*)?>([^<>]*)<\/at>|<quoted\s[^<>]*>(?:<\/quoted>)?|<attachment\s[^<>]*>(?:<\/attachment>)?/giu;

/** Parses plain text, whose only markup is the elements of Teams for mentions, quotes and attachments. */
function piecesOfPlain(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(tags)) {
    pushLines(pieces, text.slice(from, found.index));
    from = found.index + found[0].length;
    if (found[1] !== undefined)
      pieces.push({ type: 'mention', name: decodeHTML(found[1]).replace(/\s+/gu, ' ').trim() });
    else {
      const kind = /^<quoted/iu.test(found[0]) ? 'reply' : 'embedded';
      pieces.push({ type: 'others', words: { kind, author: null, text: '' }, shown: '' });
    }
  }
  pushLines(pieces, text.slice(from));
  return pieces;
}

function pushLines(pieces: Piece[], text: string): void {
  // Teams leaves this one entity in plain text, after a mention.
  const lines = text.replace(/&nbsp;/giu, ' ').split(/\r\n|[\r\n]/u);
  for (const [index, textLine] of lines.entries()) {
    if (index > 0) pieces.push({ type: 'break' });
    const parts = textLine.split(gapSign);
    for (const [nth, part] of parts.entries()) {
      if (nth > 0) pieces.push({ type: 'gap', text: '' });
      if (part !== '') pieces.push({ type: 'words', text: part.replace(/\s+/gu, ' ') });
    }
  }
}

const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true });
/**
 * Longest Markdown that is parsed, in UTF-16 units: longer texts are no commands, and not all rules of Markdown are
 * linear.
 */
const longestMarkdown = 20_000;

function piecesOfMarkdown(text: string): Piece[] | null {
  if (text.length > longestMarkdown) return null;
  const kept: string[] = [];
  // Private-use characters are placeholders for the elements of Teams, which Markdown would escape.
  const held = text.replace(/[\uE000\uE001]/gu, '').replace(tags, (tag) => `\uE000${kept.push(tag) - 1}\uE001`);
  const html = markdown.render(held).replace(/\uE000(\d+)\uE001/gu, (_, nth: string) => kept[Number(nth)] ?? '');
  return parseHtmlPieces(html);
}

/** Replaces each comment, which is no part of the message, by a gap sign. */
function withoutComments(text: string): string {
  let clean = '';
  let from = 0;
  for (;;) {
    const start = text.indexOf('<!--', from);
    const end = start < 0 ? -1 : text.indexOf('-->', start + 4);
    if (end < 0) return clean + text.slice(from);
    clean += `${text.slice(from, start)} ${gapSign} `;
    from = end + 3;
  }
}

const formatting =
  /<(\/?)(a|b|blockquote|br|code|del|div|em|font|h[1-6]|hr|i|ins|li|ol|p|pre|s|span|strike|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]*)?(\/?)>/giu;

/**
 * Whether text of no stated format is markup: its elements are all closed, stand outside of quotation marks, and
 * contain whole words. "sales<b>.csv" is a name; "<b>export</b> my workspace" is markup.
 */
function isMarkup(text: string): boolean {
  const open: string[] = [];
  let found = false;
  let behind = 0;
  let quotes = 0;
  for (const match of text.matchAll(formatting)) {
    const [whole, closing, name, empty] = match;
    for (const character of text.slice(behind, match.index)) if (character === '"') quotes += 1;
    if (quotes % 2 === 1) return false;
    const before = text[match.index - 1] ?? ' ';
    behind = match.index + whole.length;
    const after = text[behind] ?? ' ';
    const tag = name?.toLowerCase() ?? '';
    if (tag === 'br' || tag === 'hr' || empty === '/') continue;
    if (closing === '/') {
      if (open.pop() !== tag || /[\p{L}\p{N}_.-]/u.test(after)) return false;
      found = true;
    } else {
      if (/[\p{L}\p{N}_.-]/u.test(before) || open.length > 100) return false;
      open.push(tag);
    }
  }
  return found && open.length === 0;
}
