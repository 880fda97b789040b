import { hostileName, type Samples } from '../sample-parts.ts';

const churn = {
  kind: 'dataset',
  name: 'churn.csv',
  sizeBytes: 48213,
  createdAt: '2019-06-20T08:40:00Z',
  owner: 'Megan Bowen',
} as const;

export const listAssetsOfAll = {
  usual: {
    limits: { kind: 'dataset' },
    lists: [
      {
        workspaceId: 'fe03915d9b400bd66ea5a0858463f379',
        workspaceName: 'Fraud Detection',
        total: 23,
        size: { sizeBytes: 58_213, sizeIncomplete: false },
        rows: [
          churn,
          { ...churn, name: 'customers-2019.csv' },
          { ...churn, name: 'churn training data, second extract.tsv' },
        ],
      },
      {
        workspaceId: 'ae03915d9b400bd66ea5a0858463f379',
        workspaceName: 'Churn Lab',
        total: 0,
        size: { sizeBytes: 0, sizeIncomplete: false },
        rows: [],
      },
    ],
  },
  everything: {
    limits: { owner: 'me', status: 'failed' },
    lists: [
      {
        workspaceId: 'fe03915d9b400bd66ea5a0858463f379',
        workspaceName: hostileName,
        total: 2,
        size: { sizeBytes: 48_213, sizeIncomplete: true },
        rows: [
          { ...churn, kind: 'experiment', sizeBytes: null },
          { ...churn, name: hostileName, createdAt: null },
        ],
      },
    ],
    more: 2,
  },
} satisfies Samples<'list-assets-of-all'>;
