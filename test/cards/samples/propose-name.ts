import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

/** What all of them have in common. */
const shared = { request: 'DSR-1042', version: 3, expiresAt: '2026-11-25T21:40:00Z' } satisfies Partial<
  CardData<'propose-name'>
>;

export const proposeName = {
  usual: {
    ...shared,
    action: 'export',
    said: 'Froud',
    where: null,
    options: [{ id: 'w0', title: 'Fraud Detection', detail: 'standard account, you are an owner' }],
    refreshFor: ['29:user-megan'],
  },
  assets: {
    ...shared,
    action: 'delete',
    said: 'chrun.csv',
    where: 'Fraud Detection',
    options: [
      { id: 'a0', title: 'churn.csv', detail: 'dataset, 48 KB, created 20 Jun 2019' },
      { id: 'a1', title: 'churn-2019.csv', detail: 'dataset, 4.2 MB, created 3 Jan 2020' },
    ],
  },
} satisfies Samples<'propose-name'>;
