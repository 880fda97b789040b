/** A faulty setting: what is wrong and what to write instead, as one sentence that follows the setting's name. */
export class Wrong {
  readonly sentence: string;

  constructor(sentence: string) {
    this.sentence = sentence;
  }
}

/** `what` says what is wrong, `write` what to write instead. Neither may contain a secret. */
export function wrong(what: string, write: string): Wrong {
  return new Wrong(`${what}; write ${write}.`);
}

export function refused(value: unknown): value is Wrong {
  return value instanceof Wrong;
}

const maxShownLength = 60;

/** Formats a value for a sentence: quoted, shortened, and on one line. Not for secrets. */
export function shown(value: string): string {
  return JSON.stringify(value.length > maxShownLength ? `${value.slice(0, maxShownLength)}…` : value);
}
