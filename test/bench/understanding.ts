/**
 * `npm run bench:understanding`: how well and how fast sentences are read, against two baselines on the same rows.
 * nlp.js is trained on the development set: five-fold cross-validated there, whole for the other sets.
 */
const beforeLoad = process.cpuUsage();
const { read } = await import('../../src/understanding/read.ts');
const { user, system } = process.cpuUsage(beforeLoad);
const loadMs = (user + system) / 1_000;

import { intentNames } from '../../src/understanding/intents.ts';
import { type Guess, type Row, rowsOf, type Score, score } from '../understanding/scoring.ts';
import { harmless } from '../understanding/variations.ts';
import { type Baseline, byRegularExpressions, trainedOn } from './understanding-baselines.ts';

const sets = ['dev', 'voices-1', 'voices-2', 'voices-3', 'voices-4', 'voices-5', 'voices-6'] as const;
const variationCount = 20_000;

const rows = new Map(sets.map((name) => [name, rowsOf(`${name}.jsonl`)]));
const dev = rows.get('dev') ?? [];
const nlpJs = await trainedOn(dev);

console.log('| set | reader | rows | intent | slots exact | out-of-scope recall | dangerous misreads |');
console.log('|---|---|---|---|---|---|---|');
for (const [name, list] of rows) {
  report(name, 'Studio Steward', score(list, read), true);
  report(name, 'regular expressions', score(list, byRegularExpressions), true);
  report(name, 'nlp.js', name === 'dev' ? await crossValidated(list) : await scoreOf(list, nlpJs), false);
}

console.log('\n| intent | rows | recall | precision |\n|---|---|---|---|');
const all = [...rows.values()].flat();
const guesses = all.map((row) => ({ row, guess: read(row.text) }));
for (const intent of intentNames) {
  const meant = guesses.filter(({ row }) => row.intent === intent);
  const said = guesses.filter(({ guess }) => guess.intent === intent);
  const right = meant.filter(({ guess }) => guess.intent === intent).length;
  console.log(
    `| ${intent} | ${meant.length} | ${share(right / meant.length)} | ${share(right / Math.max(1, said.length))} |`,
  );
}

const variations = harmless(1, variationCount);
const misread = variations.filter(({ text }) =>
  ['delete.assets', 'delete.workspace', 'dsr.erase'].includes(read(text).intent),
);
console.log(`\nGenerated sentences that are no commands: ${variations.length}, read as destructive: ${misread.length}`);
const plain = variations.filter(({ text }) => /^(?:delete|dsr\.erase)/.test(byRegularExpressions(text).intent));
console.log(`The same by regular expressions: ${plain.length}`);

const times = all.map(({ text }) => {
  const start = performance.now();
  read(text);
  return performance.now() - start;
});
times.sort((a, b) => a - b);
const at = (part: number) => (times[Math.floor(times.length * part)] ?? 0).toFixed(3);
console.log(
  `\nLoading: ${loadMs.toFixed(0)} ms of CPU. A sentence: median ${at(0.5)} ms, 95 % below ${at(0.95)} ms, slowest ${at(0.9999)} ms.`,
);

function report(set: string, reader: string, found: Score, hasSlots: boolean): void {
  const cells = [
    set,
    reader,
    found.rows,
    share(found.intentAccuracy),
    hasSlots ? share(found.slotExact) : '–',
    share(found.outOfScopeRecall),
    found.dangerous.length,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

function share(value: number): string {
  return value.toFixed(3);
}

/** Every fifth row is held out in turn; the rest trains. */
async function crossValidated(list: readonly Row[]): Promise<Score> {
  const guessed = new Map<string, Guess>();
  for (let fold = 0; fold < 5; fold += 1) {
    const reader = await trainedOn(list.filter((_, index) => index % 5 !== fold));
    for (const row of list.filter((_, index) => index % 5 === fold)) guessed.set(row.text, await reader(row.text));
  }
  return score(list, (text) => guessed.get(text) ?? { intent: 'none', slots: {} });
}

async function scoreOf(list: readonly Row[], reader: Baseline): Promise<Score> {
  const guessed = new Map<string, Guess>();
  for (const { text } of list) guessed.set(text, await reader(text));
  return score(list, (text) => guessed.get(text) ?? { intent: 'none', slots: {} });
}
