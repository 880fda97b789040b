import type { LabelledQuestion } from './questions.ts';

/** What an answering machine says: the pages it finds, best first, and whether it dares to answer with the first. */
export interface Guess {
  readonly pages: readonly string[];
  readonly answers: boolean;
}

/** Shares from 0 to 1. */
export interface Score {
  readonly answerable: number;
  readonly unanswerable: number;
  /** Of the answerable: the right page comes first, whether it is given as an answer or as a suggestion. */
  readonly rightFirst: number;
  /** Of the answerable: it is among the first three. */
  readonly rightInThree: number;
  readonly answeredRight: number;
  readonly answeredWrong: number;
  /** Of the unanswerable. */
  readonly declined: number;
}

export function score(questions: readonly LabelledQuestion[], guess: (text: string) => Guess): Score {
  const evaluated = questions.map((question) => ({ question, ...guess(question.text) }));
  const answerable = evaluated.filter(({ question }) => question.pages.length > 0);
  const unanswerable = evaluated.filter(({ question }) => question.pages.length === 0);
  const isRight = (page: string | undefined, { pages }: LabelledQuestion) => page !== undefined && pages.includes(page);
  const share = (part: readonly unknown[], whole: readonly unknown[]) =>
    whole.length === 0 ? 0 : part.length / whole.length;
  const right = answerable.filter(({ pages, question }) => isRight(pages[0], question));
  return {
    answerable: answerable.length,
    unanswerable: unanswerable.length,
    rightFirst: share(right, answerable),
    rightInThree: share(
      answerable.filter(({ pages, question }) => pages.slice(0, 3).some((page) => isRight(page, question))),
      answerable,
    ),
    answeredRight: share(
      right.filter(({ answers }) => answers),
      answerable,
    ),
    answeredWrong: share(
      answerable.filter(({ answers, pages, question }) => answers && !isRight(pages[0], question)),
      answerable,
    ),
    declined: share(
      unanswerable.filter(({ answers }) => !answers),
      unanswerable,
    ),
  };
}
