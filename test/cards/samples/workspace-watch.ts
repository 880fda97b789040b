import type { CardData } from '../../../src/teams/cards/catalogue.ts';
import type { Samples } from '../sample-parts.ts';

const usual = {
  request: 'DSR-1050',
  version: 6,
  refreshFor: ['29:user-megan'],
  workspaceName: 'Fraud Detection',
  stopRequested: false,
  stage: 'by-hand',
  why:
    'Steward has no right to do this in Azure (deleting the workspace in Azure). Somebody with that right can do ' +
    'it in the Azure portal (https://portal.azure.com).',
  where: 'azure-portal',
  url:
    'https://portal.azure.com/#@0b7d3a52-6d4e-4a1e-9c55-5b8f3f0e2a11/resource/subscriptions' +
    '/3f1d2c4b-0a9e-4d77-8b61-2f6c1e5a7d90/resourceGroups/ml/providers/Microsoft.MachineLearning/workspaces' +
    '/fraud-detection/overview',
  lookFor: [],
  archive: null,
} satisfies CardData<'workspace-watch'>;

export const workspaceWatch = {
  usual,
  accepted: { ...usual, stage: 'accepted', why: null },
  'in-studio': {
    ...usual,
    workspaceName: 'Churn Lab',
    why: 'Studio’s API does not let Steward delete this workspace. An owner can do it on its Settings page.',
    where: 'source',
    url: 'https://studio.azureml.net/Home/ViewWorkspace/7c0e6a1f52b84d0fa3c9d1e4b6f80a27',
  },
  'no-access': {
    ...usual,
    why: 'Steward has no access to this workspace’s subscription in Azure.',
    url: 'https://portal.azure.com/#blade/HubsExtension/BrowseResource/resourceType/Microsoft.MachineLearning%2Fworkspaces',
    lookFor: ['Contoso Research', 'Fraud Detection'],
    archive: {
      parts: {
        rows: [
          {
            part: 1,
            sizeBytes: 44040192,
            sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
            url: 'https://contoso.blob.core.windows.net/archives/DSR-1050.zip?sig=x',
          },
        ],
        page: 0,
        total: 1,
      },
      sizeBytes: 44040192,
      linkExpiresAt: '2026-11-26T21:40:00Z',
    },
  },
  unanswered: {
    ...usual,
    stage: 'unanswered',
    why: 'Azure could not be reached while deleting the workspace in Azure. Check the network, or try again later.',
  },
} satisfies Samples<'workspace-watch'>;
