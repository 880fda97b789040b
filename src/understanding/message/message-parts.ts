import { agreement } from './agreement.ts';
import { type MentionEntity, Mentions, type Recipient } from './mentions.ts';
import { parseHtmlPieces, tidy } from './message-html.ts';
import { parseTextPieces, textFormatOf } from './message-text.ts';
import { bidiOverrides, OwnLines } from './own-lines.ts';
import { splitPasted } from './pasted.ts';
import { gapSign, type OthersWords, type Piece } from './pieces.ts';

/** A chat message as received in an activity; neither its contents nor its types are trusted. */
export interface IncomingMessage {
  readonly text?: unknown;
  readonly textFormat?: unknown;
  readonly attachments?: unknown;
  readonly entities?: unknown;
  readonly recipient?: unknown;
}

/** Why the speaker's own words cannot be determined. */
export type MessageProblem =
  /** Text and HTML say different things. */
  | 'contradiction'
  /** Longer or deeper than any message that a person writes. */
  | 'too-complex'
  /** Quoted words run into the speaker's own words, without a mark where they end. */
  | 'unclear-quote';

/** The speaker's own words of a message, and everything else in it. */
export interface MessageParts {
  /**
   * The speaker's own words as plain text, one line per paragraph. Names that were picked from a list stand in quotes,
   * and so do inline code and the lines of tables and code blocks; `gapSign` stands where something was removed.
   */
  readonly own: string;
  readonly others: readonly OthersWords[];
  /** Names that were picked from a list, without the bot's. */
  readonly mentions: readonly string[];
  readonly links: readonly string[];
  /** True when a name, a picture or struck-out words are missing within the own words. */
  readonly hasGap: boolean;
  /** True when the bot was mentioned within the own words, where a name could have stood. */
  readonly addressedInside: boolean;
  readonly problem: MessageProblem | null;
}

/** Longest text that is parsed, in UTF-16 units. The limit of Teams is about 28 KB of text. */
const longest = 200_000;

/**
 * Separates the speaker's own words from those of others. All readers use `own`, so that the words of others are never
 * read as the speaker's command. Pure; linear in the length of the message; never throws for any input.
 */
export function messageParts(message: IncomingMessage): MessageParts {
  const text = typeof message.text === 'string' ? message.text : '';
  const mentions = new Mentions(mentionEntities(message.entities), recipientOf(message.recipient));
  const { html, others: attached } = attachedParts(message.attachments);
  const quoted = quotedReplies(message.entities);
  const others = [...attached, ...quoted];
  if (text.length > longest) return nothing('too-complex', others);
  const written = parseTextPieces(text, textFormatOf(message.textFormat));
  const shown = html === null ? null : parseHtmlPieces(html);
  if (written === null || (html !== null && shown === null)) return nothing('too-complex', others);
  const textPieces = mentions.named(written);
  if (shown === null) {
    const freed = withoutPreview(textPieces, quoted);
    if (freed === null || isGlued(textPieces, recipientOf(message.recipient)))
      return { ...assemble(textPieces, mentions, others), problem: 'unclear-quote' };
    return assemble(freed, mentions, others);
  }
  const htmlPieces = mentions.named(shown);
  const agreed = agreement(textPieces, htmlPieces, (name) => mentions.isBot(name, true));
  if (agreed === null) return { ...assemble(textPieces, mentions, others), problem: 'contradiction' };
  return assemble(agreed === 'html' ? htmlPieces : textPieces, mentions, others);
}

/** The parts of a text that is known to be the speaker's own, such as the sentence on a button. */
export function ownWordsOnly(text: string): MessageParts {
  return { ...nothing(null, []), own: tidy(text) };
}

function nothing(problem: MessageProblem | null, others: readonly OthersWords[]): MessageParts {
  return { own: '', others, mentions: [], links: [], hasGap: false, addressedInside: false, problem };
}

