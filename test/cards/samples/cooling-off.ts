import { hostileName, type Samples } from '../sample-parts.ts';

export const coolingOff = {
  usual: {
    request: 'DSR-1042',
    version: 4,
    action: 'delete',
    requesterName: 'Alex Wilber',
    workspaceName: 'Fraud Detection',
    what: '3 datasets',
    startsAt: '2026-11-25T21:40:00Z',
    approvedBy: 'Megan Bowen',
    refreshFor: ['29:user-megan'],
  },
  others: {
    request: 'DSR-1042',
    version: 4,
    action: 'delete-workspace',
    requesterName: hostileName,
    workspaceName: hostileName,
    what: 'everything',
    startsAt: '2026-11-25T21:40:00Z',
    isOwn: false,
  },
} satisfies Samples<'cooling-off'>;
