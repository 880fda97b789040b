/**
 * `npm run campaign:reading`: every word of the reader's vocabulary repeated behind every beginning, and random runs of
 * one to three words, each read in the worker thread within a second. Prints the texts that were not, and the CPU time of texts
 * of doubled length against that of the plain ones, whose ratio shows how time grows.
 */
import path from 'node:path';
import fc from 'fast-check';
import { createLog } from '../../src/log.ts';
import { ReadingThread, unread } from '../../src/teams/reading-thread.ts';
import { emptyConversation } from '../../src/understanding/conversation.ts';
import { read } from '../../src/understanding/read.ts';
import { everyWord, repeatedWords, vocabulary } from '../understanding/repeated-words.ts';

const seed = Number(process.argv[2] ?? Date.now() & 0x7fffffff);
const words = vocabulary(path.resolve(import.meta.dirname, '../..'));
const thread = new ReadingThread(createLog('error'));
let texts = 0;
const late: string[] = [];

for (const text of [...everyWord(words), ...fc.sample(repeatedWords(words), { seed, numRuns: 20_000 })]) {
  texts += 1;
  if ((await thread.understand(text, emptyConversation, '2026-11-25')) === unread) late.push(text.slice(0, 80));
}
await thread.stop();
console.info(`seed ${seed}: ${texts} texts of ${words.length} words, not read within a second: ${late.length}`);
for (const text of late.slice(0, 20)) console.info(JSON.stringify(text));

const cpu = (length: number) => {
  const sample = fc.sample(repeatedWords(words), { seed, numRuns: 300 }).map((text) => text.slice(0, length));
  const before = process.cpuUsage();
  for (const text of sample) read(text, emptyConversation, '2026-11-25');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / sample.length / 1_000;
};
cpu(350);
let earlier = cpu(350);
for (const length of [700, 1_400, 2_800]) {
  const now = cpu(length);
  console.info(
    `${length} characters: ${now.toFixed(2)} ms of CPU, ${(now / earlier).toFixed(2)} times those of half the length`,
  );
  earlier = now;
}
