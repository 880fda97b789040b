import { decodeHTML } from 'entities';
import { foldedLook } from '../../domain/name-folding.ts';
import type { Piece } from './pieces.ts';

/** Which of two forms of one message tells its parts; null when they say different things. */
export type Agreement = 'html' | 'text' | null;

/**
 * Compares the text of a message with its HTML. Clients leave out, glue together or shorten what is quoted, and write
 * lists, links and emoji in their own ways; the speaker's own words must be the same in both.
 */
export function agreement(text: readonly Piece[], html: readonly Piece[], isBot: (name: string) => boolean): Agreement {
  const said = [text, text.map(decoded)].flatMap((pieces) => [
    gist(pieces, { isBot, others: true, lists: true }),
    gist(pieces, { isBot, others: true, lists: false }),
  ]);
  const shown = (['label', 'href', 'both'] as const).flatMap((links) => [
    gist(html, { isBot, others: true, links, lists: true }),
    gist(html, { isBot, others: true, links, lists: false }),
    gist(html, { isBot, others: true, links, lists: true, authors: false }),
    gist(html, { isBot, others: false, links, lists: true }),
  ]);
  if (shown.some((each) => said.includes(each))) return 'html';
  if (said.some((each) => holdsOwn(each, html, isBot))) return 'html';
  // The mention of the bot is an element in one of them only.
  const nobody = () => false;
  const whole = gist(html, { isBot: nobody, others: true, lists: true });
  if (whole === '' || gist(text, { isBot: nobody, others: true, lists: true }) !== whole) return null;
  return html.some(({ type }) => type === 'mention') ? 'html' : 'text';
}

/** Whether a text that quotes in its own way holds the own words around the quotes, from its start and to its end. */
function holdsOwn(said: string, html: readonly Piece[], isBot: (name: string) => boolean): boolean {
  const runs: Piece[][] = [[]];
  for (const piece of html) {
    if (piece.type === 'others') runs.push([]);
    else runs.at(-1)?.push(piece);
  }
  if (runs.length === 1) return false;
  const own = runs.map((pieces) => gist(pieces, { isBot, others: false, lists: true }));
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

interface Counting {
  readonly isBot: (name: string) => boolean;
  readonly others: boolean;
  /** Whether the signs before the items of a list count. */
  readonly lists: boolean;
  readonly links?: 'label' | 'href' | 'both';
  readonly authors?: false;
}

const listSign = /^\s*(?:[-*•◦▪·]|\d{1,3}[.)]|[a-z]{1,4}[.)])\s+/u;
const notCompared =
  /\s+|(?!\d)[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]|[\u20E3\uFE0F\uFFFC]/gu;

/** What is left of pieces when all that clients write in different ways is taken away. */
function gist(pieces: readonly Piece[], counting: Counting): string {
  const lines = [''];
  const add = (some: string) => lines.push(`${lines.pop() ?? ''}${some}`);
  for (const piece of pieces) {
    switch (piece.type) {
      case 'break':
        lines.push('');
        break;
      case 'words':
        add(linked(piece, counting.links ?? 'label'));
        break;
      case 'code':
      case 'gap':
        add(piece.text);
        break;
      case 'verbatim':
        lines.push(...piece.lines, '');
        break;
      case 'mention':
        if (!counting.isBot(piece.name)) add(piece.name);
        break;
      case 'others':
        if (counting.others && piece.words.kind !== 'hidden')
          lines.push(counting.authors === false ? piece.words.text : piece.shown, '');
        break;
      default:
    }
  }
  const counted = counting.lists ? lines.map((line) => line.replace(listSign, '')) : lines;
  return foldedLook(counted.join(' ')).replace(notCompared, '');
}

function linked({ text, href }: Extract<Piece, { type: 'words' }>, links: 'label' | 'href' | 'both'): string {
  if (href === undefined || links === 'label') return text;
  return links === 'href' ? href : `${text}${href}`;
}

function decoded(piece: Piece): Piece {
  return piece.type === 'words' ? { ...piece, text: decodeHTML(piece.text) } : piece;
}
