import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { type ImportDeclaration, type ImportExpression, type Node, parse } from 'acorn';
import { simple } from 'acorn-walk';

/** Globals that make network calls. */
const callers = new Set(['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']);

/**
 * Everything in a project's `src`, except the local product, that may make network calls: "file: name" for each value
 * imported from a package (or global) that `isHarmless` does not list.
 */
export function clientsOf(project: string, isHarmless: (from: string, name: string) => boolean): string[] {
  const files = globSync('src/**/*.ts', { cwd: project, exclude: ['src/local/**', 'src/emulators/**'] });
  const found = files.flatMap((file) => {
    const used: [from: string, name: string][] = [];
    const code = stripTypeScriptTypes(readFileSync(path.join(project, file), 'utf8'));
    const tree = parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
    simple(tree, {
      ImportDeclaration({ source, specifiers }: ImportDeclaration) {
        const names = specifiers.map((each) =>
          each.type === 'ImportSpecifier' && 'name' in each.imported ? each.imported.name : '*',
        );
        used.push(...names.map((name): [string, string] => [String(source.value), name]));
      },
      ImportExpression({ source }: ImportExpression) {
        if ('value' in source) used.push([String(source.value), '*']);
      },
      Identifier({ name }: Node & { readonly name: string }) {
        if (callers.has(name)) used.push(['global', name]);
      },
    });
    return used
      .filter(([from, name]) => !from.startsWith('.') && !isHarmless(from, name))
      .map(([from, name]) => `${file}: ${name === '*' ? from : name}`);
  });
  return [...new Set(found)].sort();
}
