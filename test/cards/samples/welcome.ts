import type { Samples } from '../sample-parts.ts';

export const welcome = {
  usual: { personName: 'Alex Wilber', examples: ['export my workspace', 'list my datasets', 'status'] },
  nobody: { personName: null, examples: ['list my workspaces', 'what can a guest do?', 'help'] },
} satisfies Samples<'welcome'>;
