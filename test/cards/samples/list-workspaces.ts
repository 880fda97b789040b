import type { Samples } from '../sample-parts.ts';

export const listWorkspaces = {
  usual: {
    workspaces: [
      { name: 'Fraud Detection', accountType: 'standard', serviceType: 'PaidStandard', role: 'owner' },
      { name: 'Churn lab', accountType: 'free', serviceType: 'Free', expiresAt: null, role: 'user' },
      {
        name: 'Guest workspace',
        accountType: 'guest',
        serviceType: 'Anonymous',
        expiresAt: '2026-11-25T05:30:00Z',
        role: 'owner',
      },
    ],
    total: 3,
  },
  empty: { workspaces: [], total: 0 },
  unseen: {
    workspaces: [{ name: 'Churn Lab', accountType: 'free', role: 'owner' }],
    total: 1,
    unseen:
      'The workspace “Lab 7” is of a type that Steward does not know (“Quantum”), so nothing was done with it. Ask ' +
      'your Studio Steward administrator.',
  },
} satisfies Samples<'list-workspaces'>;
