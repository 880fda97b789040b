import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import { archivePart, hostileName, type Samples } from '../sample-parts.ts';

const hostileExperiment = { kind: 'experiment', name: hostileName, note: 'Studio says it is in use.' } as const;

const newDataset = {
  kind: 'dataset',
  name: 'new.csv',
  note: 'it changed after you had confirmed, so I left it alone.',
} as const;

/** What all of them have in common. */
const shared = {
  request: 'DSR-1042',
  version: 7,
  workspaceName: 'Fraud Detection',
  requesterName: 'Megan Bowen',
  finishedAt: '2026-11-24T21:44:00Z',
} satisfies Partial<CardData<'delete-receipt'>>;

const usual = {
  ...shared,
  approverName: null,
  verifiedAt: '2026-11-24T21:44:10Z',
  deleted: {
    rows: [{ kind: 'dataset', name: 'churn.csv', sizeBytes: 48213, createdAt: '2019-06-20T08:40:00Z' }],
    page: 0,
    total: 1,
  },
  kept: { rows: [], page: 0, total: 0 },
  archive: null,
  refreshFor: ['29:user-megan'],
} satisfies CardData<'delete-receipt'>;

const partlyFailed = {
  ...shared,
  approverName: 'Patti Fernandez',
  verifiedAt: '2026-11-24T21:44:10Z',
  deleted: {
    rows: [
      { kind: 'dataset', name: 'customers-2000.csv' },
      { kind: 'dataset', name: 'customers-2001.csv' },
      { kind: 'dataset', name: 'customers-2002.csv' },
      { kind: 'dataset', name: 'customers-2003.csv' },
      { kind: 'dataset', name: 'customers-2004.csv' },
      { kind: 'dataset', name: 'customers-2005.csv' },
      { kind: 'dataset', name: 'customers-2006.csv' },
      { kind: 'dataset', name: 'customers-2007.csv' },
      { kind: 'dataset', name: 'customers-2008.csv' },
      { kind: 'dataset', name: 'customers-2009.csv' },
      { kind: 'dataset', name: 'customers-2010.csv' },
      { kind: 'dataset', name: 'customers-2011.csv' },
      { kind: 'dataset', name: 'customers-2012.csv' },
      { kind: 'dataset', name: 'customers-2013.csv' },
      { kind: 'dataset', name: 'customers-2014.csv' },
    ],
    page: 0,
    total: 111,
  },
  kept: {
    rows: [
      hostileExperiment,
      newDataset,
      {
        kind: 'notebook',
        name: 'explore.ipynb',
        note: "Studio's API does not let Steward delete “explore.ipynb”. Delete it in Studio's web pages (https://studio.azureml.net).",
      },
    ],
    page: 0,
    total: 3,
  },
  archive: {
    parts: { rows: [archivePart(1, 44040192)], page: 0, total: 1 },
    sizeBytes: 44040192,
    linkExpiresAt: '2026-11-25T21:41:00Z',
  },
  retry: { offered: true, by: null },
} satisfies CardData<'delete-receipt'>;

export const deleteReceipt = {
  usual,
  'partly-failed': partlyFailed,
  retried: {
    ...partlyFailed,
    kept: { rows: [hostileExperiment, newDataset], page: 0, total: 2 },
    retry: { offered: false, by: 'DSR-1043' },
  },
  'some-untold': {
    ...usual,
    deleted: {
      rows: [
        { kind: 'dataset', name: 'churn.csv' },
        {
          kind: 'notebook',
          name: 'explore.ipynb',
          note: 'It is gone. I asked for that and got no answer, so I cannot tell whether it was my call or somebody else.',
        },
        { kind: 'dataset', name: 'labels.csv', note: 'Somebody else had deleted it already.' },
      ],
      page: 0,
      total: 3,
    },
    gone: 2,
  },
  'unchecked-in-channel': {
    ...shared,
    approverName: null,
    verifiedAt: null,
    deleted: { rows: [{ kind: 'dataset', name: 'churn.csv' }], page: 0, total: 1 },
    kept: { rows: [], page: 0, total: 0 },
    archive: { parts: { rows: [], page: 0, total: 1 }, sizeBytes: 0, linkExpiresAt: null },
  },
  untold: {
    ...usual,
    reasonGiven: 'Superseded by the data of 2020; nobody has opened them since.',
    deleted: {
      rows: [
        {
          kind: 'dataset',
          name: 'churn.csv',
          note: 'It is gone. I asked for that and got no answer, so I cannot tell whether it was my call or somebody else.',
        },
      ],
      page: 0,
      total: 1,
    },
    gone: 1,
  },
} satisfies Samples<'delete-receipt'>;
