import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

/** What all of them have in common. */
const shared = {
  request: 'DSR-1042',
  refreshFor: ['29:user-megan'],
  personName: 'Alex Wilber',
  stopRequested: false,
} satisfies Partial<CardData<'directory-progress'>>;

const usual = {
  ...shared,
  version: 5,
  stage: 'following',
  percent: 40,
  startedAt: '2026-11-25T21:40:00Z',
  accessEndsAt: '2026-12-02T21:25:00Z',
  note: null,
} satisfies CardData<'directory-progress'>;

export const directoryProgress = {
  usual,
  asking: { ...usual, version: 4, stage: 'asking', percent: 0 },
  'cannot-look': {
    ...usual,
    note: 'Microsoft Graph could not be reached while following the export. Try again later.',
  },
  starting: { ...shared, version: 3, stage: 'starting', percent: 0, startedAt: null, accessEndsAt: null, note: null },
} satisfies Samples<'directory-progress'>;
