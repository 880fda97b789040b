import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import { hostileName, type Samples } from '../sample-parts.ts';

/** What all of them have in common. */
const shared = {
  request: 'DSR-1042',
  version: 3,
  workspaceName: 'Fraud Detection',
  expiresAt: '2026-11-25T21:40:00Z',
} satisfies Partial<CardData<'choose-asset'>>;

const usual = {
  ...shared,
  action: 'delete',
  questions: [
    {
      said: 'churn',
      options: [
        { id: 'a0', title: 'churn', detail: 'dataset, 48 KB, created 20 Jun 2019, owner Adele Vance' },
        { id: 'a1', title: 'churn', detail: 'dataset, 4.2 MB, created 3 Jan 2020, owner Megan Bowen' },
        { id: 'a2', title: 'Churn', detail: 'experiment, created 9 Feb 2020, owner Adele Vance' },
      ],
    },
  ],
  refreshFor: ['29:user-megan'],
} satisfies CardData<'choose-asset'>;

export const chooseAsset = {
  usual,
  changed: { ...usual, changed: true },
  several: {
    ...shared,
    action: 'export',
    questions: [
      {
        said: 'churn',
        options: [
          { id: 'a0', title: 'churn', detail: 'dataset, 48 KB, created 20 Jun 2019' },
          { id: 'a1', title: 'churn', detail: 'experiment, created 3 Jan 2020' },
        ],
      },
      {
        said: hostileName,
        options: [
          { id: 'b0', title: hostileName, detail: 'dataset, 1 KB' },
          { id: 'b1', title: hostileName, detail: 'dataset, 2 KB' },
        ],
      },
    ],
  },
} satisfies Samples<'choose-asset'>;
