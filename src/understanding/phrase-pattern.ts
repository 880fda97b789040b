/** One element of a phrase: words, or a part that is captured. */
type Element =
  | { readonly kind: 'words'; readonly words: ReadonlySet<string>; readonly repeat: 'once' | 'optional' | 'any' }
  | { readonly kind: 'capture'; readonly name: string };

/** A phrase that a whole message is compared with. */
export type Phrase = readonly Element[];

/** How many tokens from an index on may be a captured part; every possible length, none when it cannot begin there. */
export type Capture = (tokens: readonly string[], from: number) => readonly number[];

/** Where captured parts of a message lie: token ranges `[from, end)`, by name. */
export type Captured = ReadonlyMap<string, readonly [number, number]>;

/**
 * Compiles a phrase: `a|b` is one of these words, `[a|b]` at most one of them, `[a|b]*` any number of them, and a
 * capital letter is a captured part.
 */
export function phrase(source: string): Phrase {
  return source.split(' ').map((part): Element => {
    if (/^[A-Z]$/.test(part)) return { kind: 'capture', name: part };
    const repeat = part.endsWith(']*') ? 'any' : part.endsWith(']') ? 'optional' : 'once';
    return { kind: 'words', words: new Set(part.replace(/[[\]*]/g, '').split('|')), repeat };
  });
}

/**
 * Matches all tokens with a phrase, by recursive descent with backtracking; null when a token is left unexplained.
 * Tokens are compared in lower case. Callers bound the number of tokens.
 */
export function matchPhrase(
  elements: Phrase,
  tokens: readonly string[],
  captures: Readonly<Record<string, Capture>>,
): Captured | null {
  return matchFrom(elements, 0, tokens, 0, captures);
}

function matchFrom(
  elements: Phrase,
  at: number,
  tokens: readonly string[],
  from: number,
  captures: Readonly<Record<string, Capture>>,
): Captured | null {
  const element = elements[at];
  if (element === undefined) return from === tokens.length ? new Map() : null;
  if (element.kind === 'capture') {
    for (const length of captures[element.name]?.(tokens, from) ?? []) {
      const rest = matchFrom(elements, at + 1, tokens, from + length, captures);
      if (rest !== null) return new Map([...rest, [element.name, [from, from + length] as const]]);
    }
    return null;
  }
  const isHere = element.words.has(tokens[from]?.toLowerCase() ?? '');
  if (element.repeat === 'once') return isHere ? matchFrom(elements, at + 1, tokens, from + 1, captures) : null;
  const taken = isHere ? matchFrom(elements, element.repeat === 'any' ? at : at + 1, tokens, from + 1, captures) : null;
  return taken ?? matchFrom(elements, at + 1, tokens, from, captures);
}

const addressForm = /^[^\s@,;:"'<>()[\]\\]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}$/u;

/** An address. */
export const addressAt: Capture = (tokens, from) => (addressForm.test(tokens[from] ?? '') ? [1] : []);
