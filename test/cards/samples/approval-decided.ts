import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

/** What all of them have in common. */
const shared = {
  request: 'DSR-1042',
  version: 3,
  requesterName: 'Megan Bowen',
  workspaceName: 'Fraud Detection',
  action: 'delete',
  decidedAt: '2026-11-24T21:50:00Z',
} satisfies Partial<CardData<'approval-decided'>>;

export const approvalDecided = {
  usual: { ...shared, deciderName: 'Patti Fernandez', decision: 'approved', refreshFor: ['29:user-megan'] },
  carriedOut: { ...shared, deciderName: 'Patti Fernandez', decision: 'approved', outcome: 'done' },
  stoppedByOther: {
    ...shared,
    deciderName: 'Patti Fernandez',
    decision: 'approved',
    outcome: 'stopped',
    stoppedBy: 'Megan Bowen',
  },
  changed: { ...shared, deciderName: null, decision: 'changed' },
  expired: { ...shared, deciderName: null, decision: 'expired' },
  rejected: {
    ...shared,
    deciderName: 'Patti Fernandez',
    decision: 'rejected',
    votes: [{ name: 'Patti Fernandez', vote: 'reject', comment: 'Isaiah still trains on it until Friday.' }],
  },
  'started after its wait': { ...shared, deciderName: null, decision: 'started', neededApproval: false },
  'stopped in its wait': {
    ...shared,
    deciderName: null,
    decision: 'stopped',
    neededApproval: false,
    stoppedBy: 'Patti Fernandez',
  },
  'changed after its wait': { ...shared, deciderName: null, decision: 'changed', neededApproval: false },
  'not carried out': { ...shared, deciderName: null, decision: 'failed', neededApproval: false },
  withdrawn: { ...shared, deciderName: null, decision: 'withdrawn' },
} satisfies Samples<'approval-decided'>;
