import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

/** What all of them have in common. */
const shared = {
  request: 'DSR-1042',
  version: 3,
  action: 'export',
  workspaceName: 'Fraud Detection',
  what: 'everything',
  createdAt: '2026-11-24T21:36:00Z',
  changedAt: '2026-11-24T21:40:00Z',
  expiresAt: '2026-11-25T21:40:00Z',
} satisfies Partial<CardData<'request-status'>>;

const usual = {
  ...shared,
  linkExpiresAt: null,
  note: null,
  progress: null,
  state: 'awaiting-confirmation',
} satisfies CardData<'request-status'>;

const partlyFailed = {
  ...shared,
  linkExpiresAt: '2026-11-25T21:41:00Z',
  note: null,
  progress: null,
  state: 'partly-failed',
} satisfies CardData<'request-status'>;

export const requestStatus = {
  usual,
  'archive-removed': { ...usual, state: 'succeeded', archive: 'removed' },
  'awaiting-approval': { ...usual, state: 'awaiting-approval' },
  'awaiting-choice': { ...usual, state: 'awaiting-choice' },
  cancelled: { ...usual, state: 'cancelled' },
  expired: { ...usual, state: 'expired' },
  failed: {
    ...usual,
    note: "Studio refused the workspace's key. One of its owners has to register a new one.",
    state: 'failed',
  },
  'partly-failed': partlyFailed,
  preparing: { ...usual, state: 'preparing' },
  rejected: { ...usual, note: 'Patti Fernandez said no.', state: 'rejected' },
  running: { ...shared, linkExpiresAt: null, note: null, progress: { done: 37, total: 112 }, state: 'running' },
  scheduled: { ...usual, state: 'scheduled' },
  'studio-down': {
    ...usual,
    state: 'preparing',
    outage: { service: 'Studio', since: '2026-11-24T21:41:30Z', retryAt: '2026-11-24T21:43:12Z' },
  },
  succeeded: { ...partlyFailed, state: 'succeeded' },
} satisfies Samples<'request-status'>;
