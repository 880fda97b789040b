import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import { hostileName, type Samples } from '../sample-parts.ts';

const usual = {
  hold: 12,
  state: 'proposed',
  target: { kind: 'workspace', name: 'Churn Lab' },
  reference: '2024-118',
  reason: 'The auditors asked for everything of 2020',
  from: null,
  until: '2027-03-02T00:00:00Z',
  placedBy: '',
  reviewAt: '2027-02-22T21:36:00Z',
  expiresAt: '2026-11-25T21:36:00Z',
  limits: [
    { kind: 'guest-expiry', workspaceName: 'Churn Lab', expiresAt: '2026-12-05T10:00:00Z' },
    { kind: 'service-purge' },
    { kind: 'rights-elsewhere' },
  ],
} satisfies CardData<'hold'>;

const jane = {
  kind: 'person',
  objectId: null,
  name: 'Jane Doe',
  addresses: ['jane@contoso.com', 'jdoe@old.example'],
} as const;

const limits = [{ kind: 'service-purge' }, { kind: 'rights-elsewhere' }] as const;

export const hold = {
  usual,
  incomplete: {
    ...usual,
    hold: 0,
    draft: '{"target":{}}',
    state: 'incomplete',
    target: { kind: 'asset', assetKind: 'dataset', name: 'churn.csv', workspaceName: 'Churn Lab' },
    reference: '',
    reason: '',
    until: null,
    unreadEnd: 'until the claim is closed',
    limits: [...limits],
  },
  person: { ...usual, target: jane, until: null, limits: [...limits] },
  problem: {
    ...usual,
    hold: 0,
    draft: '{"target":{}}',
    state: 'incomplete',
    reference: '2024-118',
    reason: '',
    problem: 'The reference and the reason are needed, in words.',
  },
  hostile: {
    ...usual,
    target: { kind: 'asset', assetKind: 'dataset', name: hostileName, workspaceName: hostileName },
    reference: hostileName,
    reason: hostileName,
    limits: [{ kind: 'guest-expiry', workspaceName: hostileName, expiresAt: null }, ...limits],
  },
  placed: { ...usual, state: 'placed', from: '2026-11-24T21:36:00Z', placedBy: 'Megan Bowen', limits: [] },
  declined: { ...usual, state: 'declined', limits: [] },
  expired: { ...usual, state: 'expired', limits: [] },
  lifted: { ...usual, state: 'lifted', placedBy: 'Megan Bowen', limits: [] },
  ended: { ...usual, state: 'ended', placedBy: 'Megan Bowen', limits: [] },
} satisfies Samples<'hold'>;
