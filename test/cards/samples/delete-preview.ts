import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import { fraudDetection, hostileName, type Samples } from '../sample-parts.ts';

const churnPredictor2 = {
  kind: 'model',
  name: 'Churn predictor 2',
  sizeBytes: 144639,
  createdAt: '2019-06-20T08:40:00Z',
  owner: 'Adele Vance',
  versions: 1,
  dependants: [],
} as const;

const customers2019Csv0 = {
  kind: 'dataset',
  name: 'customers-2019.csv 0',
  sizeBytes: 48213,
  createdAt: '2019-06-20T08:40:00Z',
  owner: 'Adele Vance',
  versions: 1,
  dependants: [],
} as const;

const customers2019Csv3 = {
  kind: 'dataset',
  name: 'customers-2019.csv 3',
  sizeBytes: 192852,
  createdAt: '2019-06-20T08:40:00Z',
  owner: 'Adele Vance',
  versions: 2,
  dependants: [],
} as const;

const hostileDataset = {
  kind: 'dataset',
  name: hostileName,
  sizeBytes: 12,
  createdAt: null,
  owner: 'PowerShell',
  versions: 1,
  dependants: [],
} as const;

/** What all of them have in common. */
const shared = {
  request: 'DSR-1042',
  version: 3,
  workspace: fraudDetection,
  expiresAt: '2026-11-25T21:40:00Z',
} satisfies Partial<CardData<'delete-preview'>>;

const usual = {
  ...shared,
  approvalsNeeded: 0,
  assets: {
    rows: [
      {
        kind: 'dataset',
        name: 'churn.csv',
        sizeBytes: 48213,
        createdAt: '2019-06-20T08:40:00Z',
        owner: 'Adele Vance',
        versions: 3,
        dependants: [
          { kind: 'experiment', name: 'Churn training' },
          { kind: 'experiment', name: 'Churn scoring' },
        ],
      },
    ],
    page: 0,
    total: 1,
  },
  totals: [{ kind: 'dataset', count: 1, sizeBytes: 48213, sizeIncomplete: false, used: 1 }],
  refreshFor: ['29:user-megan'],
} satisfies CardData<'delete-preview'>;

