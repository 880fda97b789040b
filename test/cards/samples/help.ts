import type { Samples } from '../sample-parts.ts';

export const help = {
  usual: {
    role: 'You own 2 workspaces and may export and delete their data.',
    sections: [
      {
        title: 'Export',
        items: [
          { say: 'export my workspace', meaning: 'A zip of everything in it, by a download link.' },
          { say: 'export dataset churn.csv', meaning: 'Only what you name.' },
        ],
      },
      {
        title: 'Delete',
        items: [{ say: 'delete dataset churn.csv', meaning: 'Shows exactly what would be deleted, then asks you.' }],
      },
      {
        title: 'Look',
        items: [
          { say: 'list my datasets', meaning: 'Names, sizes and dates.' },
          { say: 'list my workspaces', meaning: 'Account type and your role.' },
        ],
      },
      {
        title: 'Follow',
        items: [
          { say: 'status', meaning: 'Your requests and how far they are.' },
          { say: 'cancel', meaning: 'Stops the newest one.' },
        ],
      },
    ],
  },
  guest: {
    role: 'You are a guest: you can export, but nothing can be deleted on request.',
    sections: [
      {
        title: 'Export',
        items: [{ say: 'export my workspace', meaning: 'Everything in it, as a zip file to download.' }],
      },
      { title: 'Look', items: [{ say: 'list my datasets', meaning: 'Names, sizes and dates.' }] },
    ],
  },
} satisfies Samples<'help'>;
