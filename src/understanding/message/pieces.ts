/** Whose words a part of a message is, when they are not the speaker's. */
export type OthersKind =
  /** Teams marks it as a message that was forwarded. */
  | 'forward'
  /** Teams marks it as the message that is replied to. */
  | 'reply'
  /** A block or lines that are marked as a quotation. */
  | 'quote'
  /** A mail or a chat that was pasted, known by its head. */
  | 'pasted'
  /** A picture, a card, a component: put in, not written. */
  | 'embedded'
  /** In the markup, but not on the screen. */
  | 'hidden';

/** Words in a message that the speaker did not write. */
export interface OthersWords {
  readonly kind: OthersKind;
  /** Who said them, where the message tells. */
  readonly author: string | null;
  readonly text: string;
}

/** One stretch of a message, in its order. Every way of writing a message is taken apart into these. */
export type Piece =
  /** What the speaker wrote. `href` is where it leads, for the words of a link. */
  | { readonly type: 'words'; readonly text: string; readonly href?: string }
  | { readonly type: 'break' }
  /** A name that was picked from a list: of a person, a tag, a channel, or of the bot. */
  | { readonly type: 'mention'; readonly name: string }
  | { readonly type: 'emoji'; readonly text: string }
  /** Code within a line. */
  | { readonly type: 'code'; readonly text: string }
  /** A block of code or the cells of a table: put down as it is, so never read as a sentence. */
  | { readonly type: 'verbatim'; readonly lines: readonly string[] }
  | { readonly type: 'image' }
  /** Something within the speaker's words that says nothing any more. `text` is what stands there, struck out. */
  | { readonly type: 'gap'; readonly text: string }
  /** `shown` is all of it as it stands on the screen, the author included. */
  | { readonly type: 'others'; readonly words: OthersWords; readonly shown: string };

/** Stands in own words for something that was taken out of them (Unicode's object replacement character). */
export const gapSign = '\uFFFC';
