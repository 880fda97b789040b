import { gapSign } from './pieces.ts';

/** Overrides of the reading direction (UAX 9): with them the screen shows other words than those that are there. */
export const turned = /[\u202D\u202E]/gu;

const anyQuote = /["“”„‟«»″＂]/gu;
const wordOrNumber = /[\p{L}\p{N}]/u;
/** Holds the place of a picture until it is known whether its line has words. */
const image = '\uE000';

/** Own words, line by line, as they are put together from pieces. Each character is looked at a fixed number of times. */
export class OwnLines {
  readonly #lines: string[] = [];
  #parts: string[] = [];
  #inQuotes = false;
  #silent = true;

  /** True while nothing has been said. */
  get areSilent(): boolean {
    return this.#silent;
  }

  add(text: string): void {
    const plain = text.replaceAll(image, '');
    this.#parts.push(plain);
    if ((plain.match(anyQuote)?.length ?? 0) % 2 === 1) this.#inQuotes = !this.#inQuotes;
    if (wordOrNumber.test(plain)) this.#silent = false;
  }

  /** Adds a name in quotes, since nothing in a quotation is read as a command; within a quotation it needs none. */
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

  /** The lines that say something, with single blanks. A picture among words leaves a gap; by itself it says nothing. */
  whole(): string[] {
    this.end();
    return this.#lines
      .map((line) => {
        const instead = wordOrNumber.test(line) ? ` ${gapSign} ` : ' ';
        return line.replaceAll(image, instead).replace(/\s+/gu, ' ').trim();
      })
      .filter((line) => line !== '');
  }
}
