import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';

/** What a sentence may begin with before a word is repeated; a pattern often needs a beginning to get into its loop. */
const prefixes = [
  '',
  'delete ',
  'please delete dataset ',
  'export ',
  'can you ',
  'i want to ',
  'show me the ',
  'what is the ',
  'status of ',
  'cancel the ',
  'link ',
  'what ',
  'which ',
  'no ',
  'hi ',
  'my data ',
  'access request for ',
  'Megan Bowen has ',
  'it ',
  '"',
];

/** Longest text that a chat takes, in characters, and the most that is read as a command. */
const lengths = [400, 1_400, 4_000];
const joins = [' ', '', ', ', '\n', '-', "'"];

/** Every word that stands anywhere in the reader's source, and marks; whatever reads next is asked the same way. */
export function vocabulary(project: string): string[] {
  const files = globSync(['src/understanding/**/*.ts', 'src/knowledge/**/*.{ts,txt}'], { cwd: project });
  const words = files.flatMap((file) => readFileSync(path.join(project, file), 'utf8').match(/[a-z]{1,20}/giu) ?? []);
  const marks = [
    ',',
    '.',
    ':',
    '-',
    '!',
    '?',
    '#',
    '/',
    '"',
    "'",
    '(',
    '@',
    '<',
    '<at>',
    '&amp;',
    '🙂',
    '1',
    'é',
    'ß',
    '\t',
    '\n',
  ];
  return [...new Set([...words.map((word) => word.toLowerCase()), ...marks])].sort();
}

/** Texts in which one to three words are repeated behind a beginning. */
export function repeatedWords(words: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({
      beginning: fc.constantFrom(...prefixes),
      repeated: fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }),
      join: fc.constantFrom(...joins),
      length: fc.constantFrom(...lengths),
      end: fc.constantFrom('', '!', ' x', '\u0000', '?', ' workspace'),
    })
    .map(({ beginning, repeated, join, length, end }) => {
      const once = repeated.join(join) + join;
      return beginning + once.repeat(Math.ceil(length / once.length)).slice(0, length) + end;
    });
}

/** Every word by itself behind every beginning. */
export function* everyWord(words: readonly string[]): Generator<string> {
  for (const beginning of prefixes) {
    for (const word of words) yield `${beginning}${`${word} `.repeat(Math.ceil(1_400 / (word.length + 1)))}x`;
  }
}
