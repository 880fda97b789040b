import { asking, leadWord } from './grammar.ts';

/** Positions in `canon` where a command's own words may begin, after greetings, connectors and "could you please". */
export interface Prefixes {
  /** After words that change nothing: "hi bot, so please". */
  readonly plain: readonly number[];
  /** After a request to do something: "could you please", "I'd like you to". */
  readonly asked: readonly number[];
}

const leading = new RegExp(leadWord, 'y');
const requesting = new RegExp(asking, 'y');

/** Finds these positions from `offset` on. */
export function prefixes(canon: string, offset: number): Prefixes {
  const plain = leads(canon, offset);
  const asked = new Set<number>();
  for (const position of plain) {
    requesting.lastIndex = position;
    if (requesting.test(canon)) for (const next of leads(canon, requesting.lastIndex)) asked.add(next);
  }
  return { plain, asked: [...asked] };
}

function leads(canon: string, offset: number): number[] {
  const found = [offset];
  let at = offset;
  for (let round = 0; round < 12; round += 1) {
    leading.lastIndex = at;
    if (!leading.test(canon)) break;
    at = leading.lastIndex;
    found.push(at);
  }
  return found;
}

/** Tries a sticky expression at every position; the end of the first match in `canon`, or null. */
export function matchFrom(
  expression: RegExp,
  canon: string,
  { plain, asked }: Prefixes,
  mayAsk: boolean,
): number | null {
  for (const positions of mayAsk ? [plain, asked] : [plain]) {
    for (const position of positions) {
      expression.lastIndex = position;
      if (expression.test(canon)) return expression.lastIndex;
    }
  }
  return null;
}
