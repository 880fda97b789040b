import { hostileName, type Samples } from '../sample-parts.ts';

const churn = {
  kind: 'dataset',
  name: 'churn.csv',
  sizeBytes: 48213,
  createdAt: '2019-06-20T08:40:00Z',
  owner: 'Alex Wilber',
  versions: 3,
  workspaceName: 'Churn Lab',
  users: [
    { kind: 'experiment', name: 'Churn prediction' },
    { kind: 'webservice', name: 'Churn scoring' },
  ],
} as const;

export const assetDetails = {
  usual: { assets: [churn] },
  several: {
    assets: [
      churn,
      {
        ...churn,
        kind: 'experiment',
        name: 'Churn prediction',
        sizeBytes: null,
        owner: '',
        versions: 1,
        status: 'failed',
        users: [],
      },
      { ...churn, name: hostileName, users: null },
    ],
    more: 2,
    missing: ['chrun.csv'],
  },
} satisfies Samples<'asset-details'>;
