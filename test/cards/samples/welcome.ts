import type { Samples } from '../sample-parts.ts';

export const welcome = {
  usual: { personName: 'Alex Wilber', examples: ['export my workspace', 'list my datasets', 'status'] },
  nobody: {
    personName: null,
    note: 'Mention me here, or write to me in our personal chat.',
    examples: ['export my workspace', 'status', 'help'],
  },
  'no-workspace': {
    personName: 'Lynne Robbins',
    note: 'I cannot find a workspace that you are a member of. If you should be in one, ask Patti Fernandez (pattif@example.com).',
    examples: ['status', 'what may I do', 'what can a guest do?', 'help'],
  },
} satisfies Samples<'welcome'>;
