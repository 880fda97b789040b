/**
 * How well questions are answered: `npm run bench:knowledge`. Every line is measured on the same questions in the same
 * run. "first" is the right page in front, whether given as an answer or offered as a suggestion.
 */
import MiniSearch from 'minisearch';
import { createLibrary } from '../../src/knowledge/library.ts';
import { type KnowledgeFiles, readKnowledgeFiles } from '../../src/knowledge/page-files.ts';
import { type LabelledQuestion, readQuestions } from '../knowledge/questions.ts';
import { sampleFacts } from '../knowledge/sample-facts.ts';
import { type Guess, type Score, score } from '../knowledge/score.ts';

type Method = (shelf: KnowledgeFiles) => (text: string) => Guess;

/** What keyword matching does: the page that shares most words with the question; an answer when half of them do. */
const keywordOverlap: Method = ({ pages }) => {
  const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const books = pages.map((page) => ({
    id: page.id,
    words: wordsOf([page.title, ...page.wordings, ...page.passages.map(({ text }) => text)].join(' ')),
  }));
  return (text) => {
    const asked = wordsOf(text);
    const shared = books.map(({ id, words }) => ({ id, count: asked.intersection(words).size }));
    shared.sort((a, b) => b.count - a.count);
    return { pages: shared.map(({ id }) => id), answers: (shared[0]?.count ?? 0) >= asked.size / 2 };
  };
};

/** MiniSearch (BM25+) as it comes, with prefixes and typing errors; an answer when half of the words are found. */
const plainSearch: Method = ({ pages }) => {
  const index = new MiniSearch<{ id: string; title: string; wordings: string; text: string }>({
    fields: ['title', 'wordings', 'text'],
    searchOptions: { fuzzy: 0.2, prefix: true, boost: { title: 2, wordings: 2 } },
  });
  for (const { id, title, wordings, passages } of pages) {
    index.add({ id, title, wordings: wordings.join('\n'), text: passages.map(({ text }) => text).join('\n') });
  }
  return (text) => {
    const found = index.search(text);
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
    return {
      pages: found.map(({ id }) => String(id)),
      answers: (found[0]?.queryTerms.length ?? 0) >= words / 2,
    };
  };
};

/** MiniSearch as it comes, with every wording as a document of its own, and declined topics among them. */
const wordingSearch: Method = ({ pages, outside }) => {
  const index = new MiniSearch<{ id: number; page: string; text: string }>({
    fields: ['text'],
    storeFields: ['page'],
    searchOptions: { fuzzy: 0.2 },
  });
  const wordings = [
    ...pages.flatMap(({ id, title, wordings: all }) => [title, ...all].map((text) => ({ page: id, text }))),
    ...[...outside].flatMap(([topic, all]) => all.map((text) => ({ page: `outside:${topic}`, text }))),
  ];
  index.addAll(wordings.map((wording, id) => ({ id, ...wording })));
  return (text) => {
    const found = [...new Set(index.search(text).map(({ page }) => String(page)))];
    return {
      pages: found.filter((page) => !page.startsWith('outside:')),
      answers: found[0] !== undefined && !found[0].startsWith('outside:'),
    };
  };
};

const library: Method = (shelf) => {
  const { answer } = createLibrary(shelf, sampleFacts);
  return (text) => {
    const found = answer(text, { accountTypes: [], roles: [] });
    return found.kind === 'answer'
      ? { pages: [found.page], answers: true }
      : { pages: found.closest.map(({ page }) => page), answers: false };
  };
};

const methods = {
  'keyword overlap (baseline)': keywordOverlap,
  'MiniSearch, pages': plainSearch,
  'MiniSearch, wordings': wordingSearch,
  'the library': library,
} as const;

/** Six times: a sixth of all wordings is hidden and asked instead. Terser and more ambiguous than what people ask. */
function crossValidated(shelf: KnowledgeFiles, method: Method): Score {
  const folds = 6;
  const guesses = new Map<string, Guess>();
  const questions: LabelledQuestion[] = [];
  const isHidden = (index: number, fold: number) => (index * 5 + Math.floor(index / 4)) % folds === fold;
  for (let fold = 0; fold < folds; fold += 1) {
    const shown = (wordings: readonly string[]) => wordings.filter((_, index) => !isHidden(index, fold));
    const ask = method({
      pages: shelf.pages.map((page) => ({ ...page, wordings: shown(page.wordings) })),
      outside: new Map([...shelf.outside].map(([topic, wordings]) => [topic, shown(wordings)])),
    });
    const hidden = [
      ...shelf.pages.map(({ id, wordings }) => ({ pages: [id], wordings })),
      ...[...shelf.outside.values()].map((wordings) => ({ pages: [], wordings })),
    ];
    for (const { pages, wordings } of hidden) {
      for (const text of wordings.filter((_, index) => isHidden(index, fold))) {
        questions.push({ text, pages });
        guesses.set(text, ask(text));
      }
    }
  }
  return score(questions, (text) => guesses.get(text) ?? { pages: [], answers: false });
}

function print(name: string, measured: Score): void {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`.padStart(9);
  const { rightFirst, rightInThree, answeredRight, answeredWrong, declined } = measured;
  console.log(name.padEnd(28), ...[rightFirst, rightInThree, answeredRight, answeredWrong, declined].map(percent));
}

const shelf = readKnowledgeFiles();
console.log(`${shelf.pages.length} pages, ${shelf.pages.flatMap(({ wordings }) => wordings).length} wordings\n`);
for (const set of ['tuned', 'held-out', 'asked', 'cross-validation'] as const) {
  const questions = set === 'cross-validation' ? [] : readQuestions(set);
  const scores = Object.entries(methods).map(([name, method]) => ({
    name,
    measured: set === 'cross-validation' ? crossValidated(shelf, method) : score(questions, method(shelf)),
  }));
  const { answerable = 0, unanswerable = 0 } = scores[0]?.measured ?? {};
  console.log(`${set}: ${answerable} answerable, ${unanswerable} unanswerable questions`);
  console.log(''.padEnd(28), '    first', ' in three', '  right', '    wrong', ' declined');
  for (const { name, measured } of scores) print(name, measured);
  console.log('');
}

const cpu = (work: () => unknown) => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};
console.log(`reading the pages: ${cpu(readKnowledgeFiles).toFixed(0)} ms of CPU`);
console.log(`indexing and learning: ${cpu(() => createLibrary(shelf, sampleFacts)).toFixed(0)} ms of CPU`);
const ready = library(shelf);
const all = (['tuned', 'held-out'] as const).flatMap(readQuestions);
const times = all.map(({ text }) => {
  const start = performance.now();
  ready(text);
  return performance.now() - start;
});
times.sort((a, b) => a - b);
const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
console.log(`an answer: ${at(0.5)} ms (median), ${at(0.99)} ms (99 %)`);
