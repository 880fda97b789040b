import type { Samples } from '../sample-parts.ts';

export const help = {
  usual: {
    role: 'What you want to delete needs another person’s approval.',
    lines: [
      {
        say: 'export my workspace',
        meaning: 'Everything in it as a zip file. The link goes to your personal chat.',
        button: 'export my workspace',
      },
      {
        say: 'list my datasets',
        meaning: 'Names, sizes and dates.',
        button: 'list my datasets',
      },
      {
        say: 'delete dataset …',
        meaning: 'Shows exactly what would be deleted, then asks you.',
        button: 'list my datasets',
      },
      {
        say: 'status',
        meaning: 'Your requests and how far they are.',
        button: 'status',
      },
      {
        say: 'how big is …?',
        meaning: 'One dataset or experiment: size, date, owner and what uses it.',
        button: 'list my datasets',
      },
    ],
    more: {
      words: '“export my workspace every month”, “what may I do”, “what can a guest do?” and 10 more',
      text: 'help all',
    },
    note: null,
    sections: [],
  },
  guest: {
    role: 'You can export, but not delete.',
    lines: [
      {
        say: 'export my workspace',
        meaning: 'Everything in it as a zip file. The link goes to your personal chat.',
        button: 'export my workspace',
      },
      {
        say: 'list my datasets',
        meaning: 'Names, sizes and dates.',
        button: 'list my datasets',
      },
      {
        say: 'status',
        meaning: 'Your requests and how far they are.',
        button: 'status',
      },
      {
        say: 'how big is …?',
        meaning: 'One dataset or experiment: size, date, owner and what uses it.',
        button: 'list my datasets',
      },
      {
        say: 'export my workspace every month',
        meaning: 'An export that repeats until you stop it.',
        button: 'export my workspace every month',
      },
    ],
    more: {
      words: '“what may I do”, “what can a guest do?”, “cancel” and 6 more',
      text: 'help all',
    },
    note: null,
    sections: [],
  },
  'no-workspace': {
    role: 'I cannot find a workspace that you are a member of. If you should be in one, ask Patti Fernandez (pattif@example.com).',
    lines: [
      {
        say: 'status',
        meaning: 'Your requests and how far they are.',
        button: 'status',
      },
      {
        say: 'what may I do',
        meaning: 'Your workspaces, and your rights in each.',
        button: 'what may I do',
      },
      {
        say: 'what can a guest do?',
        meaning: 'Answers about rules and data, from reviewed pages.',
        button: 'what can a guest do?',
      },
      {
        say: 'cancel',
        meaning: 'Withdraws or stops a request.',
        button: 'cancel',
      },
    ],
    more: null,
    note: null,
    sections: [],
  },
  'approver-in-channel': {
    role: null,
    lines: [
      {
        say: 'what waits for my approval',
        meaning: 'Requests that you can approve or reject.',
        button: 'what waits for my approval',
      },
      {
        say: 'status of DSR-…',
        meaning: 'One request; while it waits for an approval, with the buttons that decide.',
        button: 'what waits for my approval',
      },
      {
        say: 'export my workspace',
        meaning: 'Everything in it as a zip file. The link goes to your personal chat.',
        button: 'export my workspace',
      },
      {
        say: 'status',
        meaning: 'Your requests and how far they are.',
        button: 'status',
      },
      {
        say: 'what may I do',
        meaning: 'Your workspaces, and your rights in each.',
        button: 'what may I do',
      },
    ],
    more: {
      words: '“what can a guest do?”, “cancel” and “new link”',
      text: 'help all',
    },
    note: 'Mention me here. In our personal chat you can say more, without a mention.',
    sections: [],
  },
  everything: {
    role: null,
    lines: [],
    more: null,
    note: null,
    sections: [
      {
        title: 'Export',
        items: [
          {
            say: 'export my workspace',
            meaning: 'Everything in it as a zip file. The link goes to your personal chat.',
            button: 'export my workspace',
          },
          {
            say: 'export my workspace every month',
            meaning: 'An export that repeats until you stop it.',
            button: 'export my workspace every month',
          },
          {
            say: 'export my personal data',
            meaning: 'Account ids, e-mail addresses and roles.',
            button: 'export my personal data',
          },
          {
            say: 'export dataset …',
            meaning: 'Only what you name.',
            button: 'list my datasets',
          },
        ],
      },
      {
        title: 'Delete',
        items: [
          {
            say: 'delete dataset …',
            meaning: 'Shows exactly what would be deleted, then asks you.',
            button: 'list my datasets',
          },
          {
            say: 'delete dataset … and experiment …',
            meaning: 'Several at once, on one card.',
            button: 'list my experiments',
          },
          {
            say: 'delete the two oldest datasets',
            meaning: 'By age, size, use, owner or state; the preview names each of them.',
            button: 'delete the two oldest datasets',
          },
          {
            say: 'delete my workspace',
            meaning: 'Shows what would be deleted and what stays, then asks you.',
            button: 'delete my workspace',
          },
        ],
      },
      {
        title: 'Look and ask',
        items: [
          {
            say: 'list my datasets',
            meaning: 'Names, sizes and dates.',
            button: 'list my datasets',
          },
          {
            say: 'how big is …?',
            meaning: 'One dataset or experiment: size, date, owner and what uses it.',
            button: 'list my datasets',
          },
          {
            say: 'what may I do',
            meaning: 'Your workspaces, and your rights in each.',
            button: 'what may I do',
          },
        ],
      },
      {
        title: 'Follow',
        items: [
          {
            say: 'status',
            meaning: 'Your requests and how far they are.',
            button: 'status',
          },
          {
            say: 'cancel',
            meaning: 'Withdraws or stops a request.',
            button: 'cancel',
          },
          {
            say: 'new link',
            meaning: 'Replaces a download link that has expired.',
            button: 'new link',
          },
          {
            say: 'revoke the link of DSR-…',
            meaning: 'Makes links stop working that were handed out.',
            button: 'revoke the link',
          },
        ],
      },
    ],
  },
} satisfies Samples<'help'>;
