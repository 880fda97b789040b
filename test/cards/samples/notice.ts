import { hostileName, type Samples } from '../sample-parts.ts';

export const notice = {
  usual: {
    severity: 'info',
    sentence: 'You have no requests yet.',
    next: null,
    examples: ['export my workspace', 'help'],
  },
  'hostile-name': {
    severity: 'refused',
    sentence: `I cannot find “${hostileName}” in Fraud Detection. Check the spelling, or write "list my datasets" to see what is there.`,
    examples: ['list my datasets'],
  },
  problem: {
    severity: 'problem',
    title: 'Something went wrong',
    sentence: 'Studio does not answer at the moment, so I could not look into your workspace.',
    next: 'I keep trying and will write here. You need not ask again.',
  },
  refused: {
    severity: 'refused',
    title: 'Nothing was deleted',
    sentence:
      'Fraud Detection is a guest workspace: nothing in it can be deleted on request. It is emptied by itself when it expires.',
    next: 'You can export its data before that.',
    examples: ['export my workspace'],
  },
  unsupported: {
    severity: 'info',
    sentence: 'I cannot bring back what was deleted: I know of no recycle bin in Studio, and keep no copy but exports.',
    next: 'DSR-1043 (3 datasets in Churn Lab) is not finished: what is still there can be kept. What you exported with DSR-1042 (churn.csv in Churn Lab) is still in storage until 5 Dec 2026.',
    examples: ['cancel DSR-1043', 'new link for DSR-1042', 'my requests', 'can a deletion be undone?'],
  },
} satisfies Samples<'notice'>;
