import type { Samples } from '../sample-parts.ts';

export const workspaceResources = {
  usual: {
    title: 'Members and invitations',
    workspaces: [
      {
        name: 'Churn Lab',
        lines: [
          { name: 'Alex Wilber', detail: 'owner, alexw@example.com' },
          { name: 'Megan Bowen', detail: 'member, meganb@example.com' },
          { name: 'isaiahl@example.com', detail: 'invited as a member' },
        ],
        total: 3,
        note: null,
      },
      { name: 'Guest-Workspace', lines: [], total: 0, note: 'A guest workspace has no members.' },
    ],
    links: [],
    examples: ['export the personal data of the workspace "Churn Lab"'],
  },
  'by-hand': {
    title: 'Data gateways: deleted by hand',
    workspaces: [
      {
        name: 'Fraud Detection',
        lines: [],
        total: 0,
        note: 'I cannot delete data gateways, so nothing was done. Open the workspace in Studio, go to Settings and then Data Gateways, and delete it there.',
      },
    ],
    links: [
      {
        title: 'Open in Studio',
        url: 'https://studio.azureml.net/Home/ViewWorkspace/fe03915d9b400bd66ea5a0858463f379',
      },
    ],
    examples: ['list data gateways'],
  },
} satisfies Samples<'workspace-resources'>;
