import { globSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Element } from './fragments.ts';

const cards = path.join(import.meta.dirname, '..');

/** The text of every template file in `cards/`, by its name, as the sources in this folder compose it. */
export async function composedTemplates(): Promise<ReadonlyMap<string, string>> {
  const sources = globSync('*.ts', { cwd: import.meta.dirname }).filter(
    (file) => !/^(?:build|fragments)\.ts$/u.test(file),
  );
  const composed = new Map<string, string>();
  for (const source of sources.sort()) {
    const { template } = (await import(`./${source}`)) as { readonly template: Element };
    composed.set(source.replace(/\.ts$/u, '.json'), `${JSON.stringify(template, null, 2)}\n`);
  }
  return composed;
}

if (import.meta.main) {
  const composed = await composedTemplates();
  for (const [file, text] of composed) writeFileSync(path.join(cards, file), text);
  console.log(`${composed.size} templates written.`);
}
