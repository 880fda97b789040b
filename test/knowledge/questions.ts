import { readFileSync } from 'node:fs';

/** A question, and the pages that answer it: none when nothing should be said. */
export interface LabelledQuestion {
  readonly text: string;
  readonly pages: readonly string[];
}

/** `tuned` was looked at while pages and wordings were written; `held-out` was written afterwards and never tuned for;
 * `asked` are the questions of eleven of the writers of `test/understanding/utterances`, none of whose stand among the wordings. */
export type QuestionSet = 'tuned' | 'held-out' | 'asked';

/** Reads a set: answerable questions first, then those that must be declined. */
export function readQuestions(set: QuestionSet): LabelledQuestion[] {
  const prefix = set === 'tuned' ? '' : `${set}-`;
  const answerable = linesOf(`${prefix}questions.txt`).map((line) => {
    const [pages = '', text = ''] = line.split(' | ');
    return { text, pages: pages.split(',') };
  });
  return [...answerable, ...linesOf(`${prefix}unanswerable.txt`).map((text) => ({ text, pages: [] }))];
}

function linesOf(file: string): string[] {
  return readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}
