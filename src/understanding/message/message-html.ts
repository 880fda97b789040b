import { Parser } from 'htmlparser2';
import type { OthersKind, Piece } from './pieces.ts';

/** Deepest nesting that is read; markup of Teams itself has about ten levels. */
const deepest = 400;
/** Longest message that is read, in UTF-16 units. The limit of Teams is about 100 KB with markup. */
const longest = 200_000;

const notShown = new Set(
  'script style head title xml noscript template iframe object svg math select textarea button input'.split(' '),
);
const blocks = new Set(
  (
    'address article aside blockquote center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hr li main nav ol p pre section table tbody td tfoot th thead tr ul codeblock br'
  ).split(' '),
);
const struckOut = new Set(['del', 's', 'strike']);
const players = new Set(['video', 'audio', 'canvas', 'readonly', 'attachment', 'embed']);

/** What text inside an element counts as. */
type Mode = 'own' | 'skip' | 'others' | 'author' | 'mention' | 'emoji' | 'code' | 'verbatim' | 'cells' | 'struck';

interface Frame {
  readonly mode: Mode;
  /** Called when the element that began the mode ends. */
  readonly ends?: () => void;
  readonly block: boolean;
}

/**
 * Parses the HTML of a Teams message into pieces. Null when it is too long or too deep to be one. Linear in its length:
 * one pass of a streaming parser (SAX), a stack of bounded depth, no recursion. Never throws.
 */
