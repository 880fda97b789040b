import { defineConfig } from 'vitest/config';

/** Pure parts: no process, no server, no file is written. */
const unit = ['architecture', 'cards', 'config', 'domain', 'knowledge', 'understanding'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);
/** Tests that look at a page. */
const browser = ['test/browser/**/*.test.ts', 'test/**/*.browser.test.ts', 'test/harness/playground.test.ts'];

const minute = 60_000;

export default defineConfig(({ mode }) => ({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // `npm run campaign:faults` tries all that `npm test` tries a sample of.
    provide: { campaign: mode === 'campaign' },
    projects: [
      { extends: true, test: { name: 'unit', include: unit, exclude: browser, testTimeout: minute } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/**/*.test.ts'],
          exclude: [...unit, ...browser],
          globalSetup: ['test/harness/ready-made.ts', 'test/harness/postgres-server.ts'],
          testTimeout: 2 * minute,
          hookTimeout: 2 * minute,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: browser,
          globalSetup: ['test/harness/ready-made.ts', 'test/harness/browser.ts'],
          testTimeout: 3 * minute,
          hookTimeout: 3 * minute,
        },
      },
    ],
  },
}));
