/** What is wrong with a setting and what to write instead, as one sentence behind its name. */
export class Wrong {
  readonly sentence: string;

  constructor(sentence: string) {
    this.sentence = sentence;
  }
}

/** `what` is the case, `write` belongs there. Neither may hold a secret. */
export function wrong(what: string, write: string): Wrong {
  return new Wrong(`${what}; write ${write}.`);
}

export function refused(value: unknown): value is Wrong {
  return value instanceof Wrong;
}

const mostShown = 60;

/** A value in a sentence: in quotes, short, and on one line. Not for secrets. */
export function shown(value: string): string {
  return JSON.stringify(value.length > mostShown ? `${value.slice(0, mostShown)}…` : value);
}
