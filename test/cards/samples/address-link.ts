import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

const usual = {
  change: 4,
  kind: 'link',
  state: 'waiting',
  address: 'adoe@old.example',
  person: 'Alex Doe (alex.doe@contoso.com)',
  holder: 'Megan Bowen (meganb@contoso.com)',
  workspaces: [
    { name: 'Churn Lab', role: 'owner' },
    { name: 'Fraud Detection', role: 'user' },
  ],
  roles: ['approver'],
  groups: ['privacy'],
  isTold: true,
  expiresAt: '2026-11-25T21:36:00Z',
} satisfies CardData<'address-link'>;

export const addressLink = {
  usual,
  plain: { ...usual, holder: null, workspaces: [], roles: [], groups: [], isTold: false },
  unlinked: { ...usual, kind: 'unlink', holder: null },
  done: { ...usual, state: 'done' },
  declined: { ...usual, state: 'declined' },
  expired: { ...usual, state: 'expired' },
} satisfies Samples<'address-link'>;
