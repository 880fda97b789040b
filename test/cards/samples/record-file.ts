import type { Samples } from '../sample-parts.ts';

const hash = '3f'.repeat(32);
const url = 'https://example.blob.core.windows.net/archives/records/1/record.csv?sig=1';

export const recordFile = {
  usual: {
    what: 'The record of DSR-1042',
    format: 'csv',
    rows: 17,
    head: { entry: 118, hash },
    url,
    expiresAt: '2026-12-02T09:00:00Z',
  },
  proof: {
    what: 'The record',
    format: 'json',
    rows: 1204,
    head: { entry: 5118, hash },
    url,
    expiresAt: '2026-12-02T09:00:00Z',
  },
} satisfies Samples<'record-file'>;
