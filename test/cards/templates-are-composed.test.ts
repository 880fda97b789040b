import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { composedTemplates } from '../../cards/source/build.ts';

const cards = path.resolve(import.meta.dirname, '../../cards');

it('every template is what its source composes; if not: npm run cards:build', async () => {
  const composed = await composedTemplates();
  const files = globSync('*.json', { cwd: cards });
  expect(files.sort()).toEqual([...composed.keys()].sort());
  for (const file of files)
    expect(JSON.parse(readFileSync(path.join(cards, file), 'utf8'))).toEqual(JSON.parse(composed.get(file) ?? ''));
});
