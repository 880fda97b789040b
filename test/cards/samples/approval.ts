import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import { fraudDetection, hostileName, type Samples } from '../sample-parts.ts';

/** What all of them have in common. */
const shared = {
  request: 'DSR-1042',
  version: 3,
  requesterName: 'Megan Bowen',
  workspace: fraudDetection,
  reason: 'Megan Bowen is a member of this workspace, not an owner.',
  expiresAt: '2026-11-25T21:40:00Z',
} satisfies Partial<CardData<'approval'>>;

export const approval = {
  usual: {
    ...shared,
    action: 'delete',
    assets: {
      rows: [
        {
          kind: 'dataset',
          name: 'churn.csv',
          sizeBytes: 48213,
          createdAt: '2019-06-20T08:40:00Z',
          owner: 'Adele Vance',
          versions: 1,
        },
        {
          kind: 'experiment',
          name: 'Churn training',
          sizeBytes: null,
          createdAt: '2019-06-20T08:40:00Z',
          owner: 'Adele Vance',
          versions: 1,
        },
      ],
      page: 0,
      total: 2,
    },
    totals: [
      { kind: 'dataset', count: 1, sizeBytes: 48213, sizeIncomplete: false },
      { kind: 'experiment', count: 1, sizeBytes: 0, sizeIncomplete: true },
    ],
    refreshFor: ['29:user-megan'],
  },
  asRequester: {
    ...shared,
    action: 'delete',
    assets: { rows: [], page: 0, total: 2 },
    totals: [{ kind: 'dataset', count: 2, sizeBytes: 48213, sizeIncomplete: false }],
    reader: 'requester',
    isReminder: true,
    refreshFor: [],
  },
  byNamedPeople: {
    ...shared,
    approvalsNeeded: 1,
    reason:
      'An owner agrees to every deletion. This deletion by Alex Wilber needs the approval of an owner of the workspace, and of somebody of “privacy”.',
    votes: [{ name: 'Megan Bowen', vote: 'approve', comment: null }],
    missing: 'somebody of “privacy”',
    action: 'delete',
    assets: { rows: [], page: 0, total: 2 },
    totals: [{ kind: 'dataset', count: 2, sizeBytes: 48213, sizeIncomplete: false }],
    refreshFor: [],
  },
  afterTheVote: {
    ...shared,
    approvalsNeeded: 2,
    votes: [{ name: 'Patti Fernandez', vote: 'approve', comment: null }],
    action: 'delete',
    assets: { rows: [], page: 0, total: 2 },
    totals: [{ kind: 'dataset', count: 2, sizeBytes: 48213, sizeIncomplete: false }],
    reader: 'voted',
    refreshFor: [],
  },
  asDeputy: {
    ...shared,
    decidesFor: ['Adele Vance'],
    action: 'delete',
    assets: { rows: [], page: 0, total: 2 },
    totals: [{ kind: 'dataset', count: 2, sizeBytes: 48213, sizeIncomplete: false }],
    refreshFor: [],
  },
  represented: {
    ...shared,
    approvalsNeeded: 2,
    votes: [{ name: 'Lee Gu (for Adele Vance)', vote: 'approve', comment: null }],
    action: 'delete',
    assets: { rows: [], page: 0, total: 2 },
    totals: [{ kind: 'dataset', count: 2, sizeBytes: 48213, sizeIncomplete: false }],
    reader: 'represented',
    refreshFor: [],
  },
  many: {
    ...shared,
    approvalsNeeded: 3,
    votes: [
      { name: 'Patti Fernandez', vote: 'approve', comment: null },
      { name: hostileName, vote: 'approve', comment: null },
      { name: 'Adele Vance', vote: 'reject', comment: 'Isaiah still trains on it until Friday.' },
    ],
    rejectionNeedsComment: true,
    reasonGiven: `Superseded by the data of 2020, see ${hostileName}.`,
    action: 'export-then-delete',
    assets: {
      rows: Array.from({ length: 15 }, () => ({
        kind: 'dataset',
        name: hostileName,
        sizeBytes: 48213,
        createdAt: '2019-06-20T08:40:00Z',
        owner: 'Adele Vance',
        versions: 1,
      })),
      page: 0,
      total: 112,
    },
    totals: [
      { kind: 'dataset', count: 108, sizeBytes: 48213000, sizeIncomplete: false },
      { kind: 'experiment', count: 4, sizeBytes: 180000, sizeIncomplete: true },
    ],
  },
} satisfies Samples<'approval'>;
