/** The origin of words in a message that are not the speaker's. */
export type OthersKind =
  /** Teams marks it as a message that was forwarded. */
  | 'forward'
  /** Teams marks it as the message that is replied to. */
  | 'reply'
  /** A block or lines that are marked as a quotation. */
  | 'quote'
  /** A mail or a chat that was pasted, recognised by its header. */
  | 'pasted'
  /** A picture, a card or a component: inserted, not written. */
  | 'embedded'
  /** Present in the markup, but not shown. */
  | 'hidden';

/** Words in a message that the speaker did not write. */
export interface OthersWords {
  readonly kind: OthersKind;
  /** Their author, when the message names one. */
  readonly author: string | null;
  readonly text: string;
}

/** A piece of a message, in order. Every format of a message is parsed into these. */
export type Piece =
  /** Words of the speaker. `href` is the destination, for the words of a link. */
  | { readonly type: 'words'; readonly text: string; readonly href?: string }
  | { readonly type: 'break' }
  /** A name that was picked from a list: of a person, a tag, a channel, or of the bot. */
  | { readonly type: 'mention'; readonly name: string }
  | { readonly type: 'emoji'; readonly text: string }
  /** Code within a line. */
  | { readonly type: 'code'; readonly text: string }
  /** A block of code or the cells of a table: kept as it is, so never read as a sentence. */
  | { readonly type: 'verbatim'; readonly lines: readonly string[] }
  | { readonly type: 'image' }
  /** Struck-out words among the own words. `text` is what they say. */
  | { readonly type: 'gap'; readonly text: string }
  /** `shown` is the whole text as the screen shows it, with the author. */
  | { readonly type: 'others'; readonly words: OthersWords; readonly shown: string };

/** Placeholder in own words for something that was removed (Unicode's object replacement character). */
export const gapSign = '\uFFFC';
