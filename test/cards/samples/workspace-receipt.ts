import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

const usual = {
  request: 'DSR-1050',
  version: 8,
  refreshFor: ['29:user-megan'],
  workspaceName: 'Fraud Detection',
  requesterName: 'Megan Bowen',
  approverName: null,
  totals: [
    { kind: 'dataset', count: 6, sizeBytes: 48213000, sizeIncomplete: false },
    { kind: 'experiment', count: 4, sizeBytes: 0, sizeIncomplete: true },
    { kind: 'model', count: 2, sizeBytes: 386048, sizeIncomplete: false },
    { kind: 'webservice', count: 2, sizeBytes: 0, sizeIncomplete: true },
  ],
  staying: [
    { kind: 'web-service', name: 'Fraud scoring' },
    { kind: 'commitment-plan', name: 'fraud-plan' },
  ],
  storageAccount: 'contosofraudstg',
  finishedAt: '2026-11-25T08:12:00Z',
  archive: null,
  outcome: 'gone',
  checkedWith: 'azure',
  note: null,
  verifiedAt: '2026-11-25T08:11:58Z',
} satisfies CardData<'workspace-receipt'>;

export const workspaceReceipt = {
  usual,
  'free-with-archive': {
    ...usual,
    workspaceName: 'Churn Lab',
    requesterName: 'Alex Wilber',
    approverName: 'Patti Fernandez',
    reasonGiven: 'The project has ended; its data is in the archive.',
    staying: [],
    storageAccount: null,
    archive: {
      parts: {
        rows: [
          {
            part: 1,
            sizeBytes: 44040192,
            sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
            url: 'https://contoso.blob.core.windows.net/archives/DSR-1050.zip?sig=x',
          },
        ],
        page: 0,
        total: 1,
      },
      sizeBytes: 44040192,
      linkExpiresAt: '2026-11-26T21:40:00Z',
    },
    checkedWith: 'source',
  },
  kept: {
    ...usual,
    archive: { parts: { rows: [], page: 0, total: 1 }, sizeBytes: 0, linkExpiresAt: null },
    outcome: 'kept',
    note:
      'I kept Fraud Detection. It could not be exported completely. Everything that could be exported is in the ' +
      'archive; to delete the workspace, ask again.',
    verifiedAt: null,
  },
  'not-proven': { ...usual, outcome: 'closed', checkedWith: 'source', verifiedAt: null },
  stopped: { ...usual, outcome: 'stopped', verifiedAt: null },
  untold: { ...usual, outcome: 'untold', unanswered: true },
} satisfies Samples<'workspace-receipt'>;