export const deletePreview = {
  usual,
  changed: {
    ...shared,
    approvalsNeeded: 2,
    assets: {
      rows: [
        customers2019Csv0,
        {
          kind: 'experiment',
          name: 'Churn training run, second attempt 1',
          sizeBytes: null,
          createdAt: '2019-06-20T08:40:00Z',
          owner: 'Adele Vance',
          versions: 3,
          dependants: [],
        },
        churnPredictor2,
        customers2019Csv3,
        hostileDataset,
      ],
      page: 0,
      total: 5,
    },
    totals: [
      { kind: 'dataset', count: 3, sizeBytes: 241077, sizeIncomplete: false, used: 0 },
      { kind: 'experiment', count: 1, sizeBytes: 0, sizeIncomplete: true, used: 0 },
      { kind: 'model', count: 1, sizeBytes: 144639, sizeIncomplete: false, used: 0 },
    ],
    changes: {
      added: {
        count: 7,
        first: [
          { kind: 'dataset', name: 'late.csv' },
          { kind: 'dataset', name: 'late 2.csv' },
          { kind: 'dataset', name: 'late 3.csv' },
          { kind: 'dataset', name: 'late 4.csv' },
          { kind: 'dataset', name: 'late 5.csv' },
        ],
      },
      renamed: { count: 1, first: [{ kind: 'dataset', before: 'churn.csv', name: 'churn 2020.csv' }] },
      updated: { count: 1, first: [{ kind: 'experiment', name: 'Churn training' }] },
      gone: {
        count: 2,
        first: [
          { kind: 'dataset', name: 'old.csv' },
          { kind: 'dataset', name: 'older.csv' },
        ],
      },
      removal: false,
    },
  },
  many: {
    ...usual,
    assets: {
      rows: [
        customers2019Csv0,
        {
          kind: 'experiment',
          name: 'Churn training run, second attempt 1',
          sizeBytes: null,
          createdAt: '2019-06-20T08:40:00Z',
          owner: 'Adele Vance',
          versions: 2,
          dependants: [],
        },
        churnPredictor2,
        customers2019Csv3,
        {
          kind: 'experiment',
          name: 'Churn training run, second attempt 4',
          sizeBytes: null,
          createdAt: '2019-06-20T08:40:00Z',
          owner: 'Adele Vance',
          versions: 1,
          dependants: [],
        },
        {
          kind: 'model',
          name: 'Churn predictor 5',
          sizeBytes: 289278,
          createdAt: '2019-06-20T08:40:00Z',
          owner: 'Adele Vance',
          versions: 2,
          dependants: [],
        },
        {
          kind: 'dataset',
          name: 'customers-2019.csv 6',
          sizeBytes: 337491,
          createdAt: '2019-06-20T08:40:00Z',
          owner: 'Adele Vance',
          versions: 1,
          dependants: [],
        },
        {
          kind: 'experiment',
          name: 'Churn training run, second attempt 7',
          sizeBytes: null,
          createdAt: '2019-06-20T08:40:00Z',
          owner: 'Adele Vance',
          versions: 2,
          dependants: [],
        },
        {
          kind: 'model',
          name: 'Churn predictor 8',
          sizeBytes: 433917,
          createdAt: '2019-06-20T08:40:00Z',
          owner: 'Adele Vance',
          versions: 1,
          dependants: [],
        },
        {
          kind: 'dataset',
          name: 'customers-2019.csv 9',
          sizeBytes: 482130,
          createdAt: '2019-06-20T08:40:00Z',
          owner: 'Adele Vance',
          versions: 2,
          dependants: [],
        },
        {
          kind: 'experiment',
          name: 'Churn training run, second attempt 10',
          sizeBytes: null,
          createdAt: '2019-06-20T08:40:00Z',
          owner: 'Adele Vance',
          versions: 1,
          dependants: [],
        },
        {
          kind: 'model',
          name: 'Churn predictor 11',
          sizeBytes: 578556,
          createdAt: '2019-06-20T08:40:00Z',
          owner: 'Adele Vance',
          versions: 2,
          dependants: [],
        },
        {
          kind: 'dataset',
          name: 'customers-2019.csv 12',
          sizeBytes: 626769,
          createdAt: '2019-06-20T08:40:00Z',
          owner: 'Adele Vance',
          versions: 1,
          dependants: [],
        },
        {
          kind: 'experiment',
          name: 'Churn training run, second attempt 13',
          sizeBytes: null,
          createdAt: '2019-06-20T08:40:00Z',
          owner: 'Adele Vance',
          versions: 2,
          dependants: [],
        },
        {
          kind: 'model',
          name: 'Churn predictor 14',
          sizeBytes: 723195,
          createdAt: '2019-06-20T08:40:00Z',
          owner: 'Adele Vance',
          versions: 1,
          dependants: [],
        },
      ],
      page: 3,
      total: 412,
    },
    totals: [
      { kind: 'dataset', count: 140, sizeBytes: 2410770000, sizeIncomplete: false, used: 7 },
      { kind: 'experiment', count: 136, sizeBytes: 0, sizeIncomplete: true, used: 0 },
      { kind: 'model', count: 136, sizeBytes: 144639000, sizeIncomplete: false, used: 0 },
    ],
  },
  retry: { ...usual, retryOf: 'DSR-1041' },
  'with a reason': {
    ...usual,
    approvalsNeeded: 1,
    reasonAsked: {
      because: ['What others made is deleted only for a reason.'],
      readers: 'deciders',
      isShared: true,
    },
  },
  several: {
    chosen: 'Chosen: all assets before 1 Jan 2020, except “churn.csv” and model “Churn predictor”.',
    ...shared,
    approvalsNeeded: 1,
    assets: {
      rows: [
        customers2019Csv0,
        {
          kind: 'experiment',
          name: 'Churn training run, second attempt 1',
          sizeBytes: null,
          createdAt: '2019-06-20T08:40:00Z',
          owner: 'Adele Vance',
          versions: 3,
          dependants: [{ kind: 'experiment', name: 'Churn scoring' }],
        },
        churnPredictor2,
        customers2019Csv3,
        hostileDataset,
      ],
      page: 0,
      total: 5,
    },
    totals: [
      { kind: 'dataset', count: 3, sizeBytes: 241077, sizeIncomplete: false, used: 0 },
      { kind: 'experiment', count: 1, sizeBytes: 0, sizeIncomplete: true, used: 1 },
      { kind: 'model', count: 1, sizeBytes: 144639, sizeIncomplete: false, used: 0 },
    ],
  },
} satisfies Samples<'delete-preview'>;
