import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { type Identifier, type Literal, parse } from 'acorn';
import { full } from 'acorn-walk';
import { expect, it } from 'vitest';
import { actions } from '../../src/domain/actions.ts';

const project = path.resolve(import.meta.dirname, '../..');

/** Where an action may be named: its traits, its workflow, its cards, and the reader's answers that create requests. */
const mayNameActions =
  /^src\/(?:domain\/(?:actions|policy|request)\.ts|workflows\/(?:workflows\.ts|[^/]+\/)|teams\/(?:cards|answers)\/|understanding\/|knowledge\/|emulators\/)/u;

/** Actions whose names mean nothing else. The two plain ones are looked for in comparisons only. */
const longNames = actions.filter((action) => action.includes('-'));

it('no action is named outside its traits, its workflow, its cards and the answers that ask for it', () => {
  const files = globSync('src/**/*.ts', { cwd: project }).filter((file) => !mayNameActions.test(file));
  expect(files.length).toBeGreaterThan(150);
  const named = files.flatMap((file) => {
    const text = readFileSync(path.join(project, file), 'utf8');
    const compared = /\baction\s*[!=]==\s*'(?:export|delete)\b/u.test(text);
    return compared || longNames.some((action) => text.includes(`'${action}'`)) ? [file] : [];
  });
  expect(named).toEqual([]);
});

it('the rooms that serve every source have no identifier and no key with the name of one', () => {
  const files = globSync('src/{requests,workflows,workers,teams,archive}/**/*.ts', { cwd: project });
  expect(files.length).toBeGreaterThan(150);
  expect(files.flatMap(sourceNamesIn)).toEqual([]);
});

/** "file: name" for each identifier, and each text without a blank, that names a source. Sentences for people may. */
function sourceNamesIn(file: string): string[] {
  const code = stripTypeScriptTypes(readFileSync(path.join(project, file), 'utf8'));
  const names = new Set<string>();
  full(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), (node) => {
    if (node.type === 'Identifier') names.add((node as Identifier).name);
    if (node.type === 'Literal') names.add(String((node as Literal).value));
  });
  return [...names]
    .filter((name) => /studio/iu.test(name) && !/\s|^https:|studio-steward/u.test(name))
    .map((name) => `${file}: ${name}`);
}
