import type { Samples } from '../sample-parts.ts';

export const waitingForApproval = {
  usual: {
    request: 'DSR-1042',
    version: 3,
    action: 'delete',
    workspaceName: 'Fraud Detection',
    what: '3 datasets',
    expiresAt: '2026-11-25T21:40:00Z',
    refreshFor: ['29:user-megan'],
  },
} satisfies Samples<'waiting-for-approval'>;
