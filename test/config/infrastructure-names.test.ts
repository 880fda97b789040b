import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { containerPrefix } from '../../src/requests/directory-export.ts';

it('the storage account removes what Steward never could: old archives, and old exports of directory data', async () => {
  const template = await readFile(new URL('../../infra/main.bicep', import.meta.url), 'utf8');
  const removed = /prefixMatch: \[(.*)\]/u.exec(template)?.[1]?.match(/[^', ]+/gu);
  expect(removed).toEqual(['steward-archives/', containerPrefix]);
});
