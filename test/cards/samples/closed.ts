import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

/** What all of them have in common. */
const shared = { request: 'DSR-1042', version: 5, workspaceName: 'Fraud Detection' } satisfies Partial<
  CardData<'closed'>
>;

const expired = {
  ...shared,
  action: 'delete',
  byName: null,
  note: null,
  again: null,
  outcome: 'expired',
} satisfies CardData<'closed'>;

export const closed = {
  usual: {
    ...shared,
    action: 'delete',
    byName: 'Megan Bowen',
    note: null,
    again: 'delete dataset churn.csv',
    outcome: 'cancelled',
    refreshFor: ['29:user-megan'],
  },
  expired,
  failed: {
    ...shared,
    action: 'export',
    byName: null,
    note: "Studio refused the workspace's key. One of its owners has to register a new one.",
    again: 'export my workspace',
    outcome: 'failed',
    partsKeptUntil: '2026-11-25T21:41:00Z',
  },
  refused: { ...expired, note: 'Only an owner of Fraud Detection can delete its data.', outcome: 'refused' },
  rejected: { ...expired, byName: 'Patti Fernandez', outcome: 'rejected' },
  'left-out': {
    ...shared,
    action: 'export',
    workspaceName: '',
    byName: null,
    note: 'I left this run out: the run before it, DSR-1040, has not ended yet.',
    again: null,
    outcome: 'refused',
    refreshFor: ['29:user-megan'],
    schedule: {
      name: 'Monthly export',
      note: 'It was due on Mon 7 Dec 2026, 06:00. The next run is on Mon 4 Jan 2027, 06:00 (Europe/Berlin).',
      isLeftOut: true,
    },
  },
} satisfies Samples<'closed'>;
