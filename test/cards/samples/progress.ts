import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

/** What all of them have in common. */
const shared = {
  request: 'DSR-1042',
  version: 3,
  workspaceName: 'Fraud Detection',
  assetsTotal: 112,
} satisfies Partial<CardData<'progress'>>;

const checking = {
  ...shared,
  assetsDone: 112,
  bytesDone: 130000000,
  bytesTotal: 130000000,
  startedAt: '2026-11-24T21:36:00Z',
  stopRequested: false,
  action: 'export-then-delete',
  phase: 'checking',
} satisfies CardData<'progress'>;

const deleting = {
  ...checking,
  assetsDone: 37,
  bytesDone: 0,
  bytesTotal: 0,
  action: 'delete',
  phase: 'deleting',
} satisfies CardData<'progress'>;

export const progress = {
  usual: {
    ...shared,
    assetsDone: 37,
    bytesDone: 48213000,
    bytesTotal: 130000000,
    startedAt: '2026-11-24T21:36:00Z',
    stopRequested: false,
    action: 'export',
    phase: 'exporting',
    refreshFor: ['29:user-megan'],
  },
  checking,
  deleting,
  stopping: { ...deleting, stopRequested: true },
  'studio-down': {
    ...deleting,
    outage: { service: 'Studio', since: '2026-11-24T21:41:30Z', retryAt: '2026-11-24T21:43:12Z' },
  },
  waiting: { ...checking, assetsDone: 0, bytesDone: 0, startedAt: null, action: 'export', phase: null },
} satisfies Samples<'progress'>;
