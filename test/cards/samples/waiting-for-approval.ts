import { hostileName, type Samples } from '../sample-parts.ts';

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
  byNamedPeople: {
    request: 'DSR-1042',
    version: 3,
    action: 'delete',
    workspaceName: 'Fraud Detection',
    what: '3 datasets',
    reviewers: 'an owner of the workspace, and of 2 different people (approvers or people of “privacy”)',
    missing: '2 different people (approvers or people of “privacy”)',
    votes: [{ name: 'Megan Bowen', vote: 'approve', comment: null }],
    expiresAt: '2026-11-25T21:40:00Z',
    refreshFor: [],
  },
  several: {
    request: 'DSR-1042',
    version: 3,
    action: 'delete',
    workspaceName: hostileName,
    what: '3 datasets',
    approvalsNeeded: 2,
    reasonGiven: `Superseded by the data of 2020, see ${hostileName}.`,
    votes: [{ name: 'Megan Bowen', vote: 'approve', comment: null }],
    expiresAt: '2026-11-25T21:40:00Z',
  },
} satisfies Samples<'waiting-for-approval'>;
