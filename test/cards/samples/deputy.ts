import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

const usual = {
  deputyship: 7,
  state: 'waiting',
  away: 'Adele Vance',
  deputy: 'Lee Gu',
  namer: 'Adele Vance',
  reader: 'away',
  startsAt: '2026-11-25T21:36:00Z',
  endsAt: '2026-12-04T23:00:00Z',
  timeZone: 'Europe/Berlin',
  admission: 'awaited',
  expiresAt: '2026-11-27T21:36:00Z',
} satisfies CardData<'deputy'>;

export const deputy = {
  usual,
  'by-administrator': {
    ...usual,
    reader: 'other',
    namer: 'Megan Bowen',
    admission: 'admits-with-press',
    isLater: true,
  },
  'to-deputy': { ...usual, state: 'in-force', reader: 'deputy', admission: 'not-needed', canEnd: true },
  'to-away': { ...usual, state: 'to-come', isLater: true, admission: 'admitted', namer: 'Megan Bowen', canEnd: true },
  'to-administrator': { ...usual, state: 'in-force', reader: 'other', canAdmit: true, canEnd: true },
  'to-colleague': { ...usual, state: 'in-force', reader: 'other', admission: 'admitted' },
  declined: { ...usual, state: 'declined' },
  expired: { ...usual, state: 'expired' },
  'ended-by-person': { ...usual, state: 'ended', because: 'person-away' },
  'ended-by-deputy': { ...usual, state: 'ended', because: 'deputy', reader: 'deputy' },
  'ended-by-administrator': { ...usual, state: 'ended', because: 'administrator', reader: 'other' },
  'ended-by-leaving': { ...usual, state: 'ended', because: 'left' },
  'ended-in-time': { ...usual, state: 'ended', because: 'time', reader: 'deputy' },
} satisfies Samples<'deputy'>;
