import type { Samples } from '../sample-parts.ts';

const at = '2026-11-27T10:12:00Z';
const plain = {
  role: 'requester',
  name: 'Alex Wilber',
  at,
  lastAt: at,
  count: 1,
  to: null,
  because: null,
  comment: null,
  assetName: null,
  policyVersion: 'default+3',
  firstEntry: 102,
  lastEntry: 102,
  unsealed: 0,
} as const;
const events = [
  { ...plain, action: 'request.asked' },
  {
    ...plain,
    action: 'request.previewed',
    role: 'system',
    name: null,
    to: 'awaiting-confirmation',
    firstEntry: 103,
    lastEntry: 103,
  },
  { ...plain, action: 'request.confirmed', to: 'awaiting-approval', firstEntry: 104, lastEntry: 104 },
  {
    ...plain,
    action: 'request.disapproved',
    role: 'decider',
    name: 'Megan Bowen',
    to: 'rejected',
    comment: 'The audit of the model is not finished. Please wait for it.',
    firstEntry: 105,
    lastEntry: 105,
  },
] as const;
const deletion = [
  {
    ...plain,
    action: 'asset.delete.done',
    count: 214,
    lastAt: '2026-11-27T10:25:00Z',
    firstEntry: 110,
    lastEntry: 330,
  },
  { ...plain, action: 'asset.delete.changed', assetName: 'churn.csv', firstEntry: null, lastEntry: null, unsealed: 1 },
  {
    ...plain,
    action: 'request.finished',
    role: 'system',
    name: null,
    to: 'partly-failed',
    firstEntry: null,
    lastEntry: null,
    unsealed: 1,
  },
] as const;

export const requestRecord = {
  usual: {
    request: 'DSR-1042',
    action: 'delete',
    state: 'rejected',
    about: { what: 'churn.csv', workspaceName: 'Churn Lab' },
    isNamed: true,
    mayExport: true,
    events: { rows: events, total: 4 },
    sealing: { first: 102, last: 105, unsealed: 0 },
  },
  roles: {
    request: 'DSR-1042',
    action: 'delete',
    state: 'rejected',
    about: null,
    isNamed: false,
    mayExport: false,
    events: { rows: events.map((event) => ({ ...event, name: null, comment: null })), total: 4 },
    sealing: { first: 102, last: 105, unsealed: 0 },
  },
  pages: {
    request: 'DSR-1044',
    action: 'delete',
    state: 'partly-failed',
    about: { what: 'churn.csv', workspaceName: 'Churn Lab' },
    isNamed: true,
    mayExport: true,
    events: { rows: deletion, page: 1, total: 13 },
    sealing: { first: 106, last: 330, unsealed: 2 },
  },
} satisfies Samples<'request-record'>;
