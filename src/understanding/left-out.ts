import { textOf, tokenise, type Utterance } from './utterance.ts';

const behind: readonly (readonly string[])[] = [['left', 'out'], ['being', 'left', 'out'], ['excluded'], ['omitted']];

/**
 * "Churn Lab, experiments left out" in the order in which exceptions are read: "Churn Lab except experiments". A plural
 * kind or a file in front of the words; every other text stays as it is. Pure; linear in the number of tokens.
 */
export function exceptionInFront(text: string): string {
  if (!/\b(?:left out|excluded|omitted)\b/iu.test(text)) return text;
  const utterance = tokenise(text);
  const { tokens } = utterance;
  for (let at = 1; at < tokens.length; at += 1) {
    const words = behind.find((each) => each.every((word, offset) => tokens[at + offset]?.lower === word));
    const start = words === undefined ? null : objectBefore(utterance, at);
    if (words === undefined || start === null || tokens[at]?.quotation !== 0) continue;
    let from = start;
    while (fillers.has(tokens[from - 1]?.lower ?? '')) from -= 1;
    const [head, tail] = [tokens[from - 1]?.end ?? 0, tokens[at + words.length - 1]?.end ?? text.length];
    return `${text.slice(0, head)} except ${textOf(utterance, start, at)}${text.slice(tail)}`;
  }
  return text;
}

const fillers = new Set([',', 'with', 'but', 'and', 'the', 'all', 'any', '-', '–']);

/** Where the plural kind or the file begins that ends here. */
function objectBefore({ kinds, tokens }: Utterance, end: number): number | null {
  const kind = kinds.find((each) => each.end === end && each.plural && each.kind !== 'workspace');
  if (kind !== undefined) return kind.start;
  return /^[^.\s]+\.[a-z]{1,8}$/iu.test(tokens[end - 1]?.text ?? '') ? end - 1 : null;
}
