import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import { hostileName, type Samples } from '../sample-parts.ts';

const first = {
  hold: 12,
  target: { kind: 'workspace', name: 'Churn Lab' },
  reference: '2024-118',
  from: '2026-11-24T21:36:00Z',
  until: '2027-03-02T00:00:00Z',
  placedBy: 'Megan Bowen',
  reviewAt: '2027-02-22T21:36:00Z',
} as const;

const usual = {
  note: null,
  holds: [
    first,
    {
      hold: 13,
      target: { kind: 'person', objectId: null, name: 'Jane Doe', addresses: ['jane@contoso.com'] },
      reference: 'LIT-0093',
      from: '2026-11-20T08:00:00Z',
      until: null,
      placedBy: 'Patti Fernandez',
      reviewAt: '2027-02-18T08:00:00Z',
    },
  ],
} satisfies CardData<'hold-list'>;

export const holdList = {
  usual,
  which: { ...usual, note: 'Which of these do you mean? Nothing was lifted.' },
  many: { ...usual, holds: Array.from({ length: 30 }, (_, index) => ({ ...first, hold: index + 1 })) },
  hostile: {
    note: null,
    holds: [{ ...first, target: { kind: 'workspace', name: hostileName }, reference: hostileName }],
  },
} satisfies Samples<'hold-list'>;
