import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

const usual = {
  schedule: 7,
  version: 1,
  state: 'awaiting-confirmation',
  end: null,
  workspaceName: 'Fraud Detection',
  what: 'everything',
  rule: 'FREQ=MONTHLY;BYDAY=1MO',
  anchor: '2026-12-07',
  timeZone: 'Europe/Berlin',
  until: '2027-12-01',
  dates: ['2026-12-07T05:00:00Z', '2027-01-04T05:00:00Z', '2027-02-01T05:00:00Z'],
  archiveHours: 168,
  linkHours: 24,
  expiresAt: '2026-11-25T21:36:00Z',
} satisfies CardData<'schedule-preview'>;

export const schedulePreview = {
  usual,
  active: {
    ...usual,
    version: 2,
    state: 'active',
    what: 'datasets with “2019” in the name',
    rule: 'FREQ=MONTHLY;BYMONTHDAY=31',
    anchor: '2026-11-30',
    until: null,
  },
  ended: { ...usual, version: 3, state: 'ended', end: 'stopped', dates: [] },
} satisfies Samples<'schedule-preview'>;
