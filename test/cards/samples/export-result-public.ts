import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

/** What all of them have in common. */
const shared = {
  request: 'DSR-1042',
  version: 6,
  workspaceName: 'Fraud Detection',
  requesterName: 'Megan Bowen',
} satisfies Partial<CardData<'export-result-public'>>;

export const exportResultPublic = {
  usual: {
    ...shared,
    assetsExported: 13,
    sizeBytes: 44040192,
    parts: 1,
    exceptionsTotal: 0,
    delivered: true,
    refreshFor: ['29:user-megan'],
  },
  'cannot-reach': {
    ...shared,
    assetsExported: 1190,
    sizeBytes: 20401094656,
    parts: 20,
    exceptionsTotal: 2,
    delivered: false,
  },
} satisfies Samples<'export-result-public'>;
