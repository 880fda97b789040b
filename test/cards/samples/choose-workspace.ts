import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

/** What all of them have in common. */
const shared = { request: 'DSR-1042', version: 3, expiresAt: '2026-11-25T21:40:00Z' } satisfies Partial<
  CardData<'choose-workspace'>
>;

export const chooseWorkspace = {
  usual: {
    ...shared,
    action: 'export',
    said: null,
    options: [
      { id: 'w0', title: 'Fraud Detection', detail: 'standard account, you are an owner' },
      { id: 'w1', title: 'Churn lab', detail: 'free account, you are a member' },
      { id: 'w2', title: 'Guest workspace', detail: 'guest account, you are an owner' },
    ],
    refreshFor: ['29:user-megan'],
  },
  twenty: {
    ...shared,
    action: 'delete',
    said: 'lab',
    options: [
      { id: 'w0', title: 'Lab 0: customer research ', detail: 'free account, you are a member' },
      { id: 'w1', title: 'Lab 1: customer research and development ', detail: 'free account, you are a member' },
      {
        id: 'w2',
        title: 'Lab 2: customer research and development and development ',
        detail: 'free account, you are a member',
      },
      { id: 'w3', title: 'Lab 3: customer research ', detail: 'free account, you are a member' },
      { id: 'w4', title: 'Lab 4: customer research and development ', detail: 'free account, you are a member' },
      {
        id: 'w5',
        title: 'Lab 5: customer research and development and development ',
        detail: 'free account, you are a member',
      },
      { id: 'w6', title: 'Lab 6: customer research ', detail: 'free account, you are a member' },
      { id: 'w7', title: 'Lab 7: customer research and development ', detail: 'free account, you are a member' },
      {
        id: 'w8',
        title: 'Lab 8: customer research and development and development ',
        detail: 'free account, you are a member',
      },
      { id: 'w9', title: 'Lab 9: customer research ', detail: 'free account, you are a member' },
      { id: 'w10', title: 'Lab 10: customer research and development ', detail: 'free account, you are a member' },
      {
        id: 'w11',
        title: 'Lab 11: customer research and development and development ',
        detail: 'free account, you are a member',
      },
      { id: 'w12', title: 'Lab 12: customer research ', detail: 'free account, you are a member' },
      { id: 'w13', title: 'Lab 13: customer research and development ', detail: 'free account, you are a member' },
      {
        id: 'w14',
        title: 'Lab 14: customer research and development and development ',
        detail: 'free account, you are a member',
      },
      { id: 'w15', title: 'Lab 15: customer research ', detail: 'free account, you are a member' },
      { id: 'w16', title: 'Lab 16: customer research and development ', detail: 'free account, you are a member' },
      {
        id: 'w17',
        title: 'Lab 17: customer research and development and development ',
        detail: 'free account, you are a member',
      },
      { id: 'w18', title: 'Lab 18: customer research ', detail: 'free account, you are a member' },
      { id: 'w19', title: 'Lab 19: customer research and development ', detail: 'free account, you are a member' },
    ],
    total: 27,
  },
} satisfies Samples<'choose-workspace'>;
