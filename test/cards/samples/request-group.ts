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
        assets: 23,
        sizeBytes: 123456789,
      },
      {
        request: 'DSR-1043',
        action: 'export',
        workspaceName: 'Fraud Detection',
        what: 'everything',
        state: 'awaiting-confirmation',
        assets: 7,
        sizeBytes: 98765,
      },
      {
        request: 'DSR-1044',
        action: 'delete-workspace',
        workspaceName: 'Old Lab',
        what: 'everything',
        state: 'preparing',
        assets: 0,
        sizeBytes: 0,
      },
    ],
  },
} satisfies Samples<'request-group'>;
