import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';
import { importRules } from './import-rules.ts';

describe('imports', () => {
  it('go downwards only, without circles, as the table of the house says', { timeout: 60_000 }, async () => {
    expect(await violations(path.resolve(import.meta.dirname, '../..'))).toEqual([]);
  });

  it('are told when they go another way', async () => {
    expect(await violations(path.join(import.meta.dirname, 'fixtures/house-with-every-wrong-import'))).toEqual([
      '@azure/storage-blob is known to archive only: src/sources/studio-classic/blobs.ts -> @azure/storage-blob',
      'a source knows no other source: src/sources/studio-classic/blobs.ts -> src/sources/azure-ml/jobs.ts',
      'an emulator knows itself and what all servers share: src/emulators/graph/people.ts -> src/emulators/entra/tokens.ts',
      'archive imports only downwards: src/archive/zip.ts -> src/sources/studio-classic/blobs.ts',
      'domain knows the libraries of schemas, of dates and of hashes only: src/domain/request.ts -> fs',
      'every import is found: src/requests/create.ts -> ./missing.ts',
      'folders take nothing but types from the files beside them: src/workers/run-request.ts -> src/config.ts',
      'no circles: src/workers/first.ts -> src/workers/second.ts',
      'nothing imports local: src/main.ts -> src/local/start.ts',
      'only local starts emulators: src/main.ts -> src/emulators/graph/people.ts',
      'requests imports only downwards: src/requests/create.ts -> src/workers/run-request.ts',
      'the pure folders do not know the files beside them: src/understanding/read.ts -> src/config.ts',
    ]);
  });
});

/** "rule: from -> to" for every import in the project's `src` that violates a rule, sorted. */
async function violations(project: string): Promise<string[]> {
  const result = await cruise(
    ['src'],
    {
      baseDir: project,
      ruleSet: { forbidden: importRules },
      validate: true,
      parser: 'swc',
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
    },
    { exportsFields: ['exports'], conditionNames: ['node', 'import', 'default'] },
  );
  if (typeof result.output === 'string') throw new Error(`dependency-cruiser answered in text: ${result.output}`);
  const { summary } = result.output;
  expect(summary.totalCruised).toBeGreaterThan(5);
  return summary.violations
    .map(
      ({ rule, from, to }) =>
        `${rule.name}: ${from} -> ${to.replace(/^.*node_modules\/(@[^/]+\/)?([^/]+)\/.*$/, '$1$2')}`,
    )
    .sort();
}
