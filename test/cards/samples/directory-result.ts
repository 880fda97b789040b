import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

const firstFile = {
  name: 'OneDrive/file-0001.json',
  sizeBytes: 1000,
  url: 'https://account.blob.core.windows.net/directory-export-dsr-1042-3f2a9c1b7d5e/OneDrive/file-0001.json?sv=2025-07-05&sr=b&sp=r&sig=sample',
} as const;

const secondFile = {
  name: 'ActivityReports/file-0002.json',
  sizeBytes: 2000,
  url: 'https://account.blob.core.windows.net/directory-export-dsr-1042-3f2a9c1b7d5e/OneDrive/file-0002.json?sv=2025-07-05&sr=b&sp=r&sig=sample',
} as const;

const thirdFile = {
  name: 'OneDrive/file-0003.json',
  sizeBytes: 3000,
  url: 'https://account.blob.core.windows.net/directory-export-dsr-1042-3f2a9c1b7d5e/OneDrive/file-0003.json?sv=2025-07-05&sr=b&sp=r&sig=sample',
} as const;

/** What all of them have in common. */
const shared = {
  request: 'DSR-1042',
  version: 6,
  refreshFor: ['29:user-megan'],
  personName: 'Alex Wilber',
} satisfies Partial<CardData<'directory-result'>>;

const usual = {
  ...shared,
  outcome: 'complete',
  bytes: 6000,
  linkExpiresAt: '2026-11-26T21:40:00Z',
  searchedAt: null,
  removedAt: '2026-12-02T21:40:00Z',
  canSearch: false,
  note: null,
  files: { rows: [firstFile, secondFile, thirdFile], page: 0, total: 3 },
} satisfies CardData<'directory-result'>;

const inDoubt = {
  ...usual,
  outcome: 'in-doubt',
  bytes: 0,
  linkExpiresAt: null,
  canSearch: true,
  note:
    'I was interrupted while I asked Microsoft Graph, so the export of Alex Wilber may or may not have been ' +
    'started. I do not ask a second time by myself.',
  files: { rows: [], page: 0, total: 0 },
} satisfies CardData<'directory-result'>;

export const directoryResult = {
  usual,
  'cut-off': {
    ...shared,
    outcome: 'cut-off',
    bytes: 3000,
    linkExpiresAt: '2026-12-03T21:40:00Z',
    searchedAt: null,
    removedAt: '2026-12-09T21:40:00Z',
    canSearch: false,
    note:
      'Microsoft Graph had not finished with Alex Wilber when its right to write ended. I have stopped following; ' +
      'the operation itself cannot be cancelled. Ask again to start a new one.',
    files: { rows: [firstFile, secondFile], page: 0, total: 2 },
  },
  'in-doubt': inDoubt,
  'in-doubt-nothing-found': { ...inDoubt, searchedAt: '2026-11-25T22:10:00Z' },
  many: {
    ...usual,
    bytes: 7340032000,
    files: {
      rows: [
        firstFile,
        secondFile,
        thirdFile,
        {
          name: 'ActivityReports/file-0004.json',
          sizeBytes: 4000,
          url: 'https://account.blob.core.windows.net/directory-export-dsr-1042-3f2a9c1b7d5e/OneDrive/file-0004.json?sv=2025-07-05&sr=b&sp=r&sig=sample',
        },
        {
          name: 'OneDrive/file-0005.json',
          sizeBytes: 5000,
          url: 'https://account.blob.core.windows.net/directory-export-dsr-1042-3f2a9c1b7d5e/OneDrive/file-0005.json?sv=2025-07-05&sr=b&sp=r&sig=sample',
        },
        {
          name: 'ActivityReports/file-0006.json',
          sizeBytes: 6000,
          url: 'https://account.blob.core.windows.net/directory-export-dsr-1042-3f2a9c1b7d5e/OneDrive/file-0006.json?sv=2025-07-05&sr=b&sp=r&sig=sample',
        },
      ],
      page: 1,
      total: 431,
    },
  },
} satisfies Samples<'directory-result'>;
