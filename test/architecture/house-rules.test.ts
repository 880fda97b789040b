import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const project = path.resolve(import.meta.dirname, '../..');

/** A violation, the file it is in, and the lint rule that must report it. */
const refused = [
  ['the time read outside the clock', 'src/workers/late.ts', 'export const now = Date.now();', 'plugin'],
  ['a date made from the time of day', 'src/teams/today.ts', 'export const today = new Date();', 'plugin'],
  ['a wait outside the clock', 'src/workers/wait.ts', 'setTimeout(() => process.abort(), 10);', 'plugin'],
  ['a wait imported', 'src/workers/nap.ts', "import 'node:timers/promises';", 'lint/style/noRestrictedImports'],
  ['settings read by any part', 'src/web/port.ts', 'export const port = process.env.PORT;', 'lint/style/noProcessEnv'],
  ['settings read by local parts', 'src/local/port.ts', 'export const a = process.env.A;', 'lint/style/noProcessEnv'],
  ['a barrel', 'src/domain/index.ts', "export { a } from './a.ts';", 'lint/performance/noBarrelFile'],
  ['over 350 lines', 'src/domain/long.ts', 'export {};\n'.repeat(351), 'lint/style/noExcessiveLinesPerFile'],
  ['a name in camel case', 'src/domain/camelCase.ts', 'export {};', 'lint/style/useFilenamingConvention'],
  ['any', 'src/domain/loose.ts', 'export const a = (x: any) => x;', 'lint/suspicious/noExplicitAny'],
  ['a claim of not null', 'src/domain/sure.ts', 'export const a = (x?: 1) => x!;', 'lint/style/noNonNullAssertion'],
] as const;

const allowed = [
  ['the clock read the time', 'src/system-clock.ts', 'export const now = Date.now();'],
  ['a date be made from a moment', 'src/teams/day.ts', 'export const day = new Date(0);'],
  ['the configuration read the environment', 'src/config.ts', 'export const port = process.env.PORT;'],
] as const;

describe('lint', () => {
  let brokenRules: Map<string, string[]>;

  beforeAll(async () => {
    brokenRules = await lint([...refused, ...allowed].map(([, file, source]) => ({ file, source })));
  });

  it.each(refused)('refuses %s', (_what, file, _source, rule) => {
    expect(brokenRules.get(file)).toContain(rule);
  });

  it.each(allowed)('lets %s', (_what, file) => {
    expect(brokenRules.get(file)).toBeUndefined();
  });
});

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** Lints these sources with this project's configuration; returns the violated rules by file. */
async function lint(sources: readonly { file: string; source: string }[]): Promise<Map<string, string[]>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'steward-lint-'));
  folders.push(folder);
  const parts = ['biome.json', 'test/architecture/time-comes-in-as-clock.grit'];
  await Promise.all(parts.map((part) => cp(path.join(project, part), path.join(folder, part))));
  for (const { file, source } of sources) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), source);
  }
  const program = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  const options = ['lint', '--reporter=json', '--max-diagnostics=none', 'src'];
  const child = spawn(process.execPath, [program, ...options], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  const { diagnostics } = reportSchema.parse(await json(child.stdout));
  return new Map(
    Object.entries(Object.groupBy(diagnostics, ({ location }) => location.path)).map(([file, found]) => [
      file,
      (found ?? []).map(({ category }) => category),
    ]),
  );
}

const reportSchema = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
});
