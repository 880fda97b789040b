import { type ExistingName, NameIndex } from './learned/name-index.ts';
import { textOf, type Utterance } from './utterance.ts';

/**
 * An existing name; `stem` is set where a message has it without its file ending only, and `prefix` where it has no
 * more than its first words.
 */
export interface SaidName extends ExistingName {
  readonly stem?: string;
  readonly prefix?: string;
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
/** A prefix of fewer words than this may be anything; and the most names of one prefix. */
const leastOfPrefix = 2;
const mostOfPrefix = 20;

/** The existing names, which are also known by what stands before their file endings and by their first words. */
export class StemIndex extends NameIndex {
  /** Whole names by stem, in small letters. */
  readonly #stems = new Map<string, Set<string>>();
  /** Whole names by their first words, in small letters. */
  readonly #prefixes = new Map<string, Set<string>>();
  /** How people who own something may be said. */
  readonly people: readonly Pick<ExistingName, 'name'>[];

  constructor(names: readonly SaidName[]) {
    const things = names.filter(({ isPerson }) => isPerson === undefined);
    super(things.filter(({ stem, prefix }) => stem === undefined && prefix === undefined));
    this.people = names.filter(({ isPerson }) => isPerson === true);
    for (const { name, isWorkspace, prefix, stem = fileName.exec(name)?.[1] } of things) {
      if (isWorkspace) continue;
      if (prefix !== undefined) add(this.#prefixes, prefix, name);
      else {
        if (stem !== undefined) add(this.#stems, stem.toLowerCase(), name);
        for (const first of prefixesOf(name)) add(this.#prefixes, first, name);
      }
    }
  }

  /**
   * The assets that a message names without their file endings, where only one asset has that name. Linear in the number
   * of tokens.
   */
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
        const [name, ...others] = this.#stems.get(stem) ?? [];
        if (name === undefined || others.length > 0 || tokens[end]?.lower.startsWith('.') === true) continue;
        found.push({ name, stem, start, end });
        start = end - 1;
        break;
      }
    }
    return found;
  }

  /** The names that a message may mean by a stem that several have, or by their first words. Linear in the tokens. */
  partsIn(utterance: Utterance): SaidName[] {
    const { tokens } = utterance;
    const found = new Map<string, SaidName>();
    for (let start = 0; start < tokens.length; start += 1) {
      for (let end = Math.min(tokens.length, start + longestStem); end > start; end -= 1) {
        const said = textOf(utterance, start, end).toLowerCase();
        for (const name of this.#stems.get(said) ?? []) found.set(name, { name, isWorkspace: false, stem: said });
        for (const name of this.#prefixes.get(said) ?? [])
          if (!found.has(name)) found.set(name, { name, isWorkspace: false, prefix: said });
      }
    }
    return [...found.values()];
  }

  /** The names that a few words may mean: by their stem, or else by their first words. Each is only ever asked about. */
  meantBy(said: string): readonly string[] {
    const words = said.toLowerCase();
    const stems = [...(this.#stems.get(words) ?? [])];
    return stems.length > 0 ? stems : [...(this.#prefixes.get(words) ?? [])];
  }
}

/** The first words of a name, two or more but not all of its stem: "survey results" of "survey results 2019.csv". */
function prefixesOf(name: string): string[] {
  const stem = fileName.exec(name)?.[1] ?? name;
  const words = stem.toLowerCase().split(' ');
  const most = Math.min(words.length - 1, longestStem);
  return Array.from({ length: Math.max(0, most - leastOfPrefix + 1) }, (_, at) =>
    words.slice(0, at + leastOfPrefix).join(' '),
  );
}

function add(names: Map<string, Set<string>>, part: string, name: string): void {
  const known = names.get(part) ?? new Set();
  names.set(part, known);
  if (known.size < mostOfPrefix) known.add(name);
}
