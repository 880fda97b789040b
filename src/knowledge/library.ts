import MiniSearch from 'minisearch';
import { type Classifier, type Example, learn } from './classifier.ts';
import { type Facts, fillIn } from './facts.ts';
import { outsideTopics } from './outside-topics.ts';
import type { Page, Passage } from './page.ts';
import type { KnowledgeFiles } from './page-files.ts';
import { type Asker, fittingPassages } from './passages.ts';
import { audiencesIn, type QuestionTerm, questionTerms } from './question.ts';
import { isWayOfAsking, termsOfLines } from './terms.ts';
import { lightWords } from './wording.ts';

/** A page offered as a suggestion: its id, and the question that gets it as the answer. */
export interface Suggestion {
  readonly page: string;
  readonly question: string;
}

/** The answer to a question. All text comes from reviewed pages. */
export type LibraryAnswer =
  | {
      readonly kind: 'answer';
      readonly page: string;
      readonly title: string;
      /** Plain text, in display order. */
      readonly passages: readonly Passage[];
      readonly sources: readonly string[];
      /** Date of the last review, in ISO 8601. */
      readonly reviewed: string;
      /** What the person may want to write next. */
      readonly next: string;
      readonly related: readonly Suggestion[];
      /** From 0 to 1. */
      readonly confidence: number;
    }
  | {
      readonly kind: 'unknown';
      /** Up to three of the most similar pages; empty when none is similar. */
      readonly closest: readonly Suggestion[];
      /** Where such a question can be answered; null when unknown. */
      readonly where: string | null;
      readonly confidence: number;
    };

export interface Library {
  /** Answers from the pages, or returns `unknown`. Never throws; usually takes a fraction of a millisecond. */
  answer(question: string, asker: Asker): LibraryAnswer;
}

/**
 * Minimum confidence for an answer; below it a page is only suggested. Chosen by cross-validation, see
 * `bench:knowledge`.
 */
const minAnswerConfidence = 0.35;
/** Minimum confidence for a suggestion. */
const minSuggestionConfidence = 0.04;
/** Maximum number of search results that are considered. More do not improve the answers. */
const maxCandidates = 50;
/** Training weight of a page's sentence, compared with 1 for a wording of its question. */
const sentenceWeight = 0.3;

interface Entry {
  readonly id: number;
  readonly asked: string;
  readonly body: string;
}

/**
 * Builds the library from the pages. A search index finds the pages that share a term with the question, and a
 * classifier, trained on the wordings of the pages and of the topics outside them, ranks them. The answer is `unknown`
 * when the best match is an outside topic or its confidence is too low. Takes between one and two tenths of a second,
 * so do it once, at the start.
 */
export function createLibrary({ pages, outside }: KnowledgeFiles, facts: Facts): Library {
  const topics = outsideTopics.map((topic) => ({ ...topic, asked: outside.get(topic.id) ?? [] }));
  const { words, index, classify } = train([
    ...pages.map((page) => ({ asked: [page.title, ...page.wordings], body: sentencesOf(page, facts) })),
    ...topics.map(({ asked }) => ({ asked, body: [] })),
  ]);
  return {
    answer(question, asker) {
      const asked = questionTerms(question, words);
      const ranked = rank(asked, index, classify);
      const [best] = ranked;
      const page = best === undefined ? undefined : pages[best.id];
      if (best === undefined || page === undefined || best.confidence < minAnswerConfidence) {
        const near = ranked
          .filter(({ confidence }) => confidence >= minSuggestionConfidence)
          .map(({ id }) => pages[id]);
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
      const related = pages.filter((other) => page.related.includes(other.id) && appliesTo(other, asker));
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

/** The texts by which a page or an outside topic is found. Its index in the list is its id. */
interface Subject {
  readonly asked: readonly string[];
  readonly body: readonly string[];
}

function train(subjects: readonly Subject[]) {
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

/** Pages and outside topics that share a term with the question, most likely first. */
function rank(
  asked: readonly QuestionTerm[],
  index: MiniSearch<Entry>,
  classify: Classifier,
): { readonly id: number; readonly confidence: number }[] {
  const stems = asked.map(({ stem }) => stem);
  const candidates = index.search(stems.join(' ')).slice(0, maxCandidates);
  const likelihood = classify(stems);
  const shareOfKnown = knownShare(asked);
  return candidates
    .map(({ id }) => ({ id: Number(id), confidence: (likelihood[Number(id)] ?? 0) * shareOfKnown }))
    .sort((a, b) => b.confidence - a.confidence);
}

/** The share of the question's terms that are known. Question forms, light words and names have a smaller weight. */
function knownShare(asked: readonly QuestionTerm[]): number {
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
    // The texts consist of stems already.
    tokenize: (stems) => stems.split(' '),
    processTerm: (stem) => stem,
    searchOptions: { boost: { asked: 2 } },
  });
  index.addAll(entries);
  return index;
}

/** A page's sentences with the configured values filled in. */
function sentencesOf(page: Page, facts: Facts): string[] {
  return page.passages.flatMap(({ text }) => fillIn(text, facts).split(/(?<=[.;:])\s/u));
}

/** False for a page about account types of which the asker has none. */
function appliesTo({ accounts }: Page, { accountTypes }: Asker): boolean {
  return accounts.length === 0 || accountTypes.length === 0 || accounts.some((each) => accountTypes.includes(each));
}

function suggestion({ id, title }: Page): Suggestion {
  return { page: id, question: title };
}
