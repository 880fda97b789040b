/**
 * `npm run bench:understanding [-- writer …] [--nlp-js] [--language-model] [--fit]`: how well writers are read that the model has not seen. Without
 * names the writers are dealt into five folds, each left out of training in turn (ten minutes on two cores); with names
 * each of them is left out alone. `dev` and `mixed` are only trained on; `platform` and `trades` neither, except by name.
 * Compared on the same rows: regular expressions, the rules alone, the learned reader alone, both as the bot reads;
 * the same where the names that a writer uses exist, of which the reader knows nine in ten; with `--nlp-js` that
 * engine, trained on the same writers; with `--language-model` the one that LANGUAGE_MODEL_ENDPOINT and its like name.
 * `--fit` ends with the weights of `certainty.ts`, fitted on what was left out.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { languageModelSettings, languageModelVariables } from '../../src/language-model/model-settings.ts';
import { understand } from '../../src/understanding/decide.ts';
import type { Reading } from '../../src/understanding/intents.ts';
import { withoutConjunctions } from '../../src/understanding/joints.ts';
import { decodeModel, encodeModel, readerModel } from '../../src/understanding/learned/model-file.ts';
import { NameIndex } from '../../src/understanding/learned/name-index.ts';
import { candidatesOf, type ReaderModel } from '../../src/understanding/learned/reader-model.ts';
import { readOwnWords } from '../../src/understanding/read.ts';
import { slotsOf } from '../../src/understanding/slots.ts';
import { namesIn } from '../../src/understanding/training/known.ts';
import { storedModel } from '../../src/understanding/training/quantise.ts';
import { type Row, rowsByWriter } from '../../src/understanding/training/rows.ts';
import { textOfRow, trainReader } from '../../src/understanding/training/train.ts';
import { tokenise } from '../../src/understanding/utterance.ts';
import { startChat } from '../language-model/chat.ts';
import { isDangerous, type Row as ScoredRow, sameSlots } from '../understanding/scoring.ts';
import { byRegularExpressions, trainedOn } from './understanding-baselines.ts';
import { type Evaluated, evaluated, fittedWeights } from './understanding-certainty.ts';

interface Answer {
  readonly intent: string;
  readonly slots: unknown;
  readonly offers?: readonly { readonly intent: string; readonly slots: unknown }[];
}
type Reader = (text: string) => Answer | Promise<Answer>;

/** Follow an older scheme, or are made by a program: only trained on. */
const trainedOnly = ['dev', 'mixed', 'frames'];
/** Looked at once, at the end. */
const kept = ['platform', 'trades'];
const today = '2026-11-25';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    'nlp-js': { type: 'boolean', default: false },
    'language-model': { type: 'boolean', default: false },
    fit: { type: 'boolean', default: false },
  },
});
const writers = rowsByWriter(new URL('../understanding/utterances/', import.meta.url));
const testable = [...writers.keys()].filter((writer) => ![...trainedOnly, ...kept].includes(writer));
const folds =
  positionals.length > 0
    ? positionals.map((writer) => [writer])
    : [0, 1, 2, 3, 4].map((fold) => testable.filter((_, index) => index % 5 === fold));

const columns = ['intent', 'slots exact', 'out of scope kept', 'acted on or offered', 'the same, slots right'];
console.log(`| writer | reader | rows | ${columns.join(' | ')} | offered out of scope | dangerous |`);
console.log(`|${'---|'.repeat(columns.length + 5)}`);
const totals = new Map<string, Count>();
const deletions: Evaluated[] = [];
for (const left of folds) {
  const training = without(left);
  const model = readerModel(decodeModel(encodeModel(storedModel(trainReader(training), 'bench'))));
  const readers = await readersOf(model, training);
  for (const writer of left) {
    if (values.fit) deletions.push(...evaluated(writers.get(writer) ?? [], model, today));
    const names = new NameIndex((writers.get(writer) ?? []).flatMap(namesIn).filter((_, index) => index % 10 !== 0));
    for (const [name, reader] of readers(names)) {
      const counted = await count(writers.get(writer) ?? [], reader);
      report(writer, name, counted);
      totals.set(name, sum(totals.get(name), counted));
    }
  }
}
for (const [name, counted] of totals) report('all', name, counted);
if (values.fit) console.log(JSON.stringify(fittedWeights(deletions), null, 2));

/** The writers that are trained on; a text that a left-out writer wrote as well is taken out. */
function without(left: readonly string[]): Map<string, Row[]> {
  const texts = new Set(left.flatMap((writer) => writers.get(writer) ?? []).map(({ text }) => text.toLowerCase()));
  return new Map(
    [...writers]
      .filter(([writer]) => !left.includes(writer) && !kept.includes(writer))
      .map(([writer, rows]) => [writer, rows.filter(({ text }) => !texts.has(text.toLowerCase()))] as const),
  );
}

