import MiniSearch from 'minisearch';
import { type Classifier, type Example, learn } from './classifier.ts';
import { type Facts, fillIn } from './facts.ts';
import { outsideTopics } from './outside-topics.ts';
import type { Page, Passage } from './page.ts';
import type { Shelf } from './page-files.ts';
import { type Asker, fittingPassages } from './passages.ts';
import { circumstancesIn, type QuestionTerm, questionTerms } from './question.ts';
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
const mostCandidates = 12;
/** A sentence of a page counts less than a way to ask for it. */
const sentenceWeight = 0.3;

interface Entry {
  readonly id: number;
  readonly asked: string;
  readonly body: string;
}

/** Indexes the pages and learns from their wordings. Tens of milliseconds; do it once, at the start. */
export function createLibrary({ pages, outside }: Shelf, facts: Facts): Library {
  const topics = outsideTopics.map((topic) => ({ ...topic, asked: outside.get(topic.id) ?? [] }));
  const texts = [
    ...pages.map((page) => ({ asked: [page.title, ...page.wordings], body: filled(page, facts) })),
    ...topics.map(({ asked }) => ({ asked, body: [] })),
  ];
  const lines = texts.flatMap(({ asked, body }) => [...asked, ...body]);
  const found = termsOfLines(lines);
  const stemsOf = new Map(lines.map((line, index) => [line, found[index] ?? []]));
  const words = new Set(found.flatMap((line) => line.map(({ word }) => word)));
  const index = searchIndex(texts.map(({ asked, body }, id) => ({ id, asked: stems(asked), body: stems(body) })));
  const classify = learn(
    texts.flatMap(({ asked, body }, label) => [
      ...asked.map((text) => example(text, label, 1)),
      ...body.map((text) => example(text, label, sentenceWeight)),
    ]),
    texts.length,
  );

  function stems(of: readonly string[]): string {
    return of.flatMap((text) => (stemsOf.get(text) ?? []).map(({ stem }) => stem)).join(' ');
  }

  function example(text: string, label: number, weight: number): Example {
    return { stems: (stemsOf.get(text) ?? []).map(({ stem }) => stem), label, weight };
  }

  return {
    answer(question, asker) {
      const asked = questionTerms(question, words);
      const ranked = rank(asked, index, classify);
      const [best] = ranked;
      const page = best === undefined ? undefined : pages[best.id];
      if (best === undefined || page === undefined || best.confidence < sureEnough) {
        const closest = ranked.flatMap(({ id, confidence }) => {
          const near = pages[id];
          return near === undefined || confidence < worthSuggesting ? [] : [suggestion(near)];
        });
        const topic = best === undefined ? undefined : topics[best.id - pages.length];
        return {
          kind: 'unknown',
          closest: closest.slice(0, 3),
          where: topic?.where ?? null,
          confidence: best?.confidence ?? 0,
        };
      }
      return {
        kind: 'answer',
        page: page.id,
        title: page.title,
        passages: fittingPassages(page, circumstancesIn(asked), asker).map((passage) => ({
          ...passage,
          text: fillIn(passage.text, facts),
        })),
        sources: page.sources,
        reviewed: page.reviewed,
        next: page.next,
        related: page.related

          .flatMap((id: string) => pages.filter((other) => other.id === id && concerns(other, asker)))
          .map(suggestion),
        confidence: best.confidence,
      };
    },
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
function filled(page: Page, facts: Facts): string[] {
  return page.passages.flatMap(({ text }) => fillIn(text, facts).split(/(?<=[.;:])\s/u));
}

/** False for a page about kinds of account of which the asker has none. */
function concerns({ accounts }: Page, { accountTypes }: Asker): boolean {
  return accounts.length === 0 || accountTypes.length === 0 || accounts.some((each) => accountTypes.includes(each));
}

function suggestion({ id, title }: Page): Suggestion {
  return { page: id, question: title };
}
