import MiniSearch from 'minisearch';
import { type Classifier, type Example, learn } from './classifier.ts';
import { type Facts, fillIn } from './facts.ts';
import { outsideTopics } from './outside-topics.ts';
import type { Page, Passage } from './page.ts';
import type { Shelf } from './page-files.ts';
import { type Asker, fittingPassages } from './passages.ts';
import { audiencesIn, type QuestionTerm, questionTerms } from './question.ts';
import { isWayOfAsking, termsOfLines } from './terms.ts';
import { lightWords } from './wording.ts';

/** A page's question as a suggestion: what it is called, and what to say to have it answered. */
export interface Suggestion {
  readonly page: string;
  readonly question: string;
}

/** What the library says to a question. All text comes from reviewed pages. */
export type LibraryAnswer =
  | {
      readonly kind: 'answer';
      readonly page: string;
      readonly title: string;
      /** Plain text, in the order in which it is to be shown. */
      readonly passages: readonly Passage[];
      readonly sources: readonly string[];
      /** ISO 8601 day. */
      readonly reviewed: string;
      /** What the person may want to say next. */
      readonly next: string;
      readonly related: readonly Suggestion[];
      /** From 0 to 1. */
      readonly confidence: number;
    }
  | {
      readonly kind: 'unknown';
      /** Up to three pages that come closest; empty when none does. */
      readonly closest: readonly Suggestion[];
      /** Where such a question may be answered; null when that is not known either. */
      readonly where: string | null;
      readonly confidence: number;
    };

export interface Library {
  /** Answers from the pages, or says that it does not know. Never fails; a fraction of a millisecond as a rule. */
  answer(question: string, asker: Asker): LibraryAnswer;
}

/** Below this confidence a page is a suggestion and no answer. Chosen by cross-validation, see `bench:knowledge`. */
const sureEnough = 0.35;
/** Below this one it is not even worth suggesting. */
const worthSuggesting = 0.04;
/** Pages that the search hands on. More bring nothing. */
const mostCandidates = 50;
/** A sentence of a page counts less than a way to ask for it. */
const sentenceWeight = 0.3;

interface Entry {
  readonly id: number;
  readonly asked: string;
  readonly body: string;
}

/**
 * Makes the pages answerable. A search index finds the pages that share a term with the question; of these a
 * classifier, which has learnt from the pages' wordings and from those of subjects that no page covers, takes the
 * likeliest. When that is none of the pages, or not likely enough, the library does not know. Takes between one and two
 * tenths of a second; do it once, at the start.
 */
export function createLibrary({ pages, outside }: Shelf, facts: Facts): Library {
  const topics = outsideTopics.map((topic) => ({ ...topic, asked: outside.get(topic.id) ?? [] }));
  const { words, index, classify } = study([
    ...pages.map((page) => ({ asked: [page.title, ...page.wordings], body: sentencesOf(page, facts) })),
    ...topics.map(({ asked }) => ({ asked, body: [] })),
  ]);
  return {
    answer(question, asker) {
      const asked = questionTerms(question, words);
      const ranked = rank(asked, index, classify);
      const [best] = ranked;
      const page = best === undefined ? undefined : pages[best.id];
      if (best === undefined || page === undefined || best.confidence < sureEnough) {
        const near = ranked.filter(({ confidence }) => confidence >= worthSuggesting).map(({ id }) => pages[id]);
        return {
          kind: 'unknown',
          closest: near
            .filter((each) => each !== undefined)
            .slice(0, 3)
            .map(suggestion),
          where: (best === undefined ? undefined : topics[best.id - pages.length]?.where) ?? null,
          confidence: best?.confidence ?? 0,
        };
      }
      const { id, title, sources, reviewed, next } = page;
      const passages = fittingPassages(page, audiencesIn(asked), asker);
      const related = pages.filter((other) => page.related.includes(other.id) && concerns(other, asker));
      return {
        kind: 'answer',
        page: id,
        title,
        passages: passages.map((passage) => ({ ...passage, text: fillIn(passage.text, facts) })),
        sources,
        reviewed,
        next,
        related: related.map(suggestion),
        confidence: best.confidence,
      };
    },
  };
}

/** What a page or an outside topic is found by. Its place in the list is its id. */
interface Subject {
  readonly asked: readonly string[];
  readonly body: readonly string[];
}

function study(subjects: readonly Subject[]) {
  const lines = subjects.flatMap(({ asked, body }) => [...asked, ...body]);
  const found = termsOfLines(lines);
  const stemsOf = new Map(lines.map((line, at) => [line, (found[at] ?? []).map(({ stem }) => stem)]));
  const stems = (texts: readonly string[]) => texts.flatMap((text) => stemsOf.get(text) ?? []).join(' ');
  const examples = (texts: readonly string[], label: number, weight: number): Example[] =>
    texts.map((text) => ({ stems: stemsOf.get(text) ?? [], label, weight }));
  return {
    words: new Set(found.flatMap((line) => line.map(({ word }) => word))),
    index: searchIndex(subjects.map(({ asked, body }, id) => ({ id, asked: stems(asked), body: stems(body) }))),
    classify: learn(
      subjects.flatMap(({ asked, body }, label) => [
        ...examples(asked, label, 1),
        ...examples(body, label, sentenceWeight),
      ]),
      subjects.length,
    ),
  };
}

/** Pages and outside topics that share a term with the question, the likeliest first. */
function rank(
  asked: readonly QuestionTerm[],
  index: MiniSearch<Entry>,
  classify: Classifier,
): { readonly id: number; readonly confidence: number }[] {
  const stems = asked.map(({ stem }) => stem);
  const candidates = index.search(stems.join(' ')).slice(0, mostCandidates);
  const likelihood = classify(stems);
  const understood = share(asked);
  return candidates
    .map(({ id }) => ({ id: Number(id), confidence: (likelihood[Number(id)] ?? 0) * understood }))
    .sort((a, b) => b.confidence - a.confidence);
}

/** The share of the question's words that are known at all. Small words count less, and so do names. */
function share(asked: readonly QuestionTerm[]): number {
  let all = 0;
  let known = 0;
  for (const term of asked) {
    const weight = isWayOfAsking(term.stem) || lightWords.has(term.stem) ? 0.3 : term.isName ? 0.2 : 1;
    all += weight;
    if (term.known) known += weight;
  }
  return all === 0 ? 0 : known / all;
}

function searchIndex(entries: readonly Entry[]): MiniSearch<Entry> {
  const index = new MiniSearch<Entry>({
    fields: ['asked', 'body'],
    // They come as stems already.
    tokenize: (stems) => stems.split(' '),
    processTerm: (stem) => stem,
    searchOptions: { boost: { asked: 2 } },
  });
  index.addAll(entries);
  return index;
}

/** A page's sentences with the configuration's values in them. */
function sentencesOf(page: Page, facts: Facts): string[] {
  return page.passages.flatMap(({ text }) => fillIn(text, facts).split(/(?<=[.;:])\s/u));
}

/** False for a page about kinds of account of which the asker has none. */
function concerns({ accounts }: Page, { accountTypes }: Asker): boolean {
  return accounts.length === 0 || accountTypes.length === 0 || accounts.some((each) => accountTypes.includes(each));
}

function suggestion({ id, title }: Page): Suggestion {
  return { page: id, question: title };
}
