/**
 * `npm run bench:left-out [-- writer …]`: how well the learned reader reads a writer it was not trained on. Without
 * names, every writer but `dev`, `mixed`, `platform` and `trades` is left out in turn; each takes two minutes.
 */
import { decodeModel, encodeModel, readerModel } from '../../src/understanding/learned/model-file.ts';
import { candidatesOf } from '../../src/understanding/learned/reader-model.ts';
import { slotsOf } from '../../src/understanding/slots.ts';
import { storedModel } from '../../src/understanding/training/quantise.ts';
import { rowsByWriter } from '../../src/understanding/training/rows.ts';
import { textOfRow, trainReader } from '../../src/understanding/training/train.ts';
import { tokenise } from '../../src/understanding/utterance.ts';
import { isDangerous, sameSlots } from '../understanding/scoring.ts';

/** Never tested on: the first two follow an older scheme, the others are looked at once, at the end. */
const notTested = ['dev', 'mixed', 'platform', 'trades'];
/** Kept out of training too until they are looked at. */
const kept = ['platform', 'trades'];

const writers = rowsByWriter(new URL('../understanding/utterances/', import.meta.url));
const asked = process.argv.slice(2);
const tested = asked.length > 0 ? asked : [...writers.keys()].filter((writer) => !notTested.includes(writer));

console.log(
  '| writer left out | rows | intent | among three | slots exact | out-of-scope recall | read as destructive by mistake |',
);
console.log('|---|---|---|---|---|---|---|');
for (const writer of tested) {
  const rows = writers.get(writer) ?? [];
  const texts = new Set(rows.map(({ text }) => text.toLowerCase()));
  const training = new Map(
    [...writers]
      .filter(([other]) => other !== writer && !kept.includes(other))
      .map(([other, list]) => [other, list.filter(({ text }) => !texts.has(text.toLowerCase()))] as const),
  );
  const model = readerModel(decodeModel(encodeModel(storedModel(trainReader(training), 'bench'))));
  const count = { right: 0, among: 0, slots: 0, withSlots: 0, outside: 0, outsideRight: 0, dangerous: 0 };
  for (const row of rows) {
    const utterance = tokenise(textOfRow(row));
    const candidates = candidatesOf(model, utterance, 6);
    const intents = new Map<string, number>();
    for (const { readingClass, probability } of candidates) {
      const intent = readingClass.split('/')[0] ?? '';
      intents.set(intent, (intents.get(intent) ?? 0) + probability);
    }
    const ranked = [...intents].sort(([, a], [, b]) => b - a).map(([intent]) => intent);
    const intent = ranked[0] ?? 'none';
    const best = candidates.find(({ readingClass }) => readingClass.split('/')[0] === intent);
    const isRight = intent === row.intent;
    if (isRight) count.right += 1;
    if (ranked.slice(0, 3).includes(row.intent)) count.among += 1;
    if (row.intent === 'none') count.outside += 1;
    if (row.intent === 'none' && isRight) count.outsideRight += 1;
    if (isDangerous(row.intent, intent)) count.dangerous += 1;
    if (Object.keys(row.slots).length === 0) continue;
    count.withSlots += 1;
    const slots = best === undefined ? {} : slotsOf(utterance, best.spans, best.readingClass, null);
    if (isRight && sameSlots(row.slots, slots)) count.slots += 1;
  }
  const share = (part: number, whole: number) => (part / Math.max(1, whole)).toFixed(3);
  console.log(
    `| ${writer} | ${rows.length} | ${share(count.right, rows.length)} | ${share(count.among, rows.length)} | ${share(count.slots, count.withSlots)} | ${share(count.outsideRight, count.outside)} | ${count.dangerous} |`,
  );
}
