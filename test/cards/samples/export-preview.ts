import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import { fraudDetection, hostileName, type Samples } from '../sample-parts.ts';

const usual = {
  request: 'DSR-1042',
  version: 3,
  workspace: fraudDetection,
  assets: { rows: [], page: 0, total: 0 },
  totals: [
    { kind: 'dataset', count: 9, sizeBytes: 48213000, sizeIncomplete: false },
    { kind: 'experiment', count: 4, sizeBytes: 180000, sizeIncomplete: true },
  ],
  data: 'all',
  personalData: 'everyone',
  linkHours: 24,
  parts: 1,
  conversation: 'personal',
  expiresAt: '2026-11-25T21:40:00Z',
  refreshFor: ['29:user-megan'],
} satisfies CardData<'export-preview'>;

const namedInChannel = {
  request: 'DSR-1042',
  version: 3,
  workspace: fraudDetection,
  assets: {
    rows: [
      { kind: 'dataset', name: 'churn.csv' },
      { kind: 'experiment', name: hostileName },
    ],
    page: 0,
    total: 2,
  },
  totals: [
    { kind: 'dataset', count: 1, sizeBytes: 48213000, sizeIncomplete: false },
    { kind: 'experiment', count: 1, sizeBytes: 180000, sizeIncomplete: true },
  ],
  data: 'customer',
  personalData: 'own',
  linkHours: 2,
  parts: 3,
  conversation: 'shared',
  expiresAt: '2026-11-25T21:40:00Z',
} satisfies CardData<'export-preview'>;

export const exportPreview = {
  usual,
  changed: {
    ...usual,
    changes: {
      added: { count: 1, first: [{ kind: 'dataset', name: 'late.csv' }] },
      renamed: { count: 0, first: [] },
      updated: { count: 1, first: [{ kind: 'model', name: 'Fraud model' }] },
      gone: { count: 0, first: [] },
      removal: false,
    },
  },
  guest: {
    request: 'DSR-1042',
    version: 3,
    workspace: {
      name: 'Guest workspace',
      accountType: 'guest',
      serviceType: 'Anonymous',
      expiresAt: '2026-11-25T05:30:00Z',
    },
    assets: { rows: [], page: 0, total: 0 },
    totals: [{ kind: 'dataset', count: 9, sizeBytes: 48213000, sizeIncomplete: false }],
    data: 'all',
    personalData: 'none',
    linkHours: 24,
    parts: 1,
    conversation: 'personal',
    expiresAt: '2026-11-25T05:30:00Z',
  },
  'named-in-channel': namedInChannel,
  'personal-data-only': {
    ...namedInChannel,
    assets: { rows: [], page: 0, total: 0 },
    totals: [],
    data: 'personal',
    linkHours: 24,
    parts: 1,
    conversation: 'personal',
  },
  retry: { ...namedInChannel, conversation: 'personal', retryOf: 'DSR-1041', workspaceFiles: true },
} satisfies Samples<'export-preview'>;