/** Joins the own words and removes what was pasted into them. */
function assemble(pieces: readonly Piece[], known: Mentions, attached: readonly OthersWords[]): MessageParts {
  const lines = new OwnLines();
  const others: OthersWords[] = [];
  const mentions: string[] = [];
  const links: string[] = [];
  let addressedInside = false;
  for (const piece of pieces) {
    switch (piece.type) {
      case 'words':
        lines.add(piece.text.replace(bidiOverrides, gapSign));
        if (piece.href !== undefined && links.at(-1) !== piece.href) links.push(piece.href);
        break;
      case 'emoji':
        lines.add(piece.text);
        break;
      case 'break':
        lines.end();
        break;
      case 'mention':
        if (known.isBot(piece.name, lines.hasNoWords)) {
          addressedInside ||= !lines.hasNoWords;
          lines.add(' ');
        } else if (piece.name === '') lines.add(gapSign);
        else {
          mentions.push(piece.name);
          lines.addName(piece.name);
        }
        break;
      case 'code':
        if (piece.text !== '') lines.addName(piece.text);
        break;
      case 'verbatim':
        lines.end();
        for (const [index, text] of piece.lines.entries()) {
          if (index > 0) lines.add(', ');
          lines.addName(text);
        }
        lines.end();
        break;
      case 'gap':
        lines.add(gapSign);
        break;
      case 'image':
        lines.addImage();
        break;
      case 'others':
        others.push(piece.words);
        if (piece.shown !== '') lines.end();
    }
  }
  const { own, quoted, pasted } = splitPasted(lines.whole());
  const behind = (kind: 'quote' | 'pasted', some: readonly string[]): OthersWords[] =>
    some.length === 0 ? [] : [{ kind, author: null, text: some.join('\n') }];
  return {
    own: own.join('\n'),
    others: [...others, ...behind('quote', quoted), ...behind('pasted', pasted), ...attached],
    mentions,
    links,
    hasGap: own.some((text) => text.includes(gapSign)),
    addressedInside,
    problem: null,
  };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 500) : [];
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function textField(value: unknown, name: string): string | null {
  const found = field(value, name);
  return typeof found === 'string' ? found : null;
}

function isOfType(entity: unknown, type: string): boolean {
  return textField(entity, 'type')?.toLowerCase() === type.toLowerCase();
}

function mentionEntities(entities: unknown): MentionEntity[] {
  return list(entities)
    .filter((entity) => isOfType(entity, 'mention'))
    .map((entity) => {
      const mentioned = field(entity, 'mentioned');
      return { id: textField(mentioned, 'id'), name: textField(mentioned, 'name'), text: textField(entity, 'text') };
    });
}

function recipientOf(recipient: unknown): Recipient {
  return { id: textField(recipient, 'id'), name: textField(recipient, 'name') };
}

/** The HTML of the message, and the messages of others in its other attachments. */
function attachedParts(attachments: unknown): { html: string | null; others: OthersWords[] } {
  const html: string[] = [];
  const others: OthersWords[] = [];
  for (const attachment of list(attachments)) {
    const type = textField(attachment, 'contentType')?.toLowerCase() ?? '';
    const content = field(attachment, 'content');
    if (type.startsWith('text/html')) {
      const text = typeof content === 'string' ? content : (textField(content, 'text') ?? textField(content, 'body'));
      if (text !== null && text.trim() !== '') html.push(text);
    } else if (/message_?reference$/u.test(type)) {
      const kind = type.includes('forwarded') ? 'forward' : 'reply';
      others.push({ kind, author: null, text: referenced(content) });
    }
  }
  return { html: html.length === 0 ? null : html.join('<br>'), others };
}

function referenced(content: unknown): string {
  let reference = content;
  if (typeof content === 'string') {
    try {
      reference = JSON.parse(content);
    } catch {
      return tidy(content);
    }
  }
  return tidy(textField(reference, 'messagePreview') ?? textField(reference, 'originalMessageContent') ?? '');
}

function quotedReplies(entities: unknown): OthersWords[] {
  return list(entities)
    .filter((entity) => isOfType(entity, 'quotedReply'))
    .map((entity) => {
      const quoted = field(entity, 'quotedReply');
      return { kind: 'reply', author: textField(quoted, 'senderName'), text: textField(quoted, 'preview') ?? '' };
    });
}

/** The pieces without a quoted message that the client wrote before them; null when that quotation is cut short. */
function withoutPreview(pieces: readonly Piece[], quoted: readonly OthersWords[]): readonly Piece[] | null {
  const at = pieces.findIndex((piece) => piece.type === 'words' && piece.text.trim() !== '');
  const first = pieces[at];
  if (first?.type !== 'words') return pieces;
  const start = first.text.trimStart();
  for (const { author, text } of quoted) {
    const preview = tidy(text);
    if (preview === '') continue;
    for (const whole of [`${author ?? ''}${preview}`, `${author ?? ''} ${preview}`, preview]) {
      if (start.startsWith(whole)) {
        const rest: Piece = { type: 'words', text: start.slice(whole.length) };
        return [...pieces.slice(0, at), rest, ...pieces.slice(at + 1)];
      }
      const cut = whole.replace(/(?:…|\.\.\.)$/u, '');
      if (cut !== whole && start.startsWith(cut)) return null;
    }
  }
  return pieces;
}

/** "Studio StewardDelete dataset churn.csv?no": the name of the bot runs into the quotation after it. */
function isGlued(pieces: readonly Piece[], { name }: Recipient): boolean {
  const first = pieces.find((piece) => piece.type === 'words' && piece.text.trim() !== '');
  if (first?.type !== 'words' || name === null || name === '') return false;
  const start = first.text.trimStart();
  return start.startsWith(name) && /^[\p{L}\p{N}]/u.test(start.slice(name.length));
}
