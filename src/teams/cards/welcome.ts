import { z } from 'zod';
import template from '../../../cards/welcome.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { plainName, runs } from './literal.ts';
import { exampleButtons, examples } from './options.ts';
import { name } from './shapes.ts';
import { purposeWords } from './words.ts';

/** Greeting after installation and on "hello": what the bot can do, with example sentences. */
export const welcome = defineCard(
  template,
  z.strictObject({
    personName: name.nullable(),
    /** Sentences that this person can use; tapping one sends it. */
    examples,
  }),
  ({ personName, examples: exampleSentences }) => {
    const firstName = personName === null ? null : plainName(personName).split(' ')[0];
    const greeting = firstName ? `Hello ${firstName}, I am Studio Steward` : 'Hello, I am Studio Steward';
    const promise = `${purposeWords} You always see what would happen before it happens.`;
    return {
      summary: `${greeting}. ${promise}`,
      title: runs(greeting),
      promise: runs(promise),
      examples: exampleButtons(exampleSentences),
    };
  },
);
