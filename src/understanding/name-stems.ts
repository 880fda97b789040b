import { type ExistingName, NameIndex } from './learned/name-index.ts';
import { textOf, type Utterance } from './utterance.ts';

/** An existing name; `stem` is set where a message has it without its file ending only. */
export interface SaidName extends ExistingName {
  readonly stem?: string;
  /** Set for somebody who owns something that the person may list. */
  readonly isPerson?: true;
}

/** An asset that a message names without its file ending: tokens `[start, end)`. */
interface StemPlace {
  readonly name: string;
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

/** "pump readings.arff" is "pump readings". */
const fileName = /^(.{3,60})\.[a-z0-9]{1,8}$/iu;
/** A stem has at most so many tokens. */
const longestStem = 6;

/** The existing names, which are also known by what stands before their file endings. */
export class StemIndex extends NameIndex {
  /** Whole names by stem, in small letters. */
  readonly #stems = new Map<string, string>();
  /** How people who own something may be said. */
  readonly people: readonly Pick<ExistingName, 'name'>[];

  constructor(names: readonly SaidName[]) {
    super(names.filter(({ stem, isPerson }) => stem === undefined && isPerson === undefined));
    this.people = names.filter(({ isPerson }) => isPerson === true);
    for (const { name, isWorkspace, isPerson, stem = fileName.exec(name)?.[1] } of names) {
      if (isPerson === undefined && !isWorkspace && stem !== undefined) this.#stems.set(stem.toLowerCase(), name);
    }
  }

  /** The assets that a message names without their file endings. Linear in the number of tokens. */
  stemsIn(utterance: Utterance): StemPlace[] {
    const found: StemPlace[] = [];
    const { tokens } = utterance;
    const known = this.in(utterance);
    for (let start = 0; start < tokens.length; start += 1) {
      // A part of a whole name is no stem.
      const whole = Math.max(0, ...(known[start]?.keys() ?? []));
      if (whole > start) start = whole;
      for (let end = Math.min(tokens.length, start + longestStem); end > start; end -= 1) {
        const stem = textOf(utterance, start, end).toLowerCase();
        const name = this.#stems.get(stem);
        if (name === undefined || tokens[end]?.lower.startsWith('.') === true) continue;
        found.push({ name, stem, start, end });
        start = end - 1;
        break;
      }
    }
    return found;
  }
}
