import { decodeHTML } from 'entities';
import { displayedForm } from '../../domain/name-folding.ts';
import type { Piece } from './pieces.ts';

/** The form of a message that is used for its parts; null when its text and its HTML say different things. */
export type Agreement = 'html' | 'text' | null;

/**
 * Compares the text of a message with its HTML. Clients omit, concatenate or shorten quotations and write lists, links
 * and emoji differently; the speaker's own words must be the same in both.
 */
export function agreement(text: readonly Piece[], html: readonly Piece[], isBot: (name: string) => boolean): Agreement {
  const said = [text, text.map(decoded)].flatMap((pieces) => [
    canonical(pieces, { isBot, others: true, lists: true }),
    canonical(pieces, { isBot, others: true, lists: false }),
  ]);
  const shown = (['label', 'href', 'both'] as const).flatMap((links) => [
    canonical(html, { isBot, others: true, links, lists: true }),
    canonical(html, { isBot, others: true, links, lists: false }),
    canonical(html, { isBot, others: true, links, lists: true, authors: false }),
    canonical(html, { isBot, others: false, links, lists: true }),
  ]);
  if (shown.some((each) => said.includes(each))) return 'html';
  if (said.some((each) => containsOwn(each, html, isBot))) return 'html';
  // The mention of the bot may be an element in only one of them.
  const nobody = () => false;
  const whole = canonical(html, { isBot: nobody, others: true, lists: true });
  if (whole === '' || canonical(text, { isBot: nobody, others: true, lists: true }) !== whole) return null;
  return html.some(({ type }) => type === 'mention') ? 'html' : 'text';
}

/**
 * Whether a text with differently written quotations contains the speaker's own words around them, from its start to
 * its end.
 */
function containsOwn(said: string, html: readonly Piece[], isBot: (name: string) => boolean): boolean {
  const runs: Piece[][] = [[]];
  for (const piece of html) {
    if (piece.type === 'others') runs.push([]);
    else runs.at(-1)?.push(piece);
  }
  if (runs.length === 1) return false;
  const own = runs.map((pieces) => canonical(pieces, { isBot, others: false, lists: true }));
  const spoken = own.filter((run) => run !== '');
  const [only = ''] = spoken;
  if (spoken.length === 1 && said.startsWith(only)) return true;
  const [first = '', ...later] = own;
  const last = later.pop() ?? '';
  if (!said.startsWith(first)) return false;
  let from = first.length;
  for (const between of later) {
    const at = said.indexOf(between, from);
    if (at < 0) return false;
    from = at + between.length;
  }
  return said.length - last.length >= from && said.endsWith(last);
}

interface Comparison {
  readonly isBot: (name: string) => boolean;
  readonly others: boolean;
  /** Whether the signs before list items are compared. */
  readonly lists: boolean;
  readonly links?: 'label' | 'href' | 'both';
  readonly authors?: false;
}

const listSign = /^\s*(?:[-*•◦▪·]|\d{1,3}[.)]|[a-z]{1,4}[.)])\s+/u;
const notCompared =
  /\s+|(?!\d)[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]|[\u20E3\uFE0F\uFFFC]/gu;

/** The canonical form of pieces, without everything that clients write in different ways. */
function canonical(pieces: readonly Piece[], comparison: Comparison): string {
  const lines = [''];
  const add = (some: string) => lines.push(`${lines.pop() ?? ''}${some}`);
  for (const piece of pieces) {
    switch (piece.type) {
      case 'break':
        lines.push('');
        break;
      case 'words':
        add(linked(piece, comparison.links ?? 'label'));
        break;
      case 'code':
      case 'gap':
        add(piece.text);
        break;
      case 'verbatim':
        lines.push(...piece.lines, '');
        break;
      case 'mention':
        if (!comparison.isBot(piece.name)) add(piece.name);
        break;
      case 'others':
        if (comparison.others && piece.words.kind !== 'hidden')
          lines.push(comparison.authors === false ? piece.words.text : piece.shown, '');
        break;
      default:
    }
  }
  const counted = comparison.lists ? lines.map((textLine) => textLine.replace(listSign, '')) : lines;
  return displayedForm(counted.join(' ')).replace(notCompared, '');
}

function linked({ text, href }: Extract<Piece, { type: 'words' }>, links: 'label' | 'href' | 'both'): string {
  if (href === undefined || links === 'label') return text;
  return links === 'href' ? href : `${text}${href}`;
}

function decoded(piece: Piece): Piece {
  return piece.type === 'words' ? { ...piece, text: decodeHTML(piece.text) } : piece;
}
