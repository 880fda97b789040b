import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { type Node, parse } from 'acorn';
import { simple } from 'acorn-walk';

/** A regular expression in the source: a literal, or one that is built when its module is loaded. */
export interface SourcePattern {
  /** The file, and for literals the line. */
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

/** Files of `src` that start something when they are imported, and therefore are not loaded. */
const programs = /\/(?:main|start|[a-z-]*command)\.ts$/u;

/** All regular expressions in a project's `src`. Loads its modules, except programs and the local product. */
export async function patternsOf(project: string): Promise<SourcePattern[]> {
  const files = globSync('src/**/*.ts', { cwd: project }).map((file) => path.join(project, file));
  const literals = files.flatMap((file) => literalsOf(file, path.relative(project, file)));
  const known = new Set(literals.map(({ source, flags }) => `${source}/${flags}`));
  const built = new Map<string, SourcePattern>();
  const Original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(Original, {
    construct(target, given, self) {
      const made = Reflect.construct(target, given, self) as RegExp;
      const caller = new Error().stack?.split('\n')[2] ?? '';
      const key = `${made.source}/${made.flags}`;
      if (/\/src\/[^)]*\.ts/u.test(caller) && !known.has(key)) {
        const place = /src\/[^:)]*(?::\d+)?/u.exec(caller)?.[0] ?? 'src';
        built.set(key, { place, source: made.source, flags: made.flags });
      }
      return made;
    },
  });
  try {
    for (const file of files) {
      if (!programs.test(file) && !/\/src\/(local|emulators)\//.test(file)) await import(file);
    }
  } finally {
    globalThis.RegExp = Original;
  }
  return [...literals, ...built.values()];
}

function literalsOf(file: string, name: string): SourcePattern[] {
  const code = stripTypeScriptTypes(readFileSync(file, 'utf8'));
  const found: SourcePattern[] = [];
  simple(parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true }), {
    Literal(node: Node & { readonly regex?: { readonly pattern: string; readonly flags: string } }) {
      if (!node.regex) return;
      const { pattern: source, flags } = node.regex;
      found.push({ place: `${name}:${node.loc?.start.line}`, source, flags });
    },
  });
  return found;
}