export function parseHtmlPieces(html: string): Piece[] | null {
  if (html.length > longest) return null;
  const pieces: Piece[] = [];
  const frames: Frame[] = [];
  let tooDeep = false;
  // Text collected inside the outermost element that does not hold plain own words.
  let text = '';
  let author = '';
  let shown = '';
  let href: string | undefined;

  const mode = (): Mode => frames.at(-1)?.mode ?? 'own';
  const breakLine = () => {
    if (mode() === 'own' && pieces.at(-1)?.type !== 'break') pieces.push({ type: 'break' });
  };
  const collect = (): void => {
    text = '';
    author = '';
    shown = '';
  };
  const others = (kind: OthersKind) => (): void => {
    const words = { kind, author: tidy(author) || null, text: tidy(text) };
    pieces.push({ type: 'others', words, shown: tidy(shown) });
  };

  const opened = (tag: string, attributes: Readonly<Record<string, string>>): Omit<Frame, 'block'> => {
    const outer = mode();
    if (outer === 'others' || outer === 'author') return { mode: attributes.itemprop === 'mri' ? 'author' : outer };
    if (outer === 'code' && tag === 'code') return { mode: outer };
    if (outer !== 'own') return { mode: notShown.has(tag) ? 'skip' : outer };
    if (notShown.has(tag)) return { mode: 'skip' };
    const kind = othersKind(tag, attributes);
    if (kind !== null) {
      collect();
      if (attributes.itemprop === 'mri') return { mode: 'author', ends: others(kind) };
      return { mode: 'others', ends: others(kind) };
    }
    const item = itemType(attributes);
    if (tag === 'quoted') return { mode: 'own' };
    if (tag === 'at' || item === 'mention') {
      collect();
      return { mode: 'mention', ends: () => pieces.push({ type: 'mention', name: tidy(text) }) };
    }
    if (tag === 'emoji' || (item === 'emoji' && tag !== 'img')) {
      pieces.push(emojiOf(attributes.alt));
      return { mode: 'emoji' };
    }
    if (tag === 'table') {
      collect();
      return { mode: 'cells', ends: () => pieces.push(verbatim(text)) };
    }
    if (tag === 'pre' || tag === 'codeblock' || item === 'codesnippet') {
      collect();
      return { mode: 'verbatim', ends: () => pieces.push(verbatim(text)) };
    }
    if (tag === 'code' || tag === 'tt' || tag === 'samp') {
      collect();
      return { mode: 'code', ends: () => pieces.push({ type: 'code', text: tidy(text) }) };
    }
    if (struckOut.has(tag) || /line-through/iu.test(attributes.style ?? '')) {
      collect();
      return { mode: 'struck', ends: () => pieces.push({ type: 'gap', text: tidy(text) }) };
    }
    if (tag === 'a') {
      href = attributes.href;
      return {
        mode: 'own',
        ends: () => {
          href = undefined;
        },
      };
    }
    return { mode: 'own' };
  };

  const parser = new Parser(
    {
      onopentag: (tag, attributes) => {
        if (tooDeep) return;
        tooDeep = frames.length >= deepest;
        const block = blocks.has(tag);
        if (block) breakLine();
        const outer = mode();
        if ((outer === 'cells' || outer === 'verbatim') && block) text += '\n';
        if ((outer === 'others' || outer === 'author') && block) {
          text += '\n';
          shown += '\n';
        }
        if (tag === 'img' && outer === 'own') pieces.push(pictureOf(attributes));
        if (tag === 'quoted' && outer === 'own')
          pieces.push({ type: 'others', words: { kind: 'reply', author: null, text: '' }, shown: '' });
        frames.push({ ...opened(tag, attributes), block });
      },
      ontext: (some) => {
        if (tooDeep) return;
        const flat = some.replace(/\s+/gu, ' ');
        switch (mode()) {
          case 'own':
            pieces.push(href === undefined ? { type: 'words', text: flat } : { type: 'words', text: flat, href });
            return;
          case 'others':
            text += flat;
            shown += flat;
            return;
          case 'author':
            author += flat;
            shown += flat;
            return;
          case 'verbatim':
            text += some;
            return;
          case 'skip':
          case 'emoji':
            return;
          default:
            text += flat;
        }
      },
      onclosetag: () => {
        if (tooDeep) return;
        const frame = frames.pop();
        if (frame === undefined) return;
        frame.ends?.();
        if (frame.block) breakLine();
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  const closed = html.replace(selfClosed, '<$1$2></$1>');
  // In chunks, so that parsing stops soon after the markup has become too deep.
  for (let from = 0; from < closed.length && !tooDeep; from += step) parser.write(closed.slice(from, from + step));
  if (tooDeep) return null;
  parser.end();
  return pieces;
}

const step = 4_096;

/**
 * Teams writes its own empty elements as in XML; an HTML parser would leave them open. Real HTML elements are not
 * changed.
 */
const selfClosed = /<(quoted|emoji|attachment|at)\b([^<>]*)\/>/giu;

function itemType({ itemtype }: Readonly<Record<string, string>>): string | null {
  const found = /schema\.skype\.com\/([\w-]+)/iu.exec(itemtype ?? '');
  return found?.[1]?.toLowerCase() ?? null;
}

/** Item types of Teams that hold the speaker's own words, or are handled separately. */
const ownItems = new Set(['mention', 'emoji', 'hyperlink', 'safelink', 'amsimage', 'codesnippet']);
const unseenStyle = /(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d]))/iu;

function othersKind(tag: string, attributes: Readonly<Record<string, string>>): OthersKind | null {
  const item = itemType(attributes);
  if (item === 'forward' || item === 'reply') return item;
  if (tag === 'blockquote') return 'quote';
  if (/^(?:preview|copy|mri|time)$/u.test(attributes.itemprop ?? '')) return 'reply';
  if (players.has(tag) || (item !== null && !ownItems.has(item))) return 'embedded';
  return 'hidden' in attributes || unseenStyle.test(attributes.style ?? '') ? 'hidden' : null;
}

const pictograph = /^(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]|\u200D|\uFE0F)+$/u;

/** An emoji as its character. Any other alternative text was not written by the speaker. */
function emojiOf(alt: string | undefined): Piece {
  return { type: 'emoji', text: alt !== undefined && pictograph.test(alt.trim()) ? alt.trim() : '' };
}

function pictureOf(attributes: Readonly<Record<string, string>>): Piece {
  const isEmoji = itemType(attributes) === 'emoji' || /emoji|emoticon/iu.test(attributes.class ?? '');
  return isEmoji || pictograph.test((attributes.alt ?? '').trim()) ? emojiOf(attributes.alt) : { type: 'image' };
}

function verbatim(text: string): Piece {
  const lines = text.split(/[\r\n]+/u).map(tidy);
  return { type: 'verbatim', lines: lines.filter((textLine) => textLine !== '') };
}

/** Single spaces between words, and no empty lines. */
export function tidy(text: string): string {
  const lines = text.split(/[\r\n\u2028\u2029]+/u).map((textLine) => textLine.replace(/\s+/gu, ' ').trim());
  return lines.filter((textLine) => textLine !== '').join('\n');
}
