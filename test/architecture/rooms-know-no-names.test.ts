import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { type Identifier, type Literal, parse, type TemplateElement } from 'acorn';
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

it('the rooms that serve every source name none: not in code, and not in sentences for people', () => {
  const files = globSync('src/{requests,workflows,workers,teams,archive}/**/*.ts', { cwd: project });
  expect(files.length).toBeGreaterThan(150);
  expect(files.flatMap(sourceNamesIn)).toEqual([]);
});

/**
 * "file: name" for each identifier and each text that names a source. A sentence takes the name from the source's
 * declaration, so that a second source can say its own. Studio Steward is the bot itself, not a source.
 */
function sourceNamesIn(file: string): string[] {
  const code = stripTypeScriptTypes(readFileSync(path.join(project, file), 'utf8'));
  const names = new Set<string>();
  full(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), (node) => {
    if (node.type === 'Identifier') names.add((node as Identifier).name);
    if (node.type === 'Literal') names.add(String((node as Literal).value));
    if (node.type === 'TemplateElement') names.add((node as TemplateElement).value.raw);
  });
  return [...names]
    .filter((name) => /studio/iu.test(name.replace(/Studio Steward|studio-steward/gu, '')))
    .map((name) => `${file}: ${name}`);
}
