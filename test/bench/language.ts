/**
 * How fast the language of a message is told: `npm run bench -- language`. Compared with reading the same message, which
 * is the baseline, and how well it is told by length.
 */
import { readFileSync } from 'node:fs';
import { understand } from '../../src/understanding/decide.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';

const before = process.memoryUsage().rss;
const start = process.cpuUsage();
const { languageOf } = await import('../../src/understanding/language.ts');
const { user, system } = process.cpuUsage(start);
const loaded = process.memoryUsage().rss;
console.log(`load: ${Math.round((user + system) / 1_000)} ms of CPU, ${Math.round((loaded - before) / 1e6)} MB`);

interface LabelledText {
  readonly text: string;
  readonly languages: readonly string[];
}
const texts = readFileSync(new URL('../understanding/fixtures/languages.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as LabelledText);

const model = shippedModel();
const told = (text: string) => languageOf(text);
const reading = (text: string) => understand(text, model, { today: '2026-11-29' });
console.log(`reading alone (baseline): ${medianOf(reading)} µs a message`);
console.log(`its language: ${medianOf(told)} µs a message`);

console.log('| language | up to 6 words | longer |\n|---|---|---|');
for (const [code, own] of Object.entries(Object.groupBy(texts, ({ languages }) => languages[0] ?? ''))) {
  const short = (own ?? []).filter(({ text }) => text.trim().split(/\s+/u).length <= 6);
  const long = (own ?? []).filter((text) => !short.includes(text));
  console.log(`| ${code} | ${right(short)} | ${right(long)} |`);
}

function right(among: readonly LabelledText[]): string {
  const found = among.filter(({ text, languages }) => languages.includes(languageOf(text) ?? 'en'));
  return `${found.length} of ${among.length}`;
}

/** The median over all texts, in microseconds, each taken a second time so that code is warm. */
function medianOf(work: (text: string) => unknown): number {
  for (const { text } of texts) work(text);
  const times = texts.map(({ text }) => {
    const from = performance.now();
    work(text);
    return performance.now() - from;
  });
  return Math.round((times.sort((a, b) => a - b)[times.length >> 1] ?? 0) * 1_000);
}