async function readersOf(
  model: ReaderModel,
  training: ReadonlyMap<string, readonly Row[]>,
): Promise<(names: NameIndex) => [string, Reader][]> {
  const nlpJs = values['nlp-js'] ? await trainedOn([...training.values()].flat() as readonly ScoredRow[]) : null;
  const both = (text: string) => understand(text, model, { today });
  return (names) => [
    ['regular expressions', byRegularExpressions],
    ['rules alone', (text) => readOwnWords(text, undefined, today)],
    ['learned alone', (text) => likeliest(model, text)],
    ['both', (text) => bare(both(text))],
    ['both, names known', (text) => bare(understand(text, model, { today, names }))],
    ...(nlpJs === null ? [] : [['nlp.js', nlpJs] as [string, Reader]]),
    ...(values['language-model'] ? [['with a language model', withLanguageModel(both)] as [string, Reader]] : []),
  ];
}

/** As the bot reads with a language model: it is asked about what the reader is unsure of, and only offers a deletion. */
function withLanguageModel(understand: (text: string) => Reading): Reader {
  const settings = languageModelSettings(z.object(languageModelVariables).parse(process.env));
  if (settings === null || 'fault' in settings)
    throw new Error('LANGUAGE_MODEL_ENDPOINT and LANGUAGE_MODEL_NAME say which language model is asked.');
  const chat = startChat(settings, { understand });
  return async (text) => {
    const { reading, askFirst } = await chat.say(text);
    const { intent, slots } = bare(reading);
    return askFirst ? { intent: 'none', slots: {}, offers: [{ intent, slots }] } : bare(reading);
  };
}

/** Without what the scheme does not know: what joins names, and a second command. */
function bare({ intent, slots, offers = [] }: Reading): Answer {
  const { then: _, ...rest } = withoutConjunctions(slots);
  return {
    intent,
    slots: rest,
    offers: offers.map((offer) => ({ ...offer, slots: withoutConjunctions(offer.slots) })),
  };
}

/** The likeliest reading of the learned reader, without thresholds and vetoes, and the next two. */
function likeliest(model: ReaderModel, text: string): Answer {
  const utterance = tokenise(text);
  const found = new Map<string, { probability: number; slots: unknown }>();
  for (const { readingClass, probability, spans } of candidatesOf(model, utterance, 6)) {
    const [intent = ''] = readingClass.split('/');
    const before = found.get(intent);
    const slots = before?.slots ?? withoutConjunctions(slotsOf(utterance, spans, readingClass, today));
    found.set(intent, { probability: probability + (before?.probability ?? 0), slots });
  }
  const ranked = [...found]
    .sort(([, a], [, b]) => b.probability - a.probability)
    .map(([intent, { slots }]) => ({ intent, slots }));
  return { ...(ranked[0] ?? { intent: 'none', slots: {} }), offers: ranked.slice(1, 3) };
}

interface Count {
  readonly rows: number;
  readonly intent: number;
  readonly withSlots: number;
  readonly slots: number;
  readonly outside: number;
  readonly kept: number;
  readonly offered: number;
  readonly offeredSlots: number;
  readonly outsideOffered: number;
  readonly dangerous: number;
}

async function count(rows: readonly Row[], reader: Reader): Promise<Count> {
  const answers: { row: Row; answer: Answer }[] = [];
  for (const row of rows) answers.push({ row, answer: await reader(textOfRow(row)) });
  const many = (test: (row: Row, answer: Answer) => boolean) =>
    answers.filter(({ row, answer }) => test(row, answer)).length;
  const hasSlots = (row: Row) => Object.keys(row.slots).length > 0;
  const isRight = (row: Row, { intent, slots }: { intent: string; slots: unknown }) =>
    intent === row.intent && sameSlots(row.slots, slots);
  const among = (answer: Answer) => [answer, ...(answer.offers ?? [])];
  return {
    rows: rows.length,
    intent: many((row, { intent }) => intent === row.intent),
    withSlots: many(hasSlots),
    slots: many((row, answer) => hasSlots(row) && isRight(row, answer)),
    outside: many(({ intent }) => intent === 'none'),
    kept: many((row, { intent }) => row.intent === 'none' && intent === 'none'),
    offered: many((row, answer) => among(answer).some(({ intent }) => intent === row.intent)),
    offeredSlots: many((row, answer) => among(answer).some((one) => isRight(row, one))),
    outsideOffered: many((row, answer) => row.intent === 'none' && (answer.offers ?? []).length > 0),
    dangerous: many((row, { intent }) => isDangerous(row.intent, intent)),
  };
}

function sum(a: Count | undefined, b: Count): Count {
  if (a === undefined) return b;
  return Object.fromEntries(
    Object.entries(b).map(([key, value]) => [key, value + a[key as keyof Count]]),
  ) as unknown as Count;
}

function report(writer: string, reader: string, counted: Count): void {
  const share = (part: number, whole: number) => (part / Math.max(1, whole)).toFixed(3);
  const cells = [
    writer,
    reader,
    counted.rows,
    share(counted.intent, counted.rows),
    share(counted.slots, counted.withSlots),
    share(counted.kept, counted.outside),
    share(counted.offered, counted.rows),
    share(counted.offeredSlots, counted.rows),
    share(counted.outsideOffered, counted.outside),
    counted.dangerous,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
