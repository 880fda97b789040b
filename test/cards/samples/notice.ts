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
} satisfies Samples<'notice'>;
