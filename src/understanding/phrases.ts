/** A set of phrases that can be looked for at a position of a list of words. */
interface PhraseSet {
  /** How many words the longest phrase at `index` takes; 0 when none begins there. */
  longest(wordAt: (index: number) => string, index: number): number;
}

/** Builds a phrase set from phrases separated by `|` or line ends. */
export function phraseSet(list: string): PhraseSet {
  const byFirst = new Map<string, string[][]>();
  for (const phrase of list.split(/[|\n]/)) {
    const words = phrase.trim().split(/\s+/);
    const first = words[0];
    if (first === undefined || first === '') continue;
    byFirst.set(
      first,
      [...(byFirst.get(first) ?? []), words].sort((a, b) => b.length - a.length),
    );
  }
  return {
    longest(wordAt, index) {
      for (const words of byFirst.get(wordAt(index)) ?? []) {
        if (words.every((word, offset) => wordAt(index + offset) === word)) return words.length;
      }
      return 0;
    },
  };
}
