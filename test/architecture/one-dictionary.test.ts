import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { type Identifier, parse } from 'acorn';
import { full } from 'acorn-walk';
import { describe, expect, it } from 'vitest';
import { bannedAsNames, bannedEverywhere, isExempt, isMeantPlainly } from './dictionary.ts';

const project = path.resolve(import.meta.dirname, '../..');
const sources = globSync('src/**/*.ts', { cwd: project }).sort();

/** Folders with a declared structure, which share their file names. */
const shaped = [/^src\/workflows\/[^/]+\//u, /^src\/sources\/[^/]+\//u, /^src\/teams\/cards\/[^/]+\//u];

describe('the words of the house', () => {
  it('are the field’s: no private word stands in code, comments, cards or the README', () => {
    expect(sources.length).toBeGreaterThan(300);
    const files = [...sources, ...globSync('cards/*.json', { cwd: project }).sort(), 'README.md'];
    expect(files.filter((file) => !isExempt(file)).flatMap(privateWordsOf)).toEqual([]);
  });

  it('name no file and no variable by a word that only a sentence may hold', () => {
    expect(sources.flatMap(privateNamesOf)).toEqual([]);
  });
});

describe('a file', () => {
  it('has a name of its own, but in folders of one declared shape', () => {
    const free = sources.filter((file) => !shaped.some((shape) => shape.test(file)));
    const byName = Object.groupBy(free, (file) => path.basename(file));
    expect(Object.values(byName).filter((same) => (same ?? []).length > 1)).toEqual([]);
  });

  it('has no line over 200 bytes', () => {
    expect(sources.flatMap(longLinesOf)).toEqual([]);
  });
});

function privateWordsOf(file: string): string[] {
  // Splits identifiers in camel case and constants into their words.
  const text = readFileSync(path.join(project, file), 'utf8')
    .replace(/([a-z])([A-Z])/gu, '$1 $2')
    .replace(/_/gu, ' ')
    .toLowerCase();
  return Object.entries(bannedEverywhere)
    .filter(([word]) => new RegExp(`\\b${word}\\b`, 'u').test(text))
    .map(([word, instead]) => `${file}: “${word}”; say “${instead}”`);
}

function privateNamesOf(file: string): string[] {
  const names = new Set<string>([path.basename(file, '.ts')]);
  const code = stripTypeScriptTypes(readFileSync(path.join(project, file), 'utf8'));
  full(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), (node) => {
    if (node.type === 'Identifier') names.add((node as Identifier).name);
  });
  return Object.entries(bannedAsNames)
    .filter(([word]) => names.has(word) && !isMeantPlainly(word, file))
    .map(([word, instead]) => `${file}: ${word}; say ${instead}`);
}

function longLinesOf(file: string): string[] {
  return readFileSync(path.join(project, file), 'utf8')
    .split('\n')
    .flatMap((line, index) => (Buffer.byteLength(line) > 200 ? [`${file}:${index + 1}`] : []));
}
