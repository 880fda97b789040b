import { gapSign } from './pieces.ts';

/** Bidirectional overrides (UAX 9): they make the screen show other words than the text contains. */
export const bidiOverrides = /[\u202D\u202E]/gu;

const anyQuote = /["“”„‟«»″＂]/gu;
const wordOrNumber = /[\p{L}\p{N}]/u;
/** Placeholder of a picture until it is known whether its line has words. */
const image = '\uE000';

/** Builds the own words from pieces, line by line. Linear: each character is processed a fixed number of times. */
export class OwnLines {
  readonly #lines: string[] = [];
  #parts: string[] = [];
  #inQuotes = false;
  #silent = true;

  /** True while no word has been added. */
  get hasNoWords(): boolean {
    return this.#silent;
  }

  add(text: string): void {
    const plain = text.replaceAll(image, '');
    this.#parts.push(plain);
    if ((plain.match(anyQuote)?.length ?? 0) % 2 === 1) this.#inQuotes = !this.#inQuotes;
    if (wordOrNumber.test(plain)) this.#silent = false;
  }

  /** Adds a name in quotes, because no command is read inside a quotation; within a quotation it needs none. */
  addName(name: string): void {
    const plain = name.replace(anyQuote, "'");
    this.add(this.#inQuotes ? plain : `"${plain}"`);
  }

  addImage(): void {
    this.#parts.push(image);
  }

  end(): void {
    this.#lines.push(this.#parts.join(''));
    this.#parts = [];
    this.#inQuotes = false;
  }

  /**
   * The lines that have words, with single spaces. A picture among words becomes a gap sign; by itself it is removed.
   */
  whole(): string[] {
    this.end();
    return this.#lines
      .map((textLine) => {
        const instead = wordOrNumber.test(textLine) ? ` ${gapSign} ` : ' ';
        return textLine.replaceAll(image, instead).replace(/\s+/gu, ' ').trim();
      })
      .filter((textLine) => textLine !== '');
  }
}
