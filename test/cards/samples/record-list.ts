import type { Samples } from '../sample-parts.ts';

export const recordList = {
  usual: {
    heading: 'Decisions of Megan from 23 Nov 2026 to 29 Nov 2026',
    sentence: 'Newest first.',
    rows: [
      {
        request: 'DSR-1042',
        action: 'delete',
        who: 'Megan Bowen',
        did: 'approved',
        workspaceName: 'Churn Lab',
        what: 'churn.csv',
        at: '2026-11-27T10:12:00Z',
      },
      {
        request: 'DSR-1038',
        action: 'delete-workspace',
        who: 'Megan Bowen',
        did: 'rejected',
        workspaceName: 'Fraud Detection',
        what: 'everything',
        at: '2026-11-25T15:40:00Z',
      },
    ],
  },
} satisfies Samples<'record-list'>;
