import { sameName } from '../../domain/name-folding.ts';
import type { Piece } from './pieces.ts';

/** An entity of type `mention` from an activity. Any part of it may be missing. */
export interface MentionEntity {
  readonly id: string | null;
  readonly name: string | null;
  /** The text of the mention in the message, often `<at>Name</at>`. */
  readonly text: string | null;
}

/** The recipient of the message according to the activity. */
export interface Recipient {
  readonly id: string | null;
  readonly name: string | null;
}

/** Distinguishes mentions of the bot from mentions of others. */
export class Mentions {
  readonly #entities: readonly MentionEntity[];
  readonly #recipient: Recipient;

  constructor(entities: readonly MentionEntity[], recipient: Recipient) {
    this.#entities = entities;
    this.#recipient = recipient;
  }

  /**
   * The pieces with the name of each mention. A mention whose text came without the element of Teams is found in the
   * words; one without a name takes that of its entity, when both lists have the same length.
   */
  named(pieces: readonly Piece[]): Piece[] {
    const found = this.#spelledOut(pieces);
    const count = found.filter(({ type }) => type === 'mention').length;
    let nth = -1;
    return found.map((piece) => {
      if (piece.type !== 'mention') return piece;
      nth += 1;
      if (piece.name !== '') return piece;
      return { type: 'mention', name: count === this.#entities.length ? (this.#entities[nth]?.name ?? '') : '' };
    });
  }

  /**
   * Whether a mention refers to the bot. When a person has the same name, or nothing is known about the bot, only a
   * mention that opens the message does.
   */
  isBot(name: string, opens: boolean): boolean {
    const { id, name: called } = this.#recipient;
    if (id === null && called === null) return opens;
    if (name === '') return false;
    const hasName = ({ name: said, text }: MentionEntity) =>
      [said, text].some((each) => each !== null && isName(each, name));
    const own = this.#entities.some((entity) => entity.id !== null && entity.id === id && hasName(entity));
    const others = this.#entities.some((entity) => entity.id !== null && entity.id !== id && hasName(entity));
    const likely = own || (called !== null && sameName(called, name));
    return likely && (!others || opens);
  }

  #spelledOut(pieces: readonly Piece[]): readonly Piece[] {
    let all = pieces;
    for (const { text } of this.#entities) {
      const sought = text?.trim() ?? '';
      if (sought === '' || sought.startsWith('<') || sought.length > 200) continue;
      const at = all.findIndex((piece) => piece.type === 'words' && piece.text.includes(sought));
      const piece = all[at];
      if (piece?.type !== 'words') continue;
      const start = piece.text.indexOf(sought);
      all = [
        ...all.slice(0, at),
        { ...piece, text: piece.text.slice(0, start) },
        { type: 'mention', name: sought.replace(/^@/u, '') },
        { ...piece, text: piece.text.slice(start + sought.length) },
        ...all.slice(at + 1),
      ];
    }
    return all;
  }
}

const element = /^<at\b[^<>]*>([^<>]*)<\/at>$/iu;

function isName(said: string, name: string): boolean {
  const inner = element.exec(said.trim())?.[1] ?? said;
  return sameName(inner.replace(/^@/u, '').replaceAll('&amp;', '&'), name);
}
