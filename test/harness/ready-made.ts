import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of an empty embedded database, which tests copy, since creating one takes seconds. */
    emptyDatabase: string;
    /** Folder of the shared compile cache of Stewards in their own processes (`NODE_COMPILE_CACHE`). */
    compiledCode: string;
    /** Whether tests try all cases instead of a sample that fits into every run. */
    campaign: boolean;
  }
}

const make = `
  const { PGlite } = await import('@electric-sql/pglite');
  await (await PGlite.create(process.argv[1])).close();
`;

/** Global set-up of tests that use real services: creates once per run what each test would otherwise create itself. */
export default async function provideReadyMade(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'steward-ready-made-'));
  const database = path.join(folder, 'pgdata');
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', make, database], {
    cwd: path.resolve(import.meta.dirname, '../..'),
  });
  project.provide('emptyDatabase', database);
  project.provide('compiledCode', path.join(folder, 'compiled'));
  // Processes that are ending may still write to it.
  return () => rm(folder, { recursive: true, force: true, maxRetries: 10 });
}
