import { z } from 'zod';
import template from '../../../cards/notice.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { prose } from './literal.ts';
import { exampleButtons, examples } from './options.ts';

const looks = {
  info: { icon: 'ℹ', colour: 'Accent' },
  refused: { icon: '!', colour: 'Default' },
  problem: { icon: '✖', colour: 'Attention' },
} as const;

/** A plain sentence or two: an answer, a refusal, a problem. */
export const notice = defineCard(
  template,
  z.strictObject({
    severity: z.enum(['info', 'refused', 'problem']),
    title: z.string().nullable().default(null),
    /** The message itself. Names in it are shown literally. */
    sentence: z.string(),
    /** What the person can do, or what happens next. */
    next: z.string().nullable().default(null),
    /** Suggested next sentences; tapping one sends it. */
    examples: examples.default([]),
  }),
  ({ severity, title, sentence, next, examples: exampleSentences }) => ({
    summary: [title === null ? null : `${title}.`, sentence, next].filter((part) => part !== null).join(' '),
    ...looks[severity],
    hasTitle: title !== null,
    title: prose(title ?? ''),
    sentence: prose(sentence),
    hasNext: next !== null,
    next: prose(next ?? ''),
    hasExamples: exampleSentences.length > 0,
    examples: exampleButtons(exampleSentences),
  }),
);
