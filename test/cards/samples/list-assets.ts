import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import { hostileName, type Samples } from '../sample-parts.ts';

const churn = {
  kind: 'dataset',
  name: 'churn.csv',
  sizeBytes: 48213,
  createdAt: '2019-06-20T08:40:00Z',
  owner: 'Megan Bowen',
} as const;

const usual = {
  workspaceId: 'fe03915d9b400bd66ea5a0858463f379',
  workspaceName: 'Fraud Detection',
  limits: { kind: 'dataset' },
  size: { sizeBytes: 5_831_204_118, sizeIncomplete: false },
  examples: ['list datasets with churn in the name', 'export my datasets'],
  assets: {
    rows: [
      churn,
      {
        kind: 'dataset',
        name: 'churn training data, second extract.tsv',
        sizeBytes: 385704,
        createdAt: '2019-06-20T08:40:00Z',
      },
      { kind: 'dataset', name: 'a.csv', sizeBytes: 1398177, createdAt: '2019-06-20T08:40:00Z' },
      { kind: 'dataset', name: 'customers-2019.csv', sizeBytes: 3085632, createdAt: '2019-06-20T08:40:00Z' },
      {
        kind: 'dataset',
        name: 'churn training data, second extract.tsv',
        sizeBytes: 5448069,
        createdAt: '2019-06-20T08:40:00Z',
      },
      { kind: 'dataset', name: 'a.csv', sizeBytes: 8485488, createdAt: '2019-06-20T08:40:00Z' },
      { kind: 'dataset', name: 'customers-2019.csv', sizeBytes: 12197889, createdAt: '2019-06-20T08:40:00Z' },
      {
        kind: 'dataset',
        name: 'churn training data, second extract.tsv',
        sizeBytes: 16585272,
        createdAt: '2019-06-20T08:40:00Z',
      },
      { kind: 'dataset', name: 'a.csv', sizeBytes: 21647637, createdAt: '2019-06-20T08:40:00Z' },
      { kind: 'dataset', name: 'customers-2019.csv', sizeBytes: 27384984, createdAt: '2019-06-20T08:40:00Z' },
      {
        kind: 'dataset',
        name: 'churn training data, second extract.tsv',
        sizeBytes: 33797313,
        createdAt: '2019-06-20T08:40:00Z',
      },
      { kind: 'dataset', name: 'a.csv', sizeBytes: 40884624, createdAt: '2019-06-20T08:40:00Z' },
      { kind: 'dataset', name: 'customers-2019.csv', sizeBytes: 48646917, createdAt: '2019-06-20T08:40:00Z' },
      {
        kind: 'dataset',
        name: 'churn training data, second extract.tsv',
        sizeBytes: 57084192,
        createdAt: '2019-06-20T08:40:00Z',
      },
      { kind: 'dataset', name: 'a.csv', sizeBytes: 66196449, createdAt: '2019-06-20T08:40:00Z' },
      { kind: 'dataset', name: 'customers-2019.csv', sizeBytes: 75983688, createdAt: '2019-06-20T08:40:00Z' },
      {
        kind: 'dataset',
        name: 'churn training data, second extract.tsv',
        sizeBytes: 86445909,
        createdAt: '2019-06-20T08:40:00Z',
      },
      { kind: 'dataset', name: 'a.csv', sizeBytes: 97583112, createdAt: '2019-06-20T08:40:00Z' },
      { kind: 'dataset', name: 'customers-2019.csv', sizeBytes: 109395297, createdAt: '2019-06-20T08:40:00Z' },
      {
        kind: 'dataset',
        name: 'churn training data, second extract.tsv',
        sizeBytes: 121882464,
        createdAt: '2019-06-20T08:40:00Z',
      },
    ],
    page: 0,
    total: 112,
  },
} satisfies CardData<'list-assets'>;

export const listAssets = {
  usual,
  empty: {
    ...usual,
    limits: { kind: 'model' },
    size: { sizeBytes: 0, sizeIncomplete: false },
    examples: ['list my datasets'],
    assets: { rows: [], page: 0, total: 0 },
  },
  overlooked: { ...usual, overlooked: 'when does it shut down' },
  filtered: {
    ...usual,
    limits: { filter: 'churn', owner: 'Megan', pick: { by: 'biggest', count: 3 }, size: { over: 10 } },
    size: { sizeBytes: 48_225, sizeIncomplete: true },
    examples: [],
    assets: {
      rows: [
        churn,
        { kind: 'experiment', name: 'Churn training', sizeBytes: null, createdAt: null },
        { kind: 'dataset', name: hostileName, sizeBytes: 12, createdAt: '2019-06-20T08:40:00Z' },
      ],
      page: 0,
      total: 3,
    },
  },
} satisfies Samples<'list-assets'>;
