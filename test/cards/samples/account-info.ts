import type { Samples } from '../sample-parts.ts';

export const accountInfo = {
  usual: {
    personName: 'Megan Bowen',
    known: 'I know you as meganb@example.com.',
    isApprover: true,
    roles: ['approver', 'administrator', 'helpdesk', 'auditor'],
    ask: 'If you should be in one, ask Patti Fernandez (pattif@example.com).',
    workspaces: [
      { name: 'Fraud Detection', accountType: 'standard', serviceType: 'PaidStandard', role: 'owner', deletes: 'yes' },
      {
        name: 'Churn lab',
        accountType: 'free',
        serviceType: 'Free',
        expiresAt: null,
        role: 'user',
        deletes: 'with-approval',
      },
      {
        name: 'Guest workspace',
        accountType: 'guest',
        serviceType: 'Anonymous',
        expiresAt: '2026-11-25T05:30:00Z',
        role: 'owner',
        deletes: 'no',
      },
    ],
  },
  'no-workspace': {
    personName: 'Lynne Robbins',
    known: 'Teams gave me no address for you.',
    isApprover: false,
    ask: 'If you should be in one, ask Patti Fernandez (pattif@example.com).',
    workspaces: [],
  },
} satisfies Samples<'account-info'>;
