import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import { hostileName, type Samples } from '../sample-parts.ts';

const usual = {
  hold: 12,
  lift: 3,
  state: 'waiting',
  target: { kind: 'workspace', name: 'Churn Lab' },
  reference: '2024-118',
  placedBy: 'Megan Bowen',
  reason: 'The case is closed',
  expiresAt: '2026-11-25T21:36:00Z',
} satisfies CardData<'hold-lift'>;

export const holdLift = {
  usual,
  incomplete: { ...usual, lift: 0, state: 'incomplete', reason: '', when: '2027-05-01', expiresAt: null },
  problem: { ...usual, lift: 0, state: 'incomplete', reason: '', expiresAt: null, problem: 'The reason is needed.' },
  hostile: {
    ...usual,
    target: { kind: 'person', objectId: null, name: hostileName, addresses: [] },
    reference: hostileName,
    reason: hostileName,
    placedBy: hostileName,
  },
  lifted: { ...usual, state: 'lifted' },
  kept: { ...usual, state: 'kept' },
  expired: { ...usual, state: 'expired' },
} satisfies Samples<'hold-lift'>;
