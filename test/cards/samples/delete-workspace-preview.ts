import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import { fraudDetection, type Samples } from '../sample-parts.ts';

const usual = {
  request: 'DSR-1050',
  version: 3,
  refreshFor: ['29:user-megan'],
  workspace: fraudDetection,
  totals: [
    { kind: 'dataset', count: 6, sizeBytes: 48213000, sizeIncomplete: false },
    { kind: 'experiment', count: 4, sizeBytes: 0, sizeIncomplete: true },
    { kind: 'model', count: 2, sizeBytes: 386048, sizeIncomplete: false },
    { kind: 'webservice', count: 2, sizeBytes: 0, sizeIncomplete: true },
  ],
  method: 'resource-manager',
  tied: [
    { kind: 'classic-web-service', name: 'Fraud scoring [Predictive Exp.]' },
    { kind: 'web-service', name: 'Fraud scoring' },
    { kind: 'commitment-plan', name: 'fraud-plan' },
  ],
  tiedKnown: true,
  storageAccount: 'contosofraudstg',
  changes: null,
  approvalsNeeded: 0,
  expiresAt: '2026-11-25T21:40:00Z',
} satisfies CardData<'delete-workspace-preview'>;

export const deleteWorkspacePreview = {
  usual,
  'changed-by-hand': {
    ...usual,
    version: 7,
    method: 'by-hand',
    tied: [{ kind: 'classic-web-service', name: 'Fraud scoring [Predictive Exp.]' }],
    tiedKnown: false,
    changes: {
      added: { count: 1, first: [{ kind: 'dataset', name: 'transactions june.csv' }] },
      renamed: { count: 0, first: [] },
      updated: { count: 0, first: [] },
      gone: { count: 1, first: [{ kind: 'model', name: 'Fraud model 2017' }] },
      removal: true,
    },
  },
  free: {
    ...usual,
    workspace: { name: 'Churn Lab', accountType: 'free', serviceType: 'Free' },
    totals: [
      { kind: 'dataset', count: 6, sizeBytes: 48213000, sizeIncomplete: false },
      { kind: 'experiment', count: 4, sizeBytes: 0, sizeIncomplete: true },
    ],
    method: 'source',
    tied: [{ kind: 'classic-web-service', name: 'Churn [Predictive Exp.]' }],
    storageAccount: null,
    approvalsNeeded: 2,
    asksForName: true,
    reasonAsked: { because: ['A whole workspace is deleted only for a reason.'], readers: 'deciders', isShared: false },
  },
  'export first': { ...usual, exportsFirst: true },
  'long name': {
    ...usual,
    workspace: {
      name: 'Customer churn, all regions, experiments of the years 2016 to 2019 (old)',
      accountType: 'free',
      serviceType: 'Free',
    },
    asksForName: true,
  },
} satisfies Samples<'delete-workspace-preview'>;
