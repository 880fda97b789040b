import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import { hostileName, type Samples } from '../sample-parts.ts';

/** What all of them have in common. */
const shared = {
  request: 'DSR-1042',
  version: 7,
  workspaceName: 'Fraud Detection',
  stoppedAt: '2026-11-24T21:44:00Z',
} satisfies Partial<CardData<'delete-stopped'>>;

export const deleteStopped = {
  usual: {
    ...shared,
    stopperName: 'Megan Bowen',
    deleted: {
      rows: [
        { kind: 'dataset', name: 'churn.csv' },
        { kind: 'experiment', name: 'Churn training' },
      ],
      page: 0,
      total: 2,
    },
    notDeleted: 110,
    refreshFor: ['29:user-megan'],
  },
  failed: {
    ...shared,
    stopperName: null,
    deleted: { rows: [{ kind: 'dataset', name: hostileName }], page: 0, total: 1 },
    notDeleted: 2,
  },
  'nothing-deleted': { ...shared, stopperName: 'Megan Bowen', deleted: { rows: [], page: 0, total: 0 }, notDeleted: 3 },
} satisfies Samples<'delete-stopped'>;
