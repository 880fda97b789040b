import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of an embedded database with nothing in it, to be copied: making one takes seconds. */
    emptyDatabase: string;
    /** Where Stewards in processes of their own keep compiled code for the next one (`NODE_COMPILE_CACHE`). */
    compiledCode: string;
    /** Whether everything is tried, rather than a sample that fits into every run. */
    campaign: boolean;
  }
}

const make = `
  const { PGlite } = await import('@electric-sql/pglite');
  await (await PGlite.create(process.argv[1])).close();
`;

/**
 * Set-up of the tests with parts of their own, once per run: what would otherwise be made anew for each of them.
 */
export default async function provideReadyMade(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'steward-ready-made-'));
  const database = path.join(folder, 'pgdata');
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', make, database], {
    cwd: path.resolve(import.meta.dirname, '../..'),
  });
  project.provide('emptyDatabase', database);
  project.provide('compiledCode', path.join(folder, 'compiled'));
  // Processes that end just now may still be writing to it.
  return () => rm(folder, { recursive: true, force: true, maxRetries: 10 });
}
