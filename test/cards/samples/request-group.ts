import type { Samples } from '../sample-parts.ts';

export const requestGroup = {
  usual: {
    request: 'DSR-1042',
    version: 3,
    requests: [
      {
        request: 'DSR-1042',
        action: 'export',
        workspaceName: 'Churn Lab',
        what: 'everything',
        state: 'running',
        totals: [
          { kind: 'dataset', count: 20, sizeBytes: 123456789, sizeIncomplete: false },
          { kind: 'experiment', count: 3, sizeBytes: 0, sizeIncomplete: true },
        ],
      },
      {
        request: 'DSR-1043',
        action: 'export',
        workspaceName: 'Fraud Detection',
        what: 'everything',
        state: 'awaiting-confirmation',
        totals: [{ kind: 'dataset', count: 7, sizeBytes: 98765, sizeIncomplete: false }],
      },
      {
        request: 'DSR-1044',
        action: 'delete-workspace',
        workspaceName: 'Old Lab',
        what: 'everything',
        state: 'preparing',
        totals: [],
      },
    ],
  },
} satisfies Samples<'request-group'>;
