import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import { archivePart, hostileName, type Samples } from '../sample-parts.ts';

const parts = { rows: [archivePart(1, 44040192)], page: 0, total: 1 } as const;

/** What all of them have in common. */
const shared = {
  request: 'DSR-1042',
  version: 6,
  workspaceName: 'Fraud Detection',
  linkExpiresAt: '2026-11-25T21:41:00Z',
} satisfies Partial<CardData<'export-result'>>;

const usual = {
  ...shared,
  assetsExported: 13,
  removeAfter: '2026-12-01T21:41:00Z',
  parts,
  exceptions: { rows: [], page: 0, total: 0 },
  refreshFor: ['29:user-megan'],
  sizeBytes: 44040192,
} satisfies CardData<'export-result'>;

const partlyFailed = {
  ...shared,
  assetsExported: 12,
  parts,
  exceptions: {
    rows: [{ kind: 'dataset', name: hostileName, note: 'disappeared from Studio while the export ran.' }],
    page: 0,
    total: 1,
  },
  sizeBytes: 44040192,
} satisfies CardData<'export-result'>;

const retried = {
  ...partlyFailed,
  exceptions: {
    rows: [{ kind: 'dataset', name: hostileName, note: 'the connection broke off while the file was read.' }],
    page: 0,
    total: 1,
  },
  retry: { offered: false, by: 'DSR-1043' },
} satisfies CardData<'export-result'>;

export const exportResult = {
  usual,
  scheduled: {
    ...usual,
    schedule: {
      name: 'Monthly export',
      note: 'It was due on Mon 2 Nov 2026, 06:00. I was not running then, so it comes late. The next run is on Mon 7 Dec 2026, 06:00 (Europe/Berlin). Write “which exports are scheduled?” to see or stop it.',
    },
  },
  'part-gone': {
    ...usual,
    parts: {
      rows: [
        archivePart(1, 44040192),
        {
          part: 2,
          sizeBytes: 1073741824,
          sha256: '4444444444444444444444444444444444444444444444444444444444444444',
          url: null,
        },
      ],
      page: 0,
      total: 2,
    },
    sizeBytes: 1117782016,
  },
  'partly-failed': partlyFailed,
  revoked: { ...usual, version: 8, linksRevokedAt: '2026-11-24T22:03:00Z' },
  retried,
  retry: { ...retried, retry: { offered: true, by: null } },
  'twenty-parts': {
    ...shared,
    assetsExported: 1190,
    parts: {
      rows: [
        archivePart(1, 1073741824),
        archivePart(2, 1073741824),
        archivePart(3, 1073741824),
        archivePart(4, 1073741824),
        archivePart(5, 1073741824),
        archivePart(6, 1073741824),
        archivePart(7, 1073741824),
        archivePart(8, 1073741824),
      ],
      page: 0,
      total: 20,
    },
    exceptions: {
      rows: [
        {
          kind: 'dataset',
          name: 'customers-2000.csv',
          note: 'changed while it was exported; the newer version is in the archive.',
        },
        {
          kind: 'dataset',
          name: 'customers-2001.csv',
          note: 'changed while it was exported; the newer version is in the archive.',
        },
        {
          kind: 'dataset',
          name: 'customers-2002.csv',
          note: 'changed while it was exported; the newer version is in the archive.',
        },
        {
          kind: 'dataset',
          name: 'customers-2003.csv',
          note: 'changed while it was exported; the newer version is in the archive.',
        },
        {
          kind: 'dataset',
          name: 'customers-2004.csv',
          note: 'changed while it was exported; the newer version is in the archive.',
        },
        {
          kind: 'dataset',
          name: 'customers-2005.csv',
          note: 'changed while it was exported; the newer version is in the archive.',
        },
        {
          kind: 'dataset',
          name: 'customers-2006.csv',
          note: 'changed while it was exported; the newer version is in the archive.',
        },
        {
          kind: 'dataset',
          name: 'customers-2007.csv',
          note: 'changed while it was exported; the newer version is in the archive.',
        },
        {
          kind: 'dataset',
          name: 'customers-2008.csv',
          note: 'changed while it was exported; the newer version is in the archive.',
        },
        {
          kind: 'dataset',
          name: 'customers-2009.csv',
          note: 'changed while it was exported; the newer version is in the archive.',
        },
      ],
      page: 0,
      total: 14,
    },
    sizeBytes: 20445134848,
  },
} satisfies Samples<'export-result'>;
